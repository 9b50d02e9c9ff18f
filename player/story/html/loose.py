"""Loose words beside paragraphs: extractors would glue them to these."""

from __future__ import annotations

from typing import Any

from player.story.html.hidden import IN_LINE
from player.story.html.tree import is_said

_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "aside", "header", "footer", "figure", "blockquote", "pre", "address"),
        *("ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "details", "fieldset", "form", "main", "nav"),
    )
)
_HOLDERS = frozenset(("div", "section", "article", "main", "blockquote"))
_ITEMS, _CELLS = frozenset(("li", "dd", "dt")), frozenset(("td", "th"))
"""What extractors make one line of."""
_SHORT = 160
"""Characters of a cell in a table of values, at most."""
_MOST = 500
"""Blocks in one element, at most, before which words are looked for."""


def part_loose_text(tree: Any) -> None:
    """Part the words of an element from a <div> behind them, and those of several <div> in an item or a cell; make
    addresses paragraphs."""
    for address in list(tree.iter("address")):
        if _is_line(address):
            address.tag = "p"
            address.attrib.clear()
    counts: dict[Any, int] = {}  # counting takes as long as there are elements
    holders: dict[Any, bool] = {}
    for block in list(tree.iter("div")):
        around = block.getparent()
        if around is not None and around not in counts:
            counts[around] = len(around)
        if around is None or counts[around] >= _MOST:
            continue
        if around.tag in _HOLDERS:
            _part(block, around, holders)
        elif around.tag in _ITEMS:
            if _is_line(block) and (_is_behind_words(block) or is_said(block.tail) or counts[around] > 1):
                block.tag = "p"
        elif around.tag in _CELLS and _is_line(block) and len(around.text_content()) < _SHORT:
            block.tag, block.text, block.tail = "span", f" {block.text or ''}", f" {block.tail or ''}"
            block.attrib.clear()


def _part(block: Any, around: Any, holders: dict[Any, bool]) -> None:
    """Part a <div> from the words before it, and make it a paragraph if it stands for one beside others, without which
    trafilatura drops its words. `holders`: see `_holds_paragraphs`, of the elements looked at so far."""
    if _is_behind_link(block):
        block.getprevious().tail = " "  # in a paragraph of its own, a link would be left out with what follows
        return
    plain = not block.get("class") and not block.get("id") and _is_line(block) and not _is_code(block)
    if plain and around not in holders:
        holders[around] = _holds_paragraphs(around)
    if plain and holders[around]:
        block.tag = "p"
    elif _is_behind_words(block) or (plain and is_said(around.text) and _is_behind_line(block)):
        block.addprevious(block.makeelement("br"))
        block.addprevious(block.makeelement("br"))


def _holds_paragraphs(around: Any) -> bool:
    """Return True if an element holds paragraphs, and not as many <div> of words."""
    said = [one for one in around.iterchildren("p", "div") if is_said(one.text_content())]
    paragraphs = sum(1 for one in said if one.tag == "p")
    return paragraphs > len(said) - paragraphs


def _is_behind_line(block: Any) -> bool:
    """Return True if a <div> of words stands right before a block."""
    before = block.getprevious()
    return before is not None and before.tag == "div" and is_said(before.text_content()) and not is_said(before.tail)


def _is_code(block: Any) -> bool:
    """Return True for a block of nothing but code."""
    code = block.find("code")
    return code is not None and code.text_content().strip() == block.text_content().strip()


def _is_line(block: Any) -> bool:
    """Return True if no other block is within one."""
    return next(block.iterdescendants(*_BLOCKS), None) is None


def _is_behind_link(block: Any) -> bool:
    """Return True if a link stands right before a block."""
    before = block.getprevious()
    return before is not None and before.tag == "a" and not is_said(before.tail) and is_said(before.text_content())


def _is_behind_words(block: Any) -> bool:
    """Return True if words of the same element, and no line break, stand right before a block."""
    before = block.getprevious()
    if before is None:
        return is_said(block.getparent().text)
    return is_said(before.tail) or (before.tag in IN_LINE and is_said(before.text_content()))
