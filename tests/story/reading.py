"""Loading stories from text given in a test."""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from pathlib import Path

from player.story import opening as sources
from player.story.model import Story
from player.story.opening.confined.host import Readers
from player.story.opening.waiting import Watch, unwatched
from player.story.reading.feed import Entry, Feed
from player.story.reading.options import Options

_READERS = Readers()
"""One process for each format and all tests, rather than one for each story."""
atexit.register(_READERS.close)


def load_any(source: str, *, watch: Watch = unwatched, **options: object) -> Story | Feed:
    """The story of a source, or the feed that it is; `options` are those of `Options`."""
    return sources.load(source, Options(**options), readers=_READERS, watch=watch)  # type: ignore[arg-type]


def load(source: str, *, watch: Watch = unwatched, **options: object) -> Story:
    """The story of a source that is one."""
    story = load_any(source, watch=watch, **options)
    assert isinstance(story, Story)
    return story


def load_entries(feed: Feed, entries: Sequence[Entry], **options: object) -> Story:
    """The story of entries of a feed."""
    return sources.load_entries(feed, entries, Options(**options), readers=_READERS)  # type: ignore[arg-type]


PAGES = Path(__file__).parents[1] / "data" / "pages"


def read(folder: Path, text: str | bytes, name: str = "story.txt") -> Story:
    """The story of a file with this text."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(str(path))


def outline(story: Story) -> list[tuple[str, int, str]]:
    """The blocks, short: ("paragraph", 0, "It rained.")."""
    return [(block.kind.value, block.level, block.text) for block in story.blocks]
