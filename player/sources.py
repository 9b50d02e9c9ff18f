"""Stories from the sources that a command names, opened as the settings say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from player.settings import Settings, Source
from player.story.model import Story
from player.story.opening import load, load_entries
from player.story.opening.confined.host import Readers
from player.story.opening.locate import CLIPBOARD
from player.story.opening.reading import Reading
from player.story.opening.waiting import Watch, unwatched
from player.story.reading.feed import Entry, Feed, undecided
from player.story.reading.options import Options as Opening
from player.story.reading.options import PageRange

SAMPLE = Path(__file__).parent / "samples" / "the-lamp-room.md"
"""The story that plays when no other is named."""
_LEFT_OUT = frozenset(("skip", "off"))
"""Words of a setting for what is not read."""


def open_source(
    source: Source,
    settings: Settings,
    readers: Readers | None = None,
    watch: Watch = unwatched,
    begun: Callable[[Story], None] | None = None,
    *,
    ask: bool = False,
) -> Story | Feed:
    """Return the story of a source, or its feed; `readers`, `watch` and `begun` as for `load`. `ask` whether a kept
    page has changed.

    Raises SourceError or UsageError.
    """
    options = replace(_options(source, settings), ask=ask)
    return load(_name(source), options, readers=readers, watch=watch, begun=begun)


def read_source(source: Source, settings: Settings, readers: Readers | None = None) -> Reading:
    """Return the reading of a source, as `open_source`, in a thread."""
    return Reading(lambda watch, begun: open_source(source, settings, readers, watch, begun))


def load_story(
    source: Source,
    settings: Settings,
    readers: Readers | None = None,
    watch: Watch = unwatched,
    *,
    ask: bool = False,
) -> Story:
    """Return the story of a source. A feed is a UsageError here, because nobody can be asked which story to take. Else
    as `open_source`."""
    opened = open_source(source, settings, readers, watch, ask=ask)
    if isinstance(opened, Feed):
        raise undecided(opened, _name(source))
    return opened


def load_entry(
    feed: Feed,
    entry: Entry,
    source: Source,
    settings: Settings,
    readers: Readers | None = None,
    *,
    ask: bool = False,
) -> Story:
    """Return one story of a feed; `ask` whether its kept page has changed, if the feed says something else of it.
    Raises SourceError."""
    options = replace(_options(source, settings), listed=entry.listed if ask else "")
    return load_entries(feed, [entry], options, readers=readers)


def _name(source: Source) -> str:
    return CLIPBOARD if source.clipboard else source.story or str(SAMPLE)


def options_of(settings: Settings, **of_source: Any) -> Opening:
    """Return options for opening: each as the setting of the same name says, "skip" and "off" as False. `of_source` are
    those that are no settings, such as `latest`, and whatever a command does otherwise."""
    names = {option.name for option in fields(Opening)} - of_source.keys()
    chosen = {name: getattr(settings, name) for name in names if hasattr(settings, name)}
    read: dict[str, Any] = {
        name: value not in _LEFT_OUT if isinstance(value, str) else value for name, value in chosen.items()
    }
    return Opening(**read, **of_source)


def _options(source: Source, settings: Settings) -> Opening:
    only_pages = PageRange(*source.page_range) if source.pages else None
    return options_of(settings, latest=source.latest, only_pages=only_pages, refresh=source.refresh)
