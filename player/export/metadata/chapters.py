"""Chapters of an exported story: its own, else its headings."""

from __future__ import annotations

from typing import NamedTuple

from player.story.model import BlockKind, Story

MOST = 255
"""Limit of an ID3 CTOC frame, which counts its entries in one byte (ID3v2 Chapter Frame Addendum)."""
_TITLE_LENGTH = 60


class Chapter(NamedTuple):
    """A chapter, from its first block to the next chapter's."""

    block: int
    title: str


def chapters(story: Story) -> list[Chapter]:
    """Return at most MOST chapters, the first of which begins with the story; none when the story is not divided."""
    said = [n for n, block in enumerate(story.blocks) if any(map(str.isalnum, block.text))]
    body = [n for n in said if not (n == 0 and story.blocks[0].kind is BlockKind.HEADING)]
    found = _sections(story) or [Chapter(n, _short(story.blocks[n].text)) for n in _headings(story, body)]
    found = thinned(found, MOST - 1)
    if found and found[0].block > 0 and said and said[0] < found[0].block:
        found = [Chapter(0, _short(story.title)), *found]
    return found if len(found) > 1 else []


def thinned(found: list[Chapter], most: int) -> list[Chapter]:
    """Return at most so many chapters: every second, third … where there are more."""
    return found[:: -(-len(found) // most)] if found else []


def _sections(story: Story) -> list[Chapter]:
    """Return the story's own chapters, without the lower levels if there are too many."""
    sections = list(story.sections)
    while len(sections) >= MOST and (deepest := max(section.level for section in sections)) > 1:
        sections = [section for section in sections if section.level < deepest]
    return [Chapter(section.block, _short(section.title)) for section in sections]


def _headings(story: Story, body: list[int]) -> list[int]:
    """Return the headings, without the lower levels if there are too many."""
    headings = [n for n in body if story.blocks[n].kind is BlockKind.HEADING]
    for level in range(6, 1, -1):
        if len(headings) < MOST:
            break
        headings = [n for n in headings if story.blocks[n].level < level] or headings
    return headings


def _short(text: str) -> str:
    if len(text) <= _TITLE_LENGTH:
        return text
    beginning = text[: _TITLE_LENGTH - 1]
    return (beginning.rpartition(" ")[0] or beginning).rstrip(",;:") + "…"  # for languages without blanks
