"""Code: lines in letters of one width, one below the other, or one that stands apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from player.story.formats.pdf.page import Line
from player.story.formats.pdf.rows import Together
from player.story.reading.lines.prose import holds_prose

_APART = 1.25
"""Times the smallest distance of rows around: a line with more above and below stands apart."""
_LARGE = 1.12
"""Times the text's size: larger type is a heading."""
_CODE = re.compile(r"[{}()\[\]<>=;|\\$#_/*]|\w\.\w|(?<!\w)--?\w")
"""Signs that a single line of code has; without any it can be read as words."""


class Listing(Together):
    """The lines of one listing of code."""

    def __init__(self, rows: Sequence[Sequence[Line]], code: str) -> None:
        """`code` is its lines, with the blanks that put words below one another."""
        super().__init__(rows)
        self.code = code


def listings(rows: Sequence[Sequence[Line]], size: float) -> Iterator[tuple[Sequence[Sequence[Line]], Listing | None]]:
    """Yield (rows of a column, their listing of code) in order; None for rows that are no code. `size` of the text in
    points."""
    at = 0
    for fixed, group in groupby(rows, key=lambda row: _is_fixed(row, size)):
        part = list(group)
        is_code = fixed and (len(part) > 1 or _stands_apart(rows, at))
        yield part, _listing(part) if is_code else None
        at += len(part)


def _is_fixed(row: Sequence[Line], size: float) -> bool:
    """Return True for a row in letters of one width, also with its number in others."""
    rest = row[1:] if len(row) > 1 and row[0].text.isdecimal() else row
    return all(line.fixed and line.size < _LARGE * size for line in rest)


def _stands_apart(rows: Sequence[Sequence[Line]], at: int) -> bool:
    """Return True if a row is no part of a paragraph: a name that fills a line of one is."""
    row = rows[at]
    around = [rows[n] for n in (at - 1, at + 1) if 0 <= n < len(rows)]
    if not around:
        return True
    near = rows[max(at - 5, 0) : at + 6]
    steps = [a[0].bottom - b[0].bottom for a, b in pairwise(near)]
    least = min((step for step in steps if step > 0), default=0.0)
    indented = all(abs(row[0].left - other[0].left) > 0.5 * row[0].size for other in around)
    return indented or all(abs(row[0].bottom - other[0].bottom) > _APART * least for other in around)


def _listing(rows: Sequence[Sequence[Line]]) -> Listing | None:
    """Return the code that rows are; None for prose in such letters, and for addresses."""
    cells = [line for row in rows for line in row]
    left = min(line.left for line in cells)
    wide = median(max(line.width / len(line.text), 0.1) for line in cells if line.text)
    lines: list[str] = []
    for row in rows:
        written = ""
        for line in row:
            written = written.ljust(round((line.left - left) / wide)) + (" " if written else "") + line.text
        lines.append(written)
    code = "\n".join(lines)
    words_alone = len(rows) == 1 and not _CODE.search(code)
    if words_alone or holds_prose(code) or not any(map(str.isalnum, code)) or _is_address(code):
        return None
    return Listing(rows, code)


def _is_address(code: str) -> bool:
    written = [line.strip() for line in code.split("\n")]
    return not any(" " in line for line in written) and any(sign in code for sign in ("@", "://", "www."))
