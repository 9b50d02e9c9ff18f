"""The plan: which stories are to be made, from what, into which folder. Frozen values, the same for every executor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from player.errors import PlayerError
from player.export.files.naming import safe_name
from player.publish.fingerprint import hash_of
from player.publish.records import RecordSource
from player.publish.sources import Source
from player.publish.state import Published, State
from player.story.reading.options import Options

CAPTIONS = "story.vtt"
TIMES = "story.json"
PAGE = "index.html"
_WHOLE = frozenset(("story.mp3", "story.opus", CAPTIONS, TIMES, PAGE))
"""All names in a story's folder."""
_BETWEEN_WORDS = re.compile(r"[\s_,()']+|-+")


@dataclass(frozen=True, slots=True)
class Task:
    """A story to make."""

    source: Source
    folder: str
    """Name of its folder in the site."""
    went_in: str
    """Hash of the source's content and of all settings; empty when the content is known only once it was fetched."""
    settings: str
    """Hash of all settings."""
    before: Published | None = None
    """What was made of it before, if all its files are still there: it holds if the story reads the same."""
    place: str = ""
    """Path from the site's folder of the file of JSON lines that has the story; empty for any other source."""
    notice: str = ""
    """What is to be said if it is made."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A story of which nothing needs to be made."""

    row: Published
    place: str = ""
    """See Task."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A story that could not be made."""

    source: Source
    error: PlayerError
    folder: str = ""
    """Where it was to be made; empty if it was not begun."""

    @property
    def line(self) -> str:
        """Return what went wrong with which story."""
        return self.error.of(self.source.name)


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides, beside a source, whether a story's published files are still up to date."""

    options: Options
    """How sources are read."""
    settings: str
    """Hash of all settings."""
    same_engine: Callable[[Published], bool] = lambda row: True
    """Returns True if the engine that spoke a story would sound the same today."""


def plan(sources: Iterable[Source], state: State, site: Path, terms: Terms) -> Iterator[Task | Unchanged | Failed]:
    """Yield what is to be done for each source, in their order.

    A source keeps the folder that it has; a new one gets one named after it.
    """
    taken: set[str] = set()
    for source in sources:
        before = state.get(source.key)
        try:
            digest = source.digest(terms.options)
        except PlayerError as error:
            yield Failed(source, error)
            continue
        went_in = hash_of(digest, terms.settings) if digest else ""
        place = source.place if isinstance(source, RecordSource) else ""
        whole = before is not None and _is_whole(before, site) and terms.same_engine(before)
        if before is not None and whole and went_in and went_in == before.went_in:
            yield Unchanged(before, place)
            continue
        folder = before.folder if before is not None else _free(slug(source.stem), state, site, taken)
        taken.add(folder)
        earlier = state.place(source.key) if place else ""
        notice = "" if earlier in ("", place) else f"it takes the place of the story with this id in {earlier}"
        yield Task(source, folder, went_in, terms.settings, before if whole else None, place, notice)


def slug(name: str) -> str:
    """Return a folder's name for URLs: small letters and digits of any script, joined by hyphens.

    >>> slug("Peace Talks: “Day 2”"), slug("Übermut"), slug("...")
    ('peace-talks-day-2', 'übermut', 'story')
    """
    return _BETWEEN_WORDS.sub("-", safe_name(name.casefold())).strip("-") or "story"


def _is_whole(row: Published, site: Path) -> bool:
    return all((site / row.folder / name).is_file() for name in row.files)


def _free(name: str, state: State, site: Path, taken: set[str]) -> str:
    """Return a name for a new folder that no story has, and nothing of the site's owner. What a killed run had finished
    and could not keep in mind is made again in its place."""
    for number in count(1):
        folder = name if number == 1 else f"{name}-{number}"
        if folder not in taken and not state.has_folder(folder) and _may_be_made(site / folder):
            return folder
    raise AssertionError


def _may_be_made(folder: Path) -> bool:
    """Return True if nothing is there, or just what a story's folder holds."""
    try:
        return {path.name for path in folder.iterdir()} == _WHOLE
    except FileNotFoundError:
        return True
    except OSError:
        return False
