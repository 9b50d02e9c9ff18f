"""Page margins: running heads, page numbers, and the lines that browsers print."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from player.story.formats.pdf.page import Line, Page

_T = TypeVar("_T")
_Known = tuple[str, float]
"""See `_known_by`."""

_ZONE = 0.12
"""Share of a page's height, at its top and bottom, that is searched."""
_WIDE_ZONE = 0.3
"""The same for first and last rows repeated at the same height on other pages."""
_OUTER = 3
"""Rows at the top and at the bottom of a page that may be running heads."""
_GAP = 1.7
"""Times the size: the least distance between a running head and the text."""
_FEW = 3
"""Fewest pages on which a running head is repeated; in short documents, half of the pages."""
_NUMBER = re.compile(
    r"(?:(?:page|seite|p\.?|página|pagina|pág\.?)\s*)?[-–—|\[(]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—|\])]?"
    r"(?:\s*(?:of|von|de|di|van|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?")
_PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d|(?:https?|file)://")
"""The time or the address that browsers print at the top and the bottom."""
_LEADING = 1.4
"""Times the size: lines of a paragraph are no further apart."""
_NEAR_PAGES = 4
"""Most pages from one running head to the next of the same text."""
_LARGE = 1.5
"""Times the text's size."""
_HEADING = 1.25
"""Times the text's size: a running head is no larger."""
_MOST_LABELS = 3
"""Large type repeated on at least one page in so many is a running head, not a chapter's label."""
_NEAR_CODE = 2.0
"""Times the size: lines of code are no further apart."""
_SAME_ROW = 1.5
"""Points by which the feet of lines in one row may differ."""


def margins(pages: Sequence[Page], size: float) -> Iterator[set[int]]:
    """Yield for each page the numbers of its lines that are not part of the text.

    These are page numbers, lines repeated on other pages, lines with a page number beside a chapter's name, and lines
    on the same row as many of these, such as the name of a short chapter, which comes only once. Lines much larger than
    the text (its `size` in points) have to come on many pages: else they label a chapter.
    """
    least = max(2, min(_FEW, -(-len(pages) // 2)))
    small = _small_print(pages, size)
    near = [[line for line in page.lines if _is_near(line, page.height)] for page in small]
    repeated = _frequent([{_known_by(line) for line in lines} for lines in near], least)
    repeated -= _said_again(repeated, pages, near)
    outer = [_outer(page) for page in small]
    placed = _frequent([{_placed(line) for line in lines} for lines in outer], least)
    known = [
        {line for line in lines if _is_printed(line, repeated) or not counted.isdisjoint(_numbers(line, size))}
        | {line for line in further if _placed(line) in placed}
        for lines, further, counted in zip(near, outer, _counted(near, least, size), strict=True)
    ]
    rows = _frequent([{round(line.bottom) for line in lines} for lines in known], least)
    for lines, further, some in zip(near, outer, known, strict=True):
        beside = rows if lines else rows & {round(line.bottom) for line in some}
        yield {line.number for line in {*lines, *further, *some} if line in some or _is_on(line, beside)}


def _small_print(pages: Sequence[Page], size: float) -> list[Page]:
    """Return the pages with only the lines that may be running heads: without code, section numbers, and large type
    that few pages have."""
    labels = [{_known_by(line) for line in page.lines if line.size > _LARGE * size} for page in pages]
    heads = _frequent(labels, -(-len(pages) // _MOST_LABELS))
    large = set[_Known]().union(*labels) - heads
    return [
        page._replace(lines=[one for one in _without_code(page.lines) if not _is_of_text(one, size, large)])
        for page in pages
    ]


def _counted(near: Sequence[Sequence[Line]], least: int, size: float) -> Iterator[set[int]]:
    """Yield the numbers that each page may bear: 9, if the pages before and after it bear 8 and 10."""
    ahead = _frequent(
        [{number - n for line in lines for number in _numbers(line, size)} for n, lines in enumerate(near)], least
    )
    for n in range(len(near)):
        yield {n + one for one in ahead}


def _is_printed(line: Line, repeated: set[_Known]) -> bool:
    """Return True for a page number, what browsers print, and what comes again on other pages."""
    is_number = _NUMBER.fullmatch(line.text) or _PRINTED.match(line.text)
    return is_number is not None or _known_by(line) in repeated


def _is_of_text(line: Line, size: float, large: set[_Known]) -> bool:
    """Return True for lines that are never running heads: large type, and section numbers."""
    if line.size > _LARGE * size:
        return _known_by(line) in large
    return line.text[:1].isdecimal() and _SECTION.fullmatch(line.text) is not None


def _without_code(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without code that is near other code, of which many lines are alike."""
    heights = sorted([line.bottom for line in lines if line.fixed])

    def any_between(low: float, high: float) -> bool:
        above = bisect_right(heights, low)
        return above < len(heights) and heights[above] < high

    def is_near(line: Line) -> bool:
        base, near = line.bottom, _NEAR_CODE * line.size
        return any_between(base + _SAME_ROW, base + near) or any_between(base - near, base - _SAME_ROW)

    return [line for line in lines if not (line.fixed and is_near(line))]


def _said_again(repeated: set[_Known], pages: Sequence[Page], near: Sequence[Sequence[Line]]) -> set[_Known]:
    """Return repeated lines that belong to the text, as in a form or a song: most of them are close to the text, at
    different heights or on pages far apart."""
    found: dict[_Known, list[tuple[int, Line, bool]]] = {}
    for n, (page, lines) in enumerate(zip(pages, near, strict=True)):
        for line in lines:
            if (known := _known_by(line)) in repeated:
                found.setdefault(known, []).append((n, line, _is_in_text(line, page)))
    return {known for known, those in found.items() if _is_text(those)}


def _is_text(found: Sequence[tuple[int, Line, bool]]) -> bool:
    heights = Counter(round(line.bottom) for _, line, _ in found)
    far = sum(b - a > _NEAR_PAGES for (a, _, _), (b, _, _) in pairwise(found))
    scattered = 2 * max(heights.values()) < len(found) or 2 * far >= len(found) - 1
    return scattered and 2 * sum(inside for *_, inside in found) > len(found)


def _is_in_text(line: Line, page: Page) -> bool:
    """Return True for a line alone on its row whose inner neighbour has the same type and a paragraph's line
    distance."""
    if sum(abs(other.bottom - line.bottom) < _SAME_ROW for other in page.lines) > 1:
        return False
    inwards = 1 if line.bottom < page.height / 2 else -1
    steps = [inwards * (other.bottom - line.bottom) for other in page.lines if other.size == line.size]
    return 0 < min((step for step in steps if step > _SAME_ROW), default=0.0) <= _LEADING * line.size


def _is_on(line: Line, rows: Iterable[int]) -> bool:
    return any(abs(line.bottom - row) < _SAME_ROW for row in rows)


def _outer(page: Page) -> list[Line]:
    """Return the lines of its first and last rows that are set apart from the text, further from the edges."""
    lines = sorted((line for line in page.lines if line.text), key=lambda line: line.bottom)
    rows = [
        *_apart([line for line in lines if line.top < page.height * _WIDE_ZONE]),
        *_apart([line for line in reversed(lines) if line.bottom > page.height * (1 - _WIDE_ZONE)]),
    ]
    return rows if len(rows) < len(lines) else []


def _apart(lines: Sequence[Line]) -> list[Line]:
    """Return those of the lines, from the page's edge inwards, that stand before the first wide gap."""
    rows = 1
    for n, (line, inner) in enumerate(pairwise(lines), 1):
        step = abs(inner.bottom - line.bottom)
        if step > _GAP * inner.size:
            return list(lines[:n])
        rows += step > _SAME_ROW
        if rows > _OUTER:
            break
    return []


def _placed(line: Line) -> tuple[str, float, int]:
    """Return the key by which a line at the same height is recognised on the next page."""
    return (*_known_by(line), round(line.bottom))


def _is_near(line: Line, height: float) -> bool:
    return line.bottom > height * (1 - _ZONE) or line.top < height * _ZONE


def _frequent(found: Sequence[set[_T]], least: int) -> set[_T]:
    """Return the keys that at least so many pages have."""
    counts = Counter(one for some in found for one in some)
    return {one for one, count in counts.items() if count >= least}


def _known_by(line: Line) -> _Known:
    """Return the key by which a header is recognised on the next page: without its number, with its size."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text.casefold()), line.size


def _numbers(line: Line, size: float) -> list[int]:
    """Return the numbers at a line's ends that may be the page's; none for a heading, where they are the chapter's."""
    if line.size > _HEADING * size:
        return []
    return [int(number) for number in re.findall(r"^\d{1,4}(?!\S)|(?<!\S)\d{1,4}$", line.text)]
