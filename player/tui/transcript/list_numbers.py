"""Numbers of list items, which are part of their text: an item that has one needs no other mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from player.story.model import Block, BlockKind

_NUMBER = re.compile(r"\(?\d{1,4}[.)] ")
_LETTER = re.compile(r"\(?(?:[a-z]|[A-Z]|[ivxlc]{1,6}|[IVXLC]{1,6})[.)] ")


def is_numbered(blocks: Sequence[Block], index: int) -> bool:
    """Return True if a list's item begins with its number. A letter counts only beside other items with one: "A. Smith"
    is a name."""
    text = blocks[index].text
    if _NUMBER.match(text):
        return True
    if not _LETTER.match(text):
        return False
    beside = (blocks[n] for n in (index - 1, index + 1) if 0 <= n < len(blocks))
    return any(block.kind is BlockKind.LIST_ITEM and _LETTER.match(block.text) for block in beside)
