"""What pages have above and below their text: running heads, page numbers, and what browsers print there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from player.story.formats.pdf.page import Line, Page

_T = TypeVar("_T")

_ZONE = 0.12
"""Share of a page's height at its top and bottom in which they are looked for."""
_FEW = 3
"""Pages on which a line has to come again, at least; of short documents, half of them."""
_NUMBER = re.compile(
    r"(?:(?:page|seite|p\.?|página|pagina|pág\.?)\s*)?[-–—|\[(]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—|\])]?"
    r"(?:\s*(?:of|von|de|di|van|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d|(?:https?|file)://")
"""What browsers print at the top and the bottom: the time, and the address."""
_SAME_ROW = 1.5
"""Points."""


def margins(pages: Sequence[Page]) -> Iterator[set[Line]]:
    """For each page its lines that are no part of the text.

    They are page numbers, or come again on other pages, or count the pages beside a chapter's name. What stands on
    the same row as many of those is one of them too: the name of a short chapter comes only once.
    """
    least = max(2, min(_FEW, -(-len(pages) // 2)))
    near = [[line for line in page.lines if _is_near(line, page.height)] for page in pages]
    repeated = _frequent([{_known_by(line) for line in lines} for lines in near], least)
    ahead = _frequent(
        [{number - n for line in lines for number in _numbers(line)} for n, lines in enumerate(near)], least
    )
    known: list[set[Line]] = []
    for n, lines in enumerate(near):
        counted = {n + one for one in ahead}
        known.append(
            {
                line
                for line in lines
                if _NUMBER.fullmatch(line.text)
                or _PRINTED.match(line.text)
                or _known_by(line) in repeated
                or not counted.isdisjoint(_numbers(line))
            }
        )
    rows = _frequent([{round(line.bottom) for line in lines} for lines in known], least)
    for lines, some in zip(near, known, strict=True):
        yield some | {line for line in lines if any(abs(line.bottom - row) < _SAME_ROW for row in rows)}


def _is_near(line: Line, height: float) -> bool:
    return line.bottom > height * (1 - _ZONE) or line.top < height * _ZONE


def _frequent(found: Sequence[set[_T]], least: int) -> set[_T]:
    """What so many of the pages have."""
    counts = Counter(one for some in found for one in some)
    return {one for one, count in counts.items() if count >= least}


def _known_by(line: Line) -> tuple[str, float]:
    """What a header is known by on the next page, where its number is another. A title is larger."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text.casefold()), line.size


def _numbers(line: Line) -> list[int]:
    """Numbers at its ends that may be the page's."""
    return [int(number) for number in re.findall(r"^\d{1,4}(?!\S)|(?<!\S)\d{1,4}$", line.text)]
