"""The stories to export, opened one after another, so that few are in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from player.cli.exporting.updating import Updating
from player.cli.opening import Opening, called
from player.cli.output.printing import complain
from player.export.planning import Planner, chosen
from player.settings import Settings, Source
from player.sources import load_entry, load_story, open_source
from player.story.model import Story
from player.story.reading.feed import Feed, no_feed, undecided


class Opened(NamedTuple):
    """A story, with the name and the source it was asked for by."""

    name: str
    source: Source
    story: Story | None
    """None: nothing has to be opened, because its `files` are what they should be."""
    whole: bool
    """False for an entry of a feed."""
    files: Sequence[Path] = ()


class Stories:
    """Opens stories. A failure is given to `surviving`, a context that may keep it for the end."""

    def __init__(
        self,
        sources: Sequence[Source],
        settings: Settings,
        opening: Opening,
        *,
        planner: Planner,
        chapters: str,
        surviving: Callable[[str], AbstractContextManager[None]],
        ask: bool,
    ) -> None:
        """`ask` whether kept pages have changed."""
        self._sources = sources
        self._settings = settings
        self._opening = opening
        self._planner = planner
        self._chapters = chapters
        self._surviving = surviving
        self._ask = ask
        self.many = len(sources) > 1
        """True if a failure leaves something to go on with."""
        self.left = len(sources)
        """Stories behind the present one, as far as they are known."""

    def __call__(self, updating: Updating | None) -> Iterator[Opened]:
        """Yield the stories as they are opened; a feed's one by one if each becomes a file."""
        for source in self._sources:
            self.left -= 1
            name = called(source)
            looks = updating if len(self._sources) == 1 or not self._planner.plain else None
            if looks and (files := looks.unchanged(source)):
                yield Opened(name, source, None, True, files)
                continue
            opened: Story | Feed | None = None
            with self._surviving(name):
                opened = self._open(source, name)
            if isinstance(opened, Story):
                _print_notices_of(opened)
                yield Opened(name, source, opened, True)
            elif opened is not None:
                yield from self._entries(source, name, opened)

    def _open(self, source: Source, name: str) -> Story | Feed:
        readers = self._opening.readers
        with self._opening.of(name) as line:
            if not self._planner.patterns:
                return load_story(source, self._settings, readers, line.watch, ask=self._ask)
            found = open_source(replace(source, latest=None), self._settings, readers, line.watch, ask=self._ask)
            if isinstance(found, Feed) and self._planner.plain and source.latest is None:
                raise undecided(found, name)
            if isinstance(found, Story) and source.latest is not None:
                return replace(found, notices=(*found.notices, no_feed(name)))
            return found

    def _entries(self, source: Source, name: str, feed: Feed) -> Iterator[Opened]:
        entries: list[Any] = []
        with self._surviving(name):
            found = feed.entries[: source.latest]
            entries = [found[n] for n in chosen(self._chapters, len(found))]
        self.left += len(entries)
        self.many |= len(entries) > 1
        for entry in entries:
            self.left -= 1
            story: Story | None = None
            with self._surviving(entry.name), self._opening.of(entry.name):
                story = load_entry(feed, entry, source, self._settings, self._opening.readers, ask=self._ask)
            if story is not None:
                _print_notices_of(story)
                yield Opened(entry.name, source, story, False)


def _print_notices_of(story: Story) -> None:
    """Print what was noticed while a story was read."""
    for notice in story.notices:
        complain(notice)
