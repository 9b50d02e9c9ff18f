"""From lines on pages to lines in reading order: columns, without headers, footers, page numbers and footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from player.story.formats.pdf.margins import margins
from player.story.formats.pdf.marks import with_marks
from player.story.formats.pdf.page import Line, Page
from player.story.reading.plain_paragraphs import is_contents

_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3})[.)]?\s+\S")
_NOTE_SIZE = 0.93
"""Of the text's size; a footnote is smaller."""
_MARK, _MARK_SIZE = re.compile(r"[\d,*†‡§¶\[\]\s–-]+"), 0.85
"""A raised footnote mark that was set apart from its line."""
_CROSSING = 0.2
"""Share of the lines that may lie across a gutter (headings, figures) for it to be one."""
_LEADER = re.compile(r"(?:(?:\.\s?){4,}|…{2,})\s*\d*$")
"""Dots that lead to a page's number, which may be a piece of its own."""


def body_size(pages: Sequence[Page]) -> float:
    """The size of most of the text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def in_reading_order(pages: Sequence[Page], size: float) -> list[list[Line]]:
    """The pages' lines as they are read, without what stands around the text, which is of this size."""
    found = []
    for page, margin in zip(pages, margins(pages), strict=True):
        kept = with_marks([line for line in page.lines if line.text and line not in margin], size)
        kept = [line for line in kept if line.size > _MARK_SIZE * size or not _MARK.fullmatch(line.text)]
        kept = _without_contents(kept)
        found.append(_ordered(_without_notes(kept, size)))
    return found


def _without_contents(lines: list[Line]) -> list[Line]:
    """Without a table of contents, of which a row may be in pieces: number, name, and dots with the page."""
    leaders = [line for line in lines if _LEADER.search(line.text)]
    if len(leaders) <= max(2, len({round(line.bottom) for line in lines}) * 0.25):
        return lines
    return [
        line
        for line in lines
        if not is_contents(line.text) and not any(abs(line.bottom - one.bottom) < 0.5 * one.size for one in leaders)
    ]


def _without_notes(lines: Sequence[Line], size: float) -> list[Line]:
    """Without the footnotes: smaller type at the foot of a column, from a line that begins with a mark."""
    notes: set[int] = set()
    for line in lines:
        marked = line.mark or _NOTE.match(line.text)
        if not marked or line.size > _NOTE_SIZE * size:
            continue
        below = [m for m, other in enumerate(lines) if other.top <= line.top + 1 and _overlap(line, other)]
        if all(lines[m].size <= _NOTE_SIZE * size for m in below):
            notes.update(below)
    return [line for n, line in enumerate(lines) if n not in notes]


def _overlap(one: Line, other: Line) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def _ordered(lines: list[Line]) -> list[Line]:
    """Top to bottom; where there are columns, one after the other, each as far as a line that goes across."""
    if len(lines) < 4:
        return sorted(lines, key=lambda line: (-line.top, line.left))
    gutter = _gutter(lines)
    if gutter is None:
        return _by_rows(lines)
    found: list[Line] = []
    part: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.top):
        if line.left < gutter < line.right:
            found += _sides(part, gutter)
            found.append(line)
            part = []
        else:
            part.append(line)
    return found + _sides(part, gutter)


def _by_rows(lines: list[Line]) -> list[Line]:
    """Fragments of one row from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.top):
        if rows and line.top > max(one.bottom for one in rows[-1]) + line.size * 0.5:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _sides(lines: list[Line], gutter: float) -> list[Line]:
    left = [line for line in lines if line.right <= gutter]
    right = [line for line in lines if line.right > gutter]
    return _ordered(left) + _ordered(right) if left and right else _by_rows(lines)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where a page is parted into columns, if it is: a vertical stripe that next to nothing crosses, with enough on
    either side at the same height."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    size = median(line.size for line in lines)
    best: tuple[int, float] | None = None
    for edge in sorted({round(line.left, 0) for line in lines}):
        at = edge - size * 0.4
        if not left + 3 * size < at < right - 3 * size:
            continue
        crossing = sum(line.left < at < line.right for line in lines)
        before = [line for line in lines if line.right <= at]
        after = [line for line in lines if line.left >= at]
        fewest = min(len(before), len(after))
        if crossing > _CROSSING * len(lines) or fewest < 3:
            continue
        beside = sum(any(abs(a.bottom - b.bottom) < size * 8 for b in before) for a in after)
        wide = median(line.width for line in before) > 5 * size and median(line.width for line in after) > 5 * size
        if beside >= 0.5 * len(after) and wide and (best is None or (crossing, at) < best):
            best = (crossing, at)
    return None if best is None else best[1]
