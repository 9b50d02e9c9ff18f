"""The chapters of an exported story: its headings, or its paragraphs when it has none."""

from __future__ import annotations

from typing import NamedTuple

from player.story.model import BlockKind, Story

MOST = 255
"""A CTOC frame counts its entries in one byte (ID3v2 Chapter Frame Addendum)."""
_TITLE_LENGTH = 60


class Chapter(NamedTuple):
    """A chapter begins with a block and goes on to the next chapter's."""

    block: int
    title: str


def chapters(story: Story) -> list[Chapter]:
    """At most MOST chapters, the first from the story's beginning."""
    said = [n for n, block in enumerate(story.blocks) if any(map(str.isalnum, block.text))]
    body = [n for n in said if not (n == 0 and story.blocks[0].kind is BlockKind.HEADING)]
    starts = _headings(story, body) or body
    starts = starts[:: -(-len(starts) // (MOST - 1))] if starts else []
    found = [Chapter(n, _short(story.blocks[n].text)) for n in starts]
    if found and found[0].block > 0 and said and said[0] < found[0].block:
        if story.blocks[found[0].block].kind is BlockKind.HEADING:
            return [Chapter(0, _short(story.title)), *found]
        return [found[0]._replace(block=0), *found[1:]]  # the title belongs to the first paragraph
    return found or [Chapter(0, _short(story.title))]


def _headings(story: Story, body: list[int]) -> list[int]:
    """The headings, without the lower levels where there would be too many."""
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
    return (beginning.rpartition(" ")[0] or beginning).rstrip(",;:") + "…"  # not all languages write blanks
