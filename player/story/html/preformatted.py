"""<pre>: prose in it (RFCs, archives of mailing lists, poems) is read as the plain text that it is; code is not."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import Any

from player.story.model import BlockKind
from player.story.plain_text import read_text
from player.story.reading.blocks.announcements import code_of, is_code
from player.story.reading.draft import Draft
from player.story.reading.lines.prose import SIGN, holds_prose
from player.story.reading.lines.text_tables import tables

_CODE_CLASS = re.compile(r"highlight|language-|lang-|brush|code|syntax|terminal|console|shell|prism|hljs|source", re.I)
_DENSE = 0.08
"""Share of signs in a paragraph that is an example within prose."""
_LEAST_SHARE = 0.6
"""Share of a page's text: with more of it in <pre> the page is a plain text."""
_MOST_ROWS = 2_000
"""Lines of code in a table that numbers them, at most."""
_TAGS = {BlockKind.HEADING: "h3", BlockKind.LIST_ITEM: "p", BlockKind.QUOTATION: "blockquote", BlockKind.PARAGRAPH: "p"}


def is_prose(block: Any) -> bool:
    """Return True if a <pre> holds sentences rather than code."""
    if block.find(".//code") is not None or _CODE_CLASS.search(block.get("class") or ""):
        return False
    around = block.getparent()
    if around is not None and _CODE_CLASS.search(around.get("class") or ""):
        return False
    text = block.text_content()
    return _is_table(text) or holds_prose(text)


def _is_table(text: str) -> bool:
    """Return True for a table that is drawn with signs."""
    lines = text.strip("\n").split("\n")
    return any(table.names and end - start == len(lines) for start, end, table in tables(lines))


def text_of_page(tree: Any) -> str:
    """Return the text of a page that is one, in all its <pre>; empty for any other page."""
    blocks = [block for block in tree.iter("pre") if next(block.iterancestors("pre"), None) is None]
    if not blocks:
        return ""
    prose = [block for block in blocks if is_prose(block)]
    text = "\n\n".join(lines_of(block) for block in (blocks if prose else ()))
    body = tree.find("body")
    return text if len(text) > _LEAST_SHARE * len((tree if body is None else body).text_content()) else ""


def read_page(text: str, draft: Draft) -> None:
    """Add the blocks of such a page; what is no prose in it is announced as code."""
    found = Draft(title=draft.title, byline=draft.byline, published=draft.published)
    read_text(text, found)
    for kind, said, level in found.blocks:
        if is_code(said):
            draft.add_code(code_of(said))
        elif kind is BlockKind.PARAGRAPH and _is_example(said):
            draft.add_code(said)
        else:
            draft.add(kind, said, level)
    draft.title = draft.title or found.title
    draft.byline = draft.byline or found.byline
    draft.published = draft.published or found.published


def write_prose(tree: Any) -> None:
    """Put paragraphs and headings in place of prose in <pre>, and <code> into all others."""
    from lxml.html import Element

    for table in list(tree.iter("table")):
        _open_numbered(table)
    for block in list(tree.iter("pre")):
        if block.getparent() is None:
            continue
        if not is_prose(block):
            _mark_code(block)
            continue
        draft = Draft(title="-")
        read_page(lines_of(block), draft)
        block.tag = "div"
        tail = block.tail
        block.clear()
        block.tail = tail
        for kind, said, _ in draft.blocks:
            child = Element("pre" if is_code(said) else _TAGS[kind])
            child.text = code_of(said) if is_code(said) else said
            block.append(child)


def _open_numbered(table: Any) -> None:
    """Put a <pre> in place of a table that only sets numbers of lines beside code, as highlighters write it."""
    rows = [list(row.iterchildren("td", "th")) for row in islice(table.iter("tr"), _MOST_ROWS)]
    if not rows or {len(row) for row in rows} != {2} or not _holds_code(table):
        return
    numbers = " ".join(lines_of(row[0]) or row[0].get("data-line-number") or "" for row in rows).split()
    counted = [int(number) for number in numbers if number.isdecimal() and number.isascii()]
    if not counted or len(counted) < len(numbers) or any(b - a != 1 for a, b in pairwise(counted)):
        return
    code = "\n".join(lines_of(row[1]) for row in rows)
    tail = table.tail
    table.clear()
    table.tag, table.text, table.tail = "pre", code, tail
    table.set("class", "code")


def _holds_code(table: Any) -> bool:
    around = [table, *islice(table.iterancestors(), 3), *table.iter("td")]
    return any(_CODE_CLASS.search(one.get("class") or "") for one in around) or table.find(".//pre") is not None


def _mark_code(block: Any) -> None:
    """Have extractors, which take any other <pre> for a quotation, know it as code."""
    from lxml.etree import SubElement

    if block.find(".//code") is None and (text := lines_of(block)):
        tail = block.tail
        block.clear()
        block.tail = tail
        SubElement(block, "code").text = text


def lines_of(block: Any) -> str:
    """Return the lines of a <pre>."""
    for line_break in block.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return str(block.text_content()).strip("\n")


def _is_example(said: str) -> bool:
    letters = "".join(said.split())
    if letters[:1] in ("{", "<") and letters[-1:] in ("}", ">"):
        return True
    return sum(1 for _ in SIGN.finditer(said)) > _DENSE * len(letters)
