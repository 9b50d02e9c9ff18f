"""Loading stories from text given in a test."""

from __future__ import annotations

import atexit
from functools import partial
from pathlib import Path

from player.story import opening as sources
from player.story.model import Story
from player.story.opening.confined.host import Readers

_READERS = Readers()
"""One process for each format and all tests, rather than one for each story."""
atexit.register(_READERS.close)

load = partial(sources.load, readers=_READERS)
load_entries = partial(sources.load_entries, readers=_READERS)

PAGES = Path(__file__).parents[1] / "data" / "pages"


def read(folder: Path, text: str | bytes, name: str = "story.txt") -> Story:
    """The story of a file with this text."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(str(path))


def outline(story: Story) -> list[tuple[str, int, str]]:
    """The blocks, short: ("paragraph", 0, "It rained.")."""
    return [(block.kind.value, block.level, block.text) for block in story.blocks]
