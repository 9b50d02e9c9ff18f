"""Titles and chapters: the document's title, and labels like "Chapter Two" with their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from player.story.formats.pdf.paragraphs import Placed
from player.story.model import BlockKind
from player.story.reading.draft import same_words
from player.story.reading.lines.plain_paragraphs import is_chapter_label

_HEAD = 12
"""Blocks among which the title is looked for."""


def labelled(blocks: Iterable[Placed]) -> Iterator[Placed]:
    """Yield the blocks, with "Chapter Two" and the name below it as one heading."""
    label: Placed | None = None
    for block in blocks:
        name = block
        if label is not None:
            below = label.kind is BlockKind.HEADING and block.level > label.level
            if block.kind is BlockKind.HEADING and block.page == label.page and not below:
                name = block._replace(text=f"{label.text.rstrip('.:')}. {block.text}")
            else:
                yield label._replace(kind=BlockKind.HEADING, level=label.level or 2)
        label = block if block is name and is_chapter_label(block.text) else None
        if label is None:
            yield name
    if label is not None:
        yield label


def titled(given: str, blocks: list[Placed], size: float, *, begins: bool) -> tuple[str, list[Placed]]:
    """Return the title, and the blocks without it. Title: the metadata's, else the one largest heading of page one
    that is larger than the text, which is of this size, or comes first of all; `begins` tells whether page one is
    there."""
    if given:
        return given, [block for n, block in enumerate(blocks) if n >= _HEAD or not same_words(block.text, given)]
    first = [
        block
        for n, block in enumerate(blocks[:_HEAD])
        if begins and block.kind is BlockKind.HEADING and block.page == 0 and (block.size > size or n == 0)
    ]
    largest = min(first, key=lambda block: block.level, default=None)
    alike = [block for block in blocks if largest and (block.kind, block.level) == (largest.kind, largest.level)]
    if largest is None or len(alike) > 1:
        return "", blocks
    return largest.text, [block for block in blocks if block is not largest]
