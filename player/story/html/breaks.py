"""<br>: two of them part paragraphs; one parts lines that were meant as lines, of an address, a poem, a talk."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from player.story.reading.lines.kept_lines import split_at_breaks

_FORMATTING = frozenset(("span", "font", "b", "strong", "i", "em", "small", "u", "big"))
_MOST = 2_000
"""Breaks in one paragraph that are still looked at."""


def split_paragraphs(tree: Any) -> None:
    """Make several <p> of one wherever its breaks part paragraphs or lines."""
    from lxml.etree import strip_tags

    paragraphs = {
        paragraph: None for line_break in tree.iter("br") if (paragraph := _paragraph(line_break)) is not None
    }
    for paragraph in paragraphs:
        if any(line_break.getparent() is not paragraph for line_break in paragraph.iter("br")):
            strip_tags(paragraph, *_FORMATTING)
        split_paragraph(paragraph)


def _paragraph(line_break: Any) -> Any:
    """Return the <p> that a break stands in, through nothing but formatting."""
    around = line_break.getparent()
    while around is not None and around.tag in _FORMATTING:
        around = around.getparent()
    return around if around is not None and around.tag == "p" and around.getparent() is not None else None


def split_paragraph(paragraph: Any) -> None:
    """Split a <p> into several where <br> in it part paragraphs or lines."""
    lines = _lines(paragraph)
    if not 1 < len(lines) <= _MOST:
        return
    groups: list[list[_Line]] = [[]]
    for line in lines:
        if line.is_blank() and groups[-1]:
            groups.append([])
        elif not line.is_blank():
            groups[-1].append(line)
    kept = [part for group in groups if group for part in _parted(group)]
    if len(kept) < 2:
        return
    _keep_links(kept)
    _rebuild(paragraph, kept)


class _Line:
    """The text and the elements between two line breaks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.elements: list[Any] = []

    def words(self) -> str:
        """Return all its words."""
        return self.text + "".join(f"{one.text_content()}{one.tail or ''}" for one in self.elements)

    def is_blank(self) -> bool:
        """Return True if there are none."""
        return not self.words().strip(" \t\n\r\xa0")


def _lines(paragraph: Any) -> list[_Line]:
    found = [_Line(paragraph.text or "")]
    for child in paragraph:
        if child.tag == "br":
            found.append(_Line(child.tail or ""))
        else:
            found[-1].elements.append(child)
    return found


def _parted(group: list[_Line]) -> list[list[_Line]]:
    """Return the lines of a paragraph in groups that are read as one each."""
    sizes = [len(part) for part in split_at_breaks([line.words() for line in group])]
    edges = [0]
    for size in sizes:
        edges.append(edges[-1] + size)
    return [group[a:b] for a, b in pairwise(edges)]


def _keep_links(parts: list[list[_Line]]) -> None:
    """Leave only the words of links that are a line of their own beside others that are not: extractors take a
    paragraph that is one link for a part of a menu."""
    linked = [part for part in parts if all(map(_is_link, part))]
    if len(linked) < len(parts):
        for part in linked:
            for line in part:
                line.elements[0].tag = "span"
                line.elements[0].attrib.clear()


def _is_link(line: _Line) -> bool:
    return (
        len(line.elements) == 1
        and line.elements[0].tag == "a"
        and line.words().strip() == line.elements[0].text_content().strip()
    )


def _rebuild(paragraph: Any, parts: list[list[_Line]]) -> None:
    """Have a paragraph hold the first part, and others like it behind it the rest."""
    tail = paragraph.tail
    paragraph.tail = None
    attributes = dict(paragraph.attrib)
    for child in list(paragraph):
        paragraph.remove(child)
    last = paragraph
    for number, part in enumerate(parts):
        if number:
            target = paragraph.makeelement("p", attributes)
            last.addnext(target)
            last = target
        last.text = ""
        for line in part:
            _append_text(last, line.text if line is part[0] else f" {line.text}")
            last.extend(line.elements)
    last.tail = tail


def _append_text(target: Any, text: str) -> None:
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text
