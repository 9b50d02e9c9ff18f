"""Bold, emphasised and linked words of HTML."""

from __future__ import annotations

from typing import Any

from player.story.reading.blocks.styled import StyledParagraph, address_of

_LOOKS = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite"), "emphasis"),
    "code": "code",
    "a": "link",
}
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LINES = frozenset((*_HEADS, "p", "li", "dt", "dd", "td", "th", "blockquote", "div", "body", "section", "pre"))
_INNER_LINES = "ul", "ol", "dl", "table"
_MOST = 20_000
"""Paragraphs whose looks are kept."""


def styled_paragraphs(tree: Any, base: str = "") -> list[StyledParagraph]:
    """Return the paragraphs of a tree that have styled words, in order; `base` is the page's address. Call it before
    the tree is changed."""
    lines: dict[Any, None] = {}
    for element in tree.iter(*_LOOKS):
        line = next((one for one in element.iterancestors() if one.tag in _LINES), None)
        if line is not None and line.tag != "pre":
            lines[line] = None
            if len(lines) >= _MOST:
                break
    return [_paragraph(line, base) for line in lines]


def _paragraph(line: Any, base: str) -> StyledParagraph:
    """Return a line's own text, up to the first line within it."""
    from lxml.etree import iterwalk

    made = StyledParagraph()
    begun: dict[Any, int] = {}
    for event, element in iterwalk(line, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if element is not line and (tag in _LINES or tag in _INNER_LINES) and made.length:
                break
            begun[element] = made.length
            made.add(element.text if isinstance(tag, str) else None)
        else:
            if (look := _LOOKS.get(tag)) is not None:
                made.end(begun[element], look, address_of(element.get("href"), base) if look == "link" else "")
            if element is not line:
                made.add(element.tail)
    return made
