"""A story's text as HTML, with headings, lists, quotations, links and emphasis. None of the text can act as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from player.export.text.direction import direction
from player.story.model import Block, BlockKind, Story

_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Characters that HTML forbids or browsers change, and those that disguise text. Blocks should have none, but may come
from elsewhere."""
_NUMBERED = re.compile(r"\d+[.)] ")
_TAGS = {"link": "a", "strong": "strong", "emphasis": "em", "code": "code"}
"""By the look of words; each may stand within those before it."""


def inline(text: str) -> str:
    """Return text as HTML for an element or attribute; a browser reads it with its original length in UTF-16 units."""
    return escape(_HARMFUL.sub("\N{REPLACEMENT CHARACTER}", text))


def text(story: Story, below: str, *, marked: bool = False) -> Iterator[str]:
    """Yield the title, the HTML `below` it, and all blocks, each as an element with the id b0, b1, …

    A title that is spoken is a block of its own; numbers of lists are part of the text. With `marked`, links and
    emphasis are elements; without, each block is one text node.
    """
    blocks = list(enumerate(story.blocks))
    yield '<header class="front">\n'
    if story.part_of:
        part = story.part_of
        yield f'<p class="book">{inline(part.title)} · {part.number} / {part.chapters}</p>\n'
    if blocks and blocks[0][1].kind is BlockKind.HEADING and blocks[0][1].level == 1:
        yield _element("h1", *blocks.pop(0), marked)
    else:
        yield f"<h1>{inline(story.title)}</h1>\n"
    yield f"{below}</header>\n"
    inside = _Inside()
    for number, block in blocks:
        yield inside.enter(block)
        match block.kind:
            case BlockKind.HEADING:
                yield _element(f"h{min(max(block.level, 2), 6)}", number, block, marked)
            case BlockKind.LIST_ITEM:
                yield _element("span", number, block, marked)
            case _:
                yield _element("p", number, block, marked)
    yield inside.leave()


def _element(name: str, number: int, block: Block, marked: bool) -> str:
    language = f' lang="{inline(block.language)}" dir="{direction(block.language)}"' if block.language else ""
    inner = _marked(block, 0, len(block.text), list(_TAGS)) if marked else inline(block.text)
    return f'<{name} id="b{number}"{language}>{inner}</{name}>\n{_code(block)}'


def _code(block: Block) -> str:
    """Return the code that a block announces. It may be wider than the page, and is reached by Tab to be scrolled."""
    if not block.code:
        return ""
    code = "\n".join(map(inline, block.code.split("\n")))
    return f'<pre tabindex="0" translate="no" dir="ltr"><code>{code}</code></pre>\n'


def _marked(block: Block, start: int, end: int, looks: list[str]) -> str:
    """Return characters [start, end) of a block, with its words of these looks in elements within one another."""
    if not looks:
        return inline(block.text[start:end])
    look, *others = looks
    made, place = "", start
    for span in block.styled:
        first, last = max(span.start, place), min(span.end, end)
        if span.look != look or first >= last:
            continue
        where = f' href="{inline(span.address)}" rel="noopener"' if span.address else ""
        inner = _marked(block, first, last, others)
        made += f"{_marked(block, place, first, others)}<{_TAGS[look]}{where}>{inner}</{_TAGS[look]}>"
        place = last
    return made + _marked(block, place, end, others)


class _Inside:
    """The open lists or quotation."""

    def __init__(self) -> None:
        self._quotation = False
        self._lists: list[tuple[int, bool]] = []  # (level, whether its items have numbers), the innermost last

    def enter(self, block: Block) -> str:
        """Return the tags before a block."""
        if block.kind is BlockKind.LIST_ITEM:
            return self._item(block)
        if block.kind is BlockKind.QUOTATION and self._quotation:
            return ""
        closed = self.leave()
        self._quotation = block.kind is BlockKind.QUOTATION
        return closed + ("<blockquote>\n" if self._quotation else "")

    def leave(self) -> str:
        """Return tags that close everything open."""
        closed = "</ul>\n" * len(self._lists) + ("</blockquote>\n" if self._quotation else "")
        self._lists.clear()
        self._quotation = False
        return closed

    def _item(self, block: Block) -> str:
        """Return an item's tag. HTML closes items by itself."""
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
