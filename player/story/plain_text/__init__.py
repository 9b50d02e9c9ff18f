"""Plain text, a file or a part of a page: titles, bylines, headings, lists and quotations, recognised by layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from itertools import groupby
from textwrap import dedent

from player.story.dates import is_date_line
from player.story.furniture import is_furniture
from player.story.model import BlockKind
from player.story.plain_text.emphasis import unmarked
from player.story.plain_text.gutenberg import cut_gutenberg
from player.story.plain_text.head import LONGEST_TITLE, take_head
from player.story.plain_text.lines import (
    ITEM,
    ITEM_BEGINS,
    LONGEST_HEADING,
    UNDERLINE,
    is_drawing,
    is_heading,
    labelled,
)
from player.story.plain_text.page_headers import cut_mail, cut_pages, cut_signature
from player.story.reading.draft import Draft, row_text
from player.story.reading.lines.kept_lines import lines_as_meant
from player.story.reading.lines.plain_paragraphs import is_chapter, is_contents, joined, mended, paragraphs, wrap_width
from player.story.reading.lines.text_tables import Table, aligned, tables, without_tables
from player.story.roman_numerals import roman

_LETTERED = re.compile(r"\s*(?P<number>[a-z]\.)\s+(?=\S)")
"""Only within another list: "a." may begin a sentence."""
_RULE = re.compile(r"[\W_]*")
_STOPS = (".", "!", "?")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[^\W\d_a-z].*")
_PAGE_BEHIND = re.compile(r"\S(?:\s?\.){2,}\s*\d{1,4}\s*$|\S(?:\s{3,}|\t)\s*(?:\d{1,4}|[ivxlc]+)\s*$")
"""Dots or a gap, and a page number."""
_MOST_NUMERAL = 399
"""What the letters of _RUNNING can write."""
_RUNNING = re.compile(r"(?:[IVXLC]+|\d{1,3})\.?")
_LONGEST_ENTRY = 300
"""Characters of the longest line in a table of contents."""
_FRONT = 60
"""Paragraphs among which a table of contents may begin."""
_FEW, _MOST_LEFT = 6, 0.4
"""Fewest paragraphs, and largest share of unindented ones, for a text to count as indented as a whole."""

_PLACE = "\ufdd1"
"""Begins the line that stands for a table until its place in the text is found: a noncharacter, which no text has."""


def read_text(text: str, draft: Draft) -> None:
    """Add the blocks of a plain text to a draft, with title, byline and date where they stand at its head."""
    text, signature = cut_signature(cut_mail(cut_gutenberg(text.replace("\r\n", "\n"), draft), draft))
    drawn: list[Table] = []
    text = without_tables(cut_pages(text.replace(_PLACE, "")), lambda table: _kept(table, drawn))
    found = paragraphs(unmarked(mended(text)))
    found = _without_contents(found[take_head(found, draft) :])
    headings = _running_numbers(found) | _outdented(found)
    width = wrap_width(found)
    for index, paragraph in enumerate(found):
        if paragraph[0].startswith(_PLACE):
            _add_table(drawn[int(paragraph[0][1:])], draft)
        elif index in headings or _is_numbered_heading(
            paragraph, found[index - 1 : index], found[index + 1 : index + 2]
        ):
            draft.add(BlockKind.HEADING, paragraph[0], 2)
        else:
            _add(paragraph, draft, width)
    for line in signature:
        draft.add(BlockKind.PARAGRAPH, line)


def _kept(table: Table, drawn: list[Table]) -> str:
    """Keep a table; return the line that stands for it."""
    drawn.append(table)
    return f"{_PLACE}{len(drawn) - 1}"


def _add_table(table: Table, draft: Draft) -> None:
    """Add each row; a frame around nothing but words is a paragraph."""
    if not table.names and len(table.rows) == 1 and len(table.rows[0]) == 1:
        draft.add(BlockKind.PARAGRAPH, table.rows[0][0])
        return
    first = len(draft.blocks)
    for row in table.rows:
        if not table.names and len(row) == 2 and row[0].endswith(":"):
            draft.add(BlockKind.LIST_ITEM, " ".join(row), 1)
        else:
            draft.add(BlockKind.LIST_ITEM, row_text(table.names, row), 1)
    draft.announce_table(max(map(len, table.rows), default=0), first)


def _without_contents(found: list[list[str]]) -> list[list[str]]:
    """Return paragraphs without a table of contents near the beginning: lines that are headings later, or end in page
    numbers."""
    start = next((n for n, lines in enumerate(found[:_FRONT]) if is_contents(lines[0].strip())), None)
    if start is None:
        return found
    short = [lines for lines in found[start + 1 :] if len(lines) <= 2]
    headings = Counter(name for lines in short for name in {*map(_letters, lines), _letters(" ".join(lines))})
    entries = [line for line in found[start][1:] if line.strip()]
    known = set(map(_letters, entries))
    end = start + 1
    while end < len(found) and len(found[end]) + len(entries) > 1 and _are_entries(found[end], known, headings):
        entries += found[end]
        known.update(map(_letters, found[end]))
        end += 1
    if not all(_is_entry(line, headings) for line in found[start][1:]):
        return found
    return found[:start] + found[end:] if len(entries) > 1 else found


def _are_entries(lines: list[str], known: Collection[str], headings: Mapping[str, int]) -> bool:
    """Return True for lines of a table of contents; not for the first chapter, whose heading is in the list (`known`),
    too."""
    least = 2 if len(lines) <= 2 else 1  # the line itself counts once
    return all(_is_entry(line, headings, least) for line in lines) and _letters(lines[0]) not in known


def _is_entry(line: str, headings: Mapping[str, int], least: int = 1) -> bool:
    ends_in_page = len(line) <= _LONGEST_ENTRY and _PAGE_BEHIND.search(line) is not None
    return ends_in_page or headings.get(_letters(line), 0) >= least


def _letters(line: str) -> str:
    return re.sub(r"\W+", "", line).casefold()


def _running_numbers(found: list[list[str]]) -> frozenset[int]:
    """Return the indexes of paragraphs that are only chapter numbers, counting up from one."""
    numbers = [
        (index, _value(lines[0].strip().rstrip(".")))
        for index, lines in enumerate(found)
        if len(lines) == 1 and _RUNNING.fullmatch(lines[0].strip())
    ]
    kept: list[int] = []
    last = 0
    for index, number in numbers:
        if number in (1, last + 1):
            kept.append(index)
            last = number
    return frozenset(kept) if last > 1 else frozenset()


def _outdented(found: list[list[str]]) -> frozenset[int]:
    """Return the indexes of unindented lines in a text that is nearly all indented."""
    left = [n for n, lines in enumerate(found) if not lines[0][0].isspace()]
    if len(found) < _FEW or len(left) > len(found) * _MOST_LEFT:
        return frozenset()
    return frozenset(
        n
        for n in left
        if len(found[n]) == 1
        and len(found[n][0]) <= LONGEST_HEADING
        and found[n][0].rstrip()[-1] not in ".,;:!?"
        and n + 1 < len(found)
        and found[n + 1][0][0].isspace()
    )


def _value(number: str) -> int:
    """Return the value of a number in Arabic or Roman numerals; 0 for letters that are none."""
    if number.isdecimal():
        return int(number)
    return roman(number, most=_MOST_NUMERAL) or 0


def _add(paragraph: list[str], draft: Draft, width: int) -> None:
    """Add a group of lines without blank lines. `width`: characters at which the text is wrapped."""
    paragraph = _below_headings(paragraph, draft)
    if not paragraph:
        return
    first = paragraph[0].lstrip()
    if not first[0].isalnum() and all(_RULE.fullmatch(line) for line in paragraph):
        return
    if ">" in "".join(paragraph) and any(line.lstrip().startswith(">") for line in paragraph):
        _add_quoted(paragraph, draft)
    elif is_drawing(paragraph):
        draft.add_code("\n".join(paragraph))
    elif len(paragraph) > 1 and _heads(paragraph):
        draft.add(BlockKind.HEADING, first, 2)
        _add(dedent("\n".join(paragraph[1:])).split("\n"), draft, width)
    elif _is_item(first, paragraph) or 0 in labelled(paragraph):
        _add_items(paragraph, draft)
    elif len(paragraph) == 1 and is_heading(first.strip()):
        draft.add(BlockKind.HEADING, re.sub(r"^#{1,6}\s+|\s+#+$", "", first.strip()), 2)
    elif len(paragraph) > 2 and (start := _list_start(paragraph)):
        draft.add(BlockKind.PARAGRAPH, joined(paragraph[:start]))
        _add_items(paragraph[start:], draft)
    elif (table := aligned(paragraph)) is not None:
        _add_table(table, draft)
    else:
        for lines in lines_as_meant(paragraph, width):
            draft.add(BlockKind.PARAGRAPH, joined(lines))


def _below_headings(paragraph: list[str], draft: Draft) -> list[str]:
    """Add the headings in a group's first lines; return what is below them, and below labels of a page."""
    at = 0
    ends = [n for n, line in enumerate(paragraph) if len(line) > LONGEST_HEADING or line.rstrip().endswith(_STOPS)]
    while len(paragraph) - at > 1:
        first, below = paragraph[at].strip(), paragraph[at + 1]
        if below.lstrip()[:1] in ("=", "-", "~", "*") and UNDERLINE.fullmatch(below):
            if len(first) >= LONGEST_TITLE or _RULE.fullmatch(first):
                break
            draft.add(BlockKind.HEADING, first, 2)
            at += 2
        elif len(paragraph) - at == 2 and is_chapter(first) and len(below) <= LONGEST_HEADING:
            draft.add(BlockKind.HEADING, f"{first.rstrip('.:')}. {below.strip()}", 2)
            return []
        elif not is_furniture(first) or below.lstrip()[:1].islower():
            break  # the latter goes on with its sentence
        elif not ends or ends[-1] <= at:
            return []  # "Most read", and its list
        else:
            at += 1
    return paragraph[at:] if at else paragraph


def _is_item(first: str, paragraph: list[str]) -> bool:
    return first[0] in ITEM_BEGINS and ITEM.match(first) is not None and (len(paragraph) > 1 or first[0] != "–")


def _heads(paragraph: list[str]) -> bool:
    """Return True if the first line, in capitals, stands above lines that are indented below it, as in manuals."""
    first = paragraph[0]
    return (
        not first[0].isspace()
        and first.isupper()
        and is_heading(first.strip())
        and all(line.startswith(("   ", "\t")) for line in paragraph[1:])
    )


def _is_numbered_heading(paragraph: list[str], before: list[list[str]], after: list[list[str]]) -> bool:
    """Return True for "1. Introduction" with text below; False for one of several list items."""
    line = paragraph[0].strip()
    if len(paragraph) > 1 or not line[0].isdecimal() or len(line) > LONGEST_HEADING:
        return False
    above = [other for other in before if not line.startswith(f"{other[0].strip().partition('.')[0]}.")]
    alone = all(not ITEM.match(other[0]) for other in above + after) and not is_date_line(line)
    return alone and bool(after) and _NUMBERED.fullmatch(line) is not None and not line.endswith((".", ",", ";", ":"))


def _add_quoted(paragraph: list[str], draft: Draft) -> None:
    """Add lines of which some are quoted with ">", as in mail. A quotation becomes one block; its paragraphs stay
    separate."""
    for (depth, blank), group in groupby(paragraph, key=_quoted):
        if not blank:
            lines = [line.lstrip("> \t") if depth else line for line in group]
            _add_with_tables(lines, draft, BlockKind.QUOTATION if depth else BlockKind.PARAGRAPH, max(depth - 1, 0))


def _add_with_tables(lines: list[str], draft: Draft, kind: BlockKind, level: int) -> None:
    """Add lines as one block of a kind; a table among them becomes a block for each row."""
    last = 0
    for start, end, table in tables(lines):
        if start > last:
            draft.add(kind, joined(lines[last:start]), level)
        for row in table.rows:
            draft.add(kind, row_text(table.names, row), level)
        last = end
    if last < len(lines):
        draft.add(kind, joined(lines[last:]), level)


def _quoted(line: str) -> tuple[int, bool]:
    """Return the depth of a quoted line, and True if it is otherwise empty."""
    marks = len(line) - len(line.lstrip("> \t"))
    return line[:marks].count(">"), marks == len(line)


def _list_start(paragraph: list[str]) -> int:
    """Return the line at which a list begins right below a line ending in a colon; 0 when there is none."""
    items = [i for i, line in enumerate(paragraph) if ITEM.match(line)]
    return items[0] if len(items) > 1 and items[0] and paragraph[items[0] - 1].rstrip().endswith(":") else 0


def _add_items(paragraph: list[str], draft: Draft) -> None:
    """Add a list; lines that begin no item continue the one before."""
    items: list[tuple[int, str, list[str]]] = []
    labels = labelled(paragraph)
    for n, line in enumerate(paragraph):
        indent = len(line) - len(line.lstrip())
        inner = _LETTERED.match(line) if items and indent > items[0][0] else None
        marker = ITEM.match(line) or labels.get(n) or inner
        if marker:
            number = marker["number"] or ""
            items.append((indent, number, [line[marker.end() :]]))
        else:
            items[-1][2].append(line)
    indents = sorted({indent for indent, _, _ in items})
    for indent, number, lines in items:
        draft.add(BlockKind.LIST_ITEM, f"{number} {joined(lines)}".strip(), indents.index(indent) + 1)
