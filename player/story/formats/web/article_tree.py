"""The document tree in which trafilatura returns an article (TEI-like: p, head, list/item, quote, table/row/cell), as
blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from player.story.html.blocks import GAP, table_blocks
from player.story.model import BlockKind
from player.story.reading.blocks.announcements import code_mark
from player.story.reading.lines.kept_lines import split_at_breaks

_STANDING = frozenset(("p", "head", "list", "quote", "table", "code", "ab", "fw", "div", "comments"))
"""Elements that stand alone; all others are part of a line."""
_PROSE_IN_ITEM = 60
"""Characters of a paragraph in a list's item from which it stands alone; shorter ones are one line, as of a name and a
trade."""


def blocks_of(body: Any) -> Iterator[tuple[BlockKind, str, int]]:
    """Yield the blocks of an article's body: kind, text, and level."""
    yield from _mixed(body, BlockKind.PARAGRAPH, 1)


def _element(element: Any, depth: int) -> Iterator[tuple[BlockKind, str, int]]:
    match element.tag:
        case "head":
            rend = element.get("rend") or "h2"
            yield BlockKind.HEADING, _said(element), int(rend[1:]) if rend[1:].isdecimal() else 2
        case "list":
            for number, item in enumerate(element.iterchildren("item"), 1):
                yield from _item(item, f"{number}. " if element.get("rend") == "ol" else "", depth)
                for inner in item.iterchildren("list"):
                    yield from _element(inner, depth + 1)
        case "quote":
            yield from _mixed(element, BlockKind.QUOTATION, depth)
        case "table" if _is_data(element):
            yield from table_blocks(map(_cells, element.iter("row")))
        case "table":
            for cell in element.iter("cell"):
                yield from _mixed(cell, BlockKind.PARAGRAPH, depth)
        case "code":
            yield BlockKind.PARAGRAPH, code_mark("".join(element.itertext())), 0
        case "comments":
            return
        case _:
            yield from _mixed(element, BlockKind.PARAGRAPH, depth)


def _item(item: Any, marker: str, depth: int) -> Iterator[tuple[BlockKind, str, int]]:
    """Yield the blocks of a list item without inner lists: its text, long paragraphs and code of several lines as
    blocks of their own."""
    line = [marker, item.text or ""]
    prose = any(len("".join(p.itertext())) > _PROSE_IN_ITEM for p in item.iterchildren("p"))

    def ended() -> Iterator[tuple[BlockKind, str, int]]:
        if said := "".join(line).strip():
            yield BlockKind.LIST_ITEM, said, depth
        line.clear()

    for child in item:
        code = "".join(child.itertext()).strip("\n") if child.tag == "code" else ""
        if "\n" in code:
            yield from ended()
            yield BlockKind.PARAGRAPH, code_mark(code), 0
        elif child.tag == "p" and prose:
            if "".join(line).strip() != marker.strip():
                yield from ended()
            line.append(_said(child))
            yield from ended()
        elif child.tag != "list":
            line.append(" " * (child.tag == "code" and "".join(line[-1:]).endswith((".", ":"))))
            line.append(_part(child, "list"))
        line.append(child.tail or "")
    yield from ended()


def _mixed(element: Any, kind: BlockKind, depth: int) -> Iterator[tuple[BlockKind, str, int]]:
    """Yield the blocks in an element, and what text stands between them: on old pages all that there is."""
    line = [_text(element.text)]
    for child in element:
        if child.tag in _STANDING and (child.tag != "code" or element.tag != "p"):
            yield from _lines(line, kind)
            line.clear()
            for inner, said, level in _element(child, depth):
                within = kind is inner is BlockKind.QUOTATION
                yield kind if inner is BlockKind.PARAGRAPH else inner, said, level + within
        else:
            line.append("\n" if child.tag == "lb" else _said(child))
        line.append(_text(child.tail))
    yield from _lines(line, kind)


def _lines(parts: Sequence[str], kind: BlockKind) -> Iterator[tuple[BlockKind, str, int]]:
    for paragraph in GAP.split("".join(parts)):
        for lines in split_at_breaks(paragraph.split("\n")):
            if said := " ".join(lines).strip():
                yield kind, said, 0


def _text(text: str | None) -> str:
    """Return a text on one line: only <br> breaks it."""
    return (text or "").replace("\n", " ")


def _is_data(table: Any) -> bool:
    """Return True for a table of values, False for one that only lays out text, as on old pages."""
    if table.xpath(".//list | .//head | .//quote | .//table | .//p[preceding-sibling::*]"):
        return False
    if table.xpath(".//p") and not table.xpath(".//cell[@role='head']"):
        return False
    if table.xpath(".//lb[following-sibling::*[1][self::lb]]"):
        return False
    return any(sum(bool(text) for text, _ in _cells(row)) > 1 for row in table.iter("row"))


def _cells(row: Any) -> list[tuple[str, bool]]:
    return [(" ".join(_said(cell).split()), cell.get("role") == "head") for cell in row.iterchildren("cell")]


def _said(element: Any, skip: str = "") -> str:
    """Return an element's words, with blanks where lines break."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != skip:
            parts.append(_part(child, skip))
        parts.append(child.tail or "")
    return "".join(parts)


def _part(element: Any, skip: str) -> str:
    """Return the words of an element within a line."""
    said = " " if element.tag in ("lb", "graphic") else _said(element, skip)
    return f" {said} " if element.tag in ("p", "quote", "list", "item", "head") else said
