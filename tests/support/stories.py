"""Stories for tests, and what is needed to speak them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from player.story.model import Block, BlockKind, Story

DATA = Path(__file__).parent.parent / "data"
ARTICLE = DATA / "stories" / "peace-talks.txt"


def story_of(*paragraphs: str, title: str = "A test", language: str = "en") -> Story:
    """Return a story of paragraphs; those that begin with "# " are headings."""
    return Story(title, tuple(_blocks(paragraphs)), language=language, source="test", identity="test")


def _blocks(paragraphs: Sequence[str]) -> list[Block]:
    return [
        Block(BlockKind.HEADING, text[2:], 2) if text.startswith("# ") else Block(BlockKind.PARAGRAPH, text)
        for text in paragraphs
    ]
