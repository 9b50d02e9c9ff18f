"""A story's text as HTML: what was a heading, a list or a quotation is one again. Nothing in it can be markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from player.story.model import Block, BlockKind, Story

_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What HTML cannot hold or browsers change, and what makes text look like another text. Blocks should have none of
it, but they may have been made elsewhere."""
_NUMBERED = re.compile(r"\d+[.)] ")


def inline(text: str) -> str:
    """Text as HTML, for an element or an attribute; as long as it was, in UTF-16 units, when a browser reads it."""
    return escape(_HARMFUL.sub("\N{REPLACEMENT CHARACTER}", text))


def text(story: Story, below: str) -> Iterator[str]:
    """The title with what stands `below` it (HTML), and all blocks, each as an element with the id b0, b1, …

    The title is a block of its own if it is said; numbers of lists stand in the text.
    """
    blocks = list(enumerate(story.blocks))
    yield '<header class="front">\n'
    if story.part_of:
        part = story.part_of
        yield f'<p class="book">{inline(part.title)} · {part.number} / {part.chapters}</p>\n'
    if blocks and blocks[0][1].kind is BlockKind.HEADING and blocks[0][1].level == 1:
        yield _element("h1", *blocks.pop(0))
    else:
        yield f"<h1>{inline(story.title)}</h1>\n"
    yield f"{below}</header>\n"
    inside = _Inside()
    for number, block in blocks:
        yield inside.enter(block)
        match block.kind:
            case BlockKind.HEADING:
                yield _element(f"h{min(max(block.level, 1), 6)}", number, block)
            case BlockKind.LIST_ITEM:
                yield _element("span", number, block)
            case _:
                yield _element("p", number, block)
    yield inside.leave()


def _element(name: str, number: int, block: Block) -> str:
    return f'<{name} id="b{number}">{inline(block.text)}</{name}>\n'


class _Inside:
    """Which lists, or which quotation, are open."""

    def __init__(self) -> None:
        self._quotation = False
        self._lists: list[tuple[int, bool]] = []  # (level, whether its items have numbers), the innermost last

    def enter(self, block: Block) -> str:
        """The tags before a block."""
        if block.kind is BlockKind.LIST_ITEM:
            return self._item(block)
        if block.kind is BlockKind.QUOTATION and self._quotation:
            return ""
        closed = self.leave()
        self._quotation = block.kind is BlockKind.QUOTATION
        return closed + ("<blockquote>\n" if self._quotation else "")

    def leave(self) -> str:
        """The tags that close all that is open."""
        closed = "</ul>\n" * len(self._lists) + ("</blockquote>\n" if self._quotation else "")
        self._lists.clear()
        self._quotation = False
        return closed

    def _item(self, block: Block) -> str:
        """An item ends where the next begins, or its list: HTML needs no tag for it."""
        tags = self.leave() if self._quotation else ""
        numbered = bool(_NUMBERED.match(block.text))
        wanted = (block.level, numbered)
        while self._lists and self._lists[-1][0] >= block.level and self._lists[-1] != wanted:
            self._lists.pop()
            tags += "</ul>\n"
        if not self._lists or self._lists[-1] != wanted:
            self._lists.append(wanted)
            tags += '<ul class="numbered">' if numbered else "<ul>"
        return tags + "<li>"
