"""The blocks of HTML that is all story: a feed's entry, a chapter.

A whole page, of which the story is only a part, is read in `formats/web`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from player.story.html.captions import caption_text
from player.story.html.formulas import say_formulas
from player.story.html.languages import declared, looked_for
from player.story.html.markup import readable
from player.story.html.notes import keep_linked_notes, keep_written_notes
from player.story.html.notes_in_line import keep_notes_in_line
from player.story.html.numbering import numbered
from player.story.html.preformatted import lines_of, write_prose
from player.story.html.pruning import prune
from player.story.html.styled import styled_paragraphs
from player.story.html.tree import html_tree
from player.story.model import BlockKind
from player.story.reading.blocks.announcements import code_mark, code_of, is_code, table_mark
from player.story.reading.blocks.marks import EMPHASISED, in_language
from player.story.reading.draft import Draft, row_text
from player.story.reading.lines.kept_lines import split_at_breaks
from player.story.reading.lines.plain_paragraphs import is_chapter_label

_logger = logging.getLogger(__name__)

Found = list[tuple[BlockKind, str, int]]
"""(kind, text, level) of blocks, in order."""
Begun = Callable[[Found], bool]
"""Called with the first blocks of a long tree; returns False to be called again with twice as many."""
_FIRST = 256
"""Number of blocks in the first call of a `Begun`."""
_SILENT = frozenset(
    (
        "script",
        "style",
        "template",
        "head",
        "title",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "select",
        "textarea",
    )
)
_STANDING = frozenset(
    (
        *("p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "figure", "center", "address"),
        *("figcaption", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody"),
        *("tfoot", "tr", "td", "th", "hr", "details", "summary", "body", "html", "fieldset"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
    )
)
"""Elements that stand alone; all others are part of a line."""
GAP = re.compile(r"\n *\n[ \n]*")
"""Two line breaks or more: many write paragraphs that way."""


def add_blocks(draft: Draft, text: str) -> None:
    """Add the blocks of a piece of HTML, or of text without any. What cannot be parsed adds none."""
    from lxml.etree import ParserError  # 0.02 s

    try:
        tree = html_tree(f"<body>{readable(text)}</body>")
    except (ValueError, ParserError):
        _logger.info("no HTML", exc_info=True)
        return
    draft.styled += styled_paragraphs(tree)
    keep_written_notes(tree, draft.add_note)
    keep_linked_notes(tree, draft.add_note)
    keep_notes_in_line(tree, draft)
    for kind, said, level in blocks_of_tree(tree):
        if is_code(said):
            draft.add_code(code_of(said))
        else:
            draft.add(kind, said, level)


def blocks_of_tree(tree: Any, begun: Begun | None = None) -> Found:
    """Return all that is story in a tree of lxml.html, from which the rest is removed."""
    say_formulas(tree)
    write_prose(tree)
    prune(tree)
    walk = _Walk(begun)
    walk.visit(tree, _Place(BlockKind.PARAGRAPH, 0))
    return walk.found


def said_rows(rows: Iterable[Sequence[tuple[str, bool]]]) -> Iterator[str]:
    """Return a table's rows as they are spoken: "header: cell; header: cell". A cell is (text, True for a header);
    headers come from the columns, or from the row itself where it has its own. A table of headers only is one row."""
    names: list[str] = []
    alone = False
    for row in rows:
        cells = [text for text, _ in row]
        heads = [head for _, head in row]
        if len(cells) > 1 and all(heads):
            alone, names = alone or cells != names, cells
            continue
        alone = False
        if len(cells) > 1 and heads[0] and not any(heads[1:]):
            yield f"{cells[0]}: {row_text(names[1:], cells[1:])}"
        else:
            yield row_text(names, cells)
    if alone:
        yield row_text([], names)


def table_blocks(rows: Iterable[Sequence[tuple[str, bool]]]) -> list[tuple[BlockKind, str, int]]:
    """Return (kind, text, level) of a table's blocks: an announcement if it is long, then its rows (see
    `said_rows`)."""
    kept = list(rows)
    said = [(BlockKind.LIST_ITEM, row, 1) for row in said_rows(kept)]
    mark = table_mark(max(map(len, kept), default=0), sum(1 for _, row, _ in said if row))
    return [(BlockKind.PARAGRAPH, mark, 0), *said] if mark else said


class _Place(NamedTuple):
    """Kind and level of the next line of text."""

    kind: BlockKind
    level: int


class _Walk:
    """One way through a tree. `found` holds the blocks passed so far."""

    def __init__(self, begun: Begun | None) -> None:
        self._begun = begun
        self._tell_at = _FIRST  # blocks
        self.found: Found = []
        self._parts: list[str] = []
        self._marker = ""  # of a list's item, until its first line is found
        self._language = self._marked = ""  # of the words here; of those at the end of the parts

    def visit(self, element: Any, place: _Place) -> None:
        """Add an element's text, without its tail."""
        around = self._language
        if (own := declared(element)) is not None:
            self._language = own
        elif not around and looked_for(element):
            self._language = EMPHASISED
        self._visit(element, place)
        self._language = around

    def _visit(self, element: Any, place: _Place) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT:
            return
        if tag == "br":
            self._parts.append("\n")
        elif tag not in _STANDING:
            self._inside(element, place)
        else:
            self._end(place)
            match tag:
                case "pre":
                    self.found.append((BlockKind.PARAGRAPH, code_mark(lines_of(element)), 0))
                case "figcaption":
                    self._caption(element)
                case "table" if _is_data(element):
                    for caption in element.iterchildren("caption"):
                        self._caption(caption)
                    self.found += table_blocks(map(_cells, element.iter("tr")))
                case "ul" | "ol":
                    self._list(element, place)
                case _:
                    inner = _inner(tag, place)
                    self._inside(element, inner)
                    self._end(inner)

    def _caption(self, element: Any) -> None:
        if said := caption_text(element):
            self.found.append((BlockKind.PARAGRAPH, said, 0))

    def _inside(self, element: Any, place: _Place) -> None:
        self._say(element.text)
        for child in element:
            self.visit(child, place)
            self._say(child.tail)

    def _list(self, element: Any, place: _Place) -> None:
        depth = place.level + 1 if place.kind is BlockKind.LIST_ITEM else 1
        inner = _Place(BlockKind.LIST_ITEM, depth)
        children = numbered(element) if element.tag == "ol" else ((child, "") for child in element)
        for child, label in children:
            if child.tag == "li":
                self._marker = f"{label}. " if label else ""
            self.visit(child, inner)
            self._end(inner)
        self._marker = ""

    def _say(self, text: str | None) -> None:
        if text:
            if self._language != self._marked:
                self._parts.append(in_language(self._language))
                self._marked = self._language
            self._parts.append(text.replace("\n", " "))  # only <br> breaks a line

    def _end(self, place: _Place) -> None:
        """End the block, if one has begun."""
        if self._begun is not None and len(self.found) >= self._tell_at:
            self._tell_at *= 2
            if self._begun(self.found):
                self._begun = None
        if not self._parts:
            return
        text = "".join(self._parts)
        self._parts.clear()
        self._marked = ""
        if place.kind is BlockKind.HEADING and "\n" in text:
            text = _heading(text)
        for paragraph in GAP.split(text) if "\n" in text else (text,):
            lines = paragraph.split("\n")
            for part in split_at_breaks(lines) if len(lines) > 1 else (lines,):
                if said := " ".join(" ".join(part).split()):
                    self.found.append((place.kind, self._marker + said, place.level))
                    self._marker = ""


def _heading(text: str) -> str:
    """Return the lines of a heading as one: "Chapter One. The Quay"."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    return " ".join(
        f"{line.rstrip('.:')}." if is_chapter_label(line) and n < len(lines) - 1 else line
        for n, line in enumerate(lines)
    )


def _inner(tag: str, place: _Place) -> _Place:
    if tag[0] == "h" and tag[1:].isdecimal():
        return _Place(BlockKind.HEADING, max(int(tag[1:]), 2))  # the first is the story's title
    if tag != "blockquote":
        return place
    return _Place(BlockKind.QUOTATION, place.level + 1 if place.kind is BlockKind.QUOTATION else 0)


def _is_data(table: Any) -> bool:
    """Return True for a table of values, False for one that only lays out text, as in newsletters."""
    inner = ".//table | .//div | .//ul | .//ol | .//h1 | .//h2 | .//h3 | .//blockquote | .//p"
    if table.xpath(f"{inner}[preceding-sibling::*]" if table.xpath(".//th") else inner):
        return False
    return any(len(_cells(row)) > 1 for row in table.iter("tr"))


def _cells(row: Any) -> list[tuple[str, bool]]:
    return [(_words(cell), cell.tag == "th") for cell in row.iterchildren("td", "th")]


def _words(cell: Any) -> str:
    """Return a cell's words, with blanks where lines break."""
    for element in cell.iterdescendants("br", *_STANDING):
        if element.tag != "br":
            element.text = f" {element.text or ''}"
        element.tail = f" {element.tail or ''}"
    return " ".join(cell.text_content().split())
