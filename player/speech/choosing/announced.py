"""Installed engines: the entry points of all packages, read without importing anything."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from os import scandir
from pathlib import Path

GROUP = "listen_to_story.engines"
"""The group of entry points that announces engines."""

_OWN = re.compile(r"listen[-_.]to[-_.]story-", re.IGNORECASE)
_SECTION = re.compile(rf"^\[{re.escape(GROUP)}\]$(.*?)(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^\s*([^=#;\s][^=]*?)\s*=\s*([\w.]+:[\w.]+)", re.MULTILINE)


def announced() -> dict[str, str]:
    """Return {engine name: "module:class"}. The player's own engines win over others of the same name.

    Takes 1 ms for a hundred packages; importing and asking importlib.metadata takes 50, before the first sound.
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
                found.setdefault(engine, target)  # the first on the path is the one Python imports
    return others | (own or _of_checkout() or _of_metadata())


def _entry_points(folder: str) -> Iterator[tuple[str, str]]:
    """Yield (metadata folder's name, entry points) for each package in a folder of the path."""
    try:
        with scandir(folder) as entries:
            found = [e for e in entries if e.name.endswith((".dist-info", ".egg-info"))]
    except OSError:  # missing, or a zip
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
    """Return the player's own engines when it runs from a checkout that is not installed."""
    import tomllib

    try:
        project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))
        return dict(project["project"]["entry-points"][GROUP])
    except (OSError, ValueError, KeyError):
        return {}


def _of_metadata() -> dict[str, str]:
    """Return what importlib.metadata finds, which also looks into zips and frozen programs."""
    from importlib.metadata import entry_points

    return {e.name: e.value for e in entry_points(group=GROUP)}
