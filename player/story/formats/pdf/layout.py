"""From lines on pages to lines in reading order: columns, without headers, footers, page numbers and footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from player.story.formats.pdf.columns import flows_of
from player.story.formats.pdf.margins import margins
from player.story.formats.pdf.marks import with_marks, without_marks
from player.story.formats.pdf.page import Line, Page
from player.story.formats.pdf.tables import Item
from player.story.reading.lines.plain_paragraphs import is_contents

_NOTE = re.compile(r"(?:\d{1,3}|[*∗†‡§¶]{1,3})[.)]?\s+\S|[*∗†‡§¶]{1,3}\w")
_NOTE_SIZE = 0.93
"""A footnote is smaller than this share of the text's size."""
_MOST_NOTES = 40
"""Places on a page where its footnotes may begin, of which each is looked at."""
_LEADER = re.compile(r"(?:(?:\.\s?){4,}|…{2,})\s*(\d*)$")
"""Dots that lead to a page's number, which may be a piece of its own."""
_MOST_LEADERS = 100
"""Of a page, that tell whether it is a table of contents."""
_DOTS = re.compile(r"\s*(?:\.\s?){5,}")
_PAGE = re.compile(r"(?:^|\s)(?:\d{1,4}|[ivxlc]{1,7})$")
"""A page's number at the end of a line, which has no dots before it where a chapter begins."""
_TYPESCRIPT = 0.85
"""Share of letters of one width."""
_LINE_NUMBERS = 5
"""Numbers one below the other that count lines, at least."""


def body_size(pages: Sequence[Page]) -> float:
    """Return the size of most of the text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def in_reading_order(pages: Sequence[Page], size: float) -> list[list[list[Item]]]:
    """For each page its columns and what goes across, one after the other, without what stands around the text, which
    is of this size."""
    found = []
    if _is_typescript(pages):
        pages = [page._replace(lines=[line._replace(fixed=False) for line in page.lines]) for page in pages]
    pages = [page._replace(lines=_without_line_numbers(page.lines)) for page in pages]
    for page, margin in zip(pages, margins(pages, size), strict=True):
        kept = [line for line in page.lines if line.number not in margin]
        kept = without_marks(with_marks(kept, size), size)
        found.append(flows_of(_without_notes(_without_contents(kept), size), size))
    return found


def _is_typescript(pages: Sequence[Page]) -> bool:
    """Return True for a typescript: all is in letters of one width, which do not tell code from text."""
    letters: Counter[bool] = Counter()
    for page in pages:
        for line in page.lines:
            letters[line.fixed] += len(line.text)
    return letters[True] > _TYPESCRIPT * letters.total()


def _without_line_numbers(lines: list[Line]) -> list[Line]:
    """Return the lines without the numbers that count them, left of all text or right of it."""
    numbers = [line for line in lines if line.text.isdecimal() and len(line.text) < 5]
    counting = {line.number for line in numbers}
    others = [line for line in lines if line.number not in counting] if len(numbers) >= _LINE_NUMBERS else []
    if not others:
        return lines
    left, right = min(line.left for line in others), max(line.right for line in others)
    outside = [line for line in numbers if line.right < left or line.left > right]
    counted = [int(line.text) for line in sorted(outside, key=lambda line: -line.bottom)]
    steps = Counter(b - a for a, b in pairwise(counted))
    if len(counted) < _LINE_NUMBERS or steps.most_common(1)[0][1] < 0.8 * (len(counted) - 1):
        return lines
    gone = {line.number for line in outside}
    return [line for line in lines if line.number not in gone]


def _without_contents(lines: list[Line]) -> list[Line]:
    """Return the lines without a table of contents, whose rows may be in pieces: number, name, dots with the page.
    Rows of other tables lose their dots: "Coffee ..... 3.50"."""
    leaders = [line for line in lines if _LEADER.search(line.text[-200:])]
    rows = len({round(line.bottom) for line in lines})
    if len(leaders) <= max(2, rows * 0.25) or not _lead_to_pages(leaders[:_MOST_LEADERS], lines):
        return [_without_dots(line) if ".." in line.text else line for line in lines]
    edge = max(line.right for line in lines)
    ends = [line for line in lines if line.right > edge - line.size and _PAGE.search(line.text)]
    near = {height for line in ends + leaders for height in _heights(line)}
    return [line for line in lines if not is_contents(line.text) and round(line.bottom) not in near]


def _lead_to_pages(leaders: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Return True if the dots of most lines lead to a whole number, and to nothing behind it."""
    rows: dict[int, list[Line]] = {}
    for line in lines:
        rows.setdefault(round(line.bottom), []).append(line)
    pages = 0
    for line in leaders:
        behind = [one for height in _heights(line) for one in rows.get(height, ()) if one.left > line.right - 1]
        first, *others = [one.text for one in sorted(behind, key=lambda one: one.left)[:2]] or [""]
        found = _LEADER.search(line.text[-200:])
        whole = bool(found and found[1]) or _PAGE.fullmatch(first) is not None
        pages += whole and not any(map(_PAGE.fullmatch, others))
    return 2 * pages > len(leaders)


def _heights(line: Line) -> range:
    """Return the heights in points at which lines of the same row may stand."""
    return range(round(line.bottom) - int(line.size / 2), round(line.bottom) + int(line.size / 2) + 1)


def _without_dots(line: Line) -> Line:
    """Return a row without dots that lead to its last column: "Coffee, 3.50"."""
    text = _DOTS.sub(", ", line.text).rstrip(", ")
    ends = line.left + line.width * len(text) / len(line.text)
    return line._replace(text=text, right=ends if line.text[-1:] == "." else line.right)


def _without_notes(lines: list[Line], size: float) -> list[Line]:
    """Return the lines without footnotes: smaller type at the foot of a column, from a line that begins with a mark."""
    small = [line for line in lines if line.size <= _NOTE_SIZE * size]
    begun = [line for line in small if line.mark or _NOTE.match(line.text)]
    if not begun:
        return lines
    text = [line for line in lines if line.size > _NOTE_SIZE * size]
    notes: set[int] = set()
    for line in sorted(begun, key=lambda line: -line.top)[:_MOST_NOTES]:
        if line.number in notes or any(other.top <= line.top + 1 and _overlap(line, other) for other in text):
            continue
        notes.update(other.number for other in small if other.top <= line.top + 1 and _overlap(line, other))
    return [line for line in lines if line.number not in notes]


def _overlap(one: Line, other: Line) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)
