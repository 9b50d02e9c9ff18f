"""Which engines are installed: the entry points of all packages, read without importing anything."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from os import scandir
from pathlib import Path

GROUP = "listen_to_story.engines"
"""The group of entry points in which a package announces its engines."""

_OWN = re.compile(r"listen[-_.]to[-_.]story-", re.IGNORECASE)
_SECTION = re.compile(rf"^\[{re.escape(GROUP)}\]$(.*?)(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^\s*([^=#;\s][^=]*?)\s*=\s*([\w.]+:[\w.]+)", re.MULTILINE)


def announced() -> dict[str, str]:
    """Name of an engine -> where its class is ("module:class"). The player's own win over others of the same name.

    1 ms for a hundred packages; importing importlib.metadata and asking it takes 50, before the first sound.
    """
    return dict(_announced(tuple(sys.path)))


@lru_cache(maxsize=1)
def _announced(path: tuple[str, ...]) -> dict[str, str]:
    others: dict[str, str] = {}
    own: dict[str, str] = {}
    for folder in path:
        for name, text in _entry_points(folder or "."):
            found = own if _OWN.match(name) else others
            for engine, target in _engines(text):
                found.setdefault(engine, target)  # the first on the path is the one that is imported
    return others | (own or _of_checkout() or _of_metadata())


def _entry_points(folder: str) -> Iterator[tuple[str, str]]:
    """(name of the metadata's folder, its entry points) of each package in a folder of the path."""
    try:
        with scandir(folder) as entries:
            found = [e for e in entries if e.name.endswith((".dist-info", ".egg-info"))]
    except OSError:  # there is none, or it is a zip
        return
    for entry in found:
        try:
            yield entry.name, Path(entry.path, "entry_points.txt").read_text("utf-8", errors="replace")
        except OSError:
            continue


def _engines(text: str) -> Iterator[tuple[str, str]]:
    section = _SECTION.search(text)
    yield from _LINE.findall(section[1]) if section else ()


def _of_checkout() -> dict[str, str]:
    """The player's own in a checkout that is not installed."""
    import tomllib

    try:
        project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
        return dict(project["project"]["entry-points"][GROUP])
    except (OSError, ValueError, KeyError):
        return {}


def _of_metadata() -> dict[str, str]:
    """As importlib finds them, wherever they are: in a zip, or in a frozen program."""
    from importlib.metadata import entry_points

    return {e.name: e.value for e in entry_points(group=GROUP)}
