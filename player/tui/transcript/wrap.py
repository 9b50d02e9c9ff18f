"""Wrapping a block's text into lines of terminal cells. Independent of the screen.

Each character is on exactly one line; the blank at which a line is wrapped is its last character. Where all characters
are one cell wide, which is nearly always, a line costs one `rfind`: a 3 MB book wraps in about 50 ms (Textual's own
wrapper, which also measures and splits words, takes 0.3 s).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

from rich.cells import cell_len

_NARROW = re.compile(
    "[ -~\N{NO-BREAK SPACE}-\N{NOT SIGN}\N{REGISTERED SIGN}-\u02ff\u0370-\u0482"
    "\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}\N{BULLET}\N{EURO SIGN}"
    "\N{LEFT SINGLE QUOTATION MARK}-\N{SINGLE LOW-9 QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}-\N{DOUBLE LOW-9 QUOTATION MARK}]*"
)
"""Characters that every terminal draws in one cell: Latin, Greek, Cyrillic, and the punctuation of books."""

_NOT_FIRST = frozenset("、。，．：；？！）」』】〕〉》”’…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
"""Characters that may not begin a line of Chinese or Japanese."""

_NOT_LAST = frozenset("（「『【〔〈《“‘")
"""Characters that may not end one."""

_JOINER = "\N{ZERO WIDTH JOINER}"


def is_narrow(text: str) -> bool:
    """True when every character is certainly one cell wide."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


def wrap(text: str, width: int) -> array[int]:
    """Return the index at which each line begins; at least one line, the first at 0. `width` in cells, at least 2."""
    return _wrap_narrow(text, width) if is_narrow(text) else _wrap_wide(text, width)


def column(text: str, start: int, character: int) -> int:
    """Return the cell of a character on the line that begins at `start`."""
    if is_narrow(text[start : character + 1]):
        return character - start
    # A combining character begins where its cluster begins.
    at = 0
    for first, last, cells in clusters(text, start):
        if last > character:
            return at
        at += cells
        if first >= character:
            break
    return at


def character(text: str, start: int, end: int, cell: int) -> int | None:
    """Return the character at a cell of the line [start, end); None beyond its ends."""
    if cell < 0:
        return None
    if is_narrow(text[start:end]):
        return start + cell if cell < end - start else None
    at = 0
    for first, _, cells in clusters(text, start, end):
        at += cells
        if cell < at:
            return first
    return None


def clusters(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, int]]:
    """Yield (first, last, cells) of each cluster: a character with its marks, an emoji with its parts."""
    end = len(text) if end is None else end
    first = start
    for i in range(start + 1, end + 1):
        if i == end or not _belongs_to_the_one_before(text, i):
            yield first, i, cell_len(text[first:i])
            first = i


def _belongs_to_the_one_before(text: str, i: int) -> bool:
    return text[i - 1] == _JOINER or cell_len(text[i]) == 0


def _wrap_narrow(text: str, width: int) -> array[int]:
    starts = array("I", (0,))
    start, length = 0, len(text)
    while length - start > width:
        blank = text.rfind(" ", start + 1, start + width + 1)
        start = start + width if blank < 0 else blank + 1
        starts.append(start)
    return starts


def _wrap_wide(text: str, width: int) -> array[int]:
    starts = array("I", (0,))
    at = 0  # next free cell of the line
    chance, chance_at = 0, 0  # latest place where the line may end, and its cell
    wide_before = False
    for first, last, cells in clusters(text):
        drawn = text[first:last]
        wide = cells > 1
        if (wide or wide_before) and drawn not in _NOT_FIRST and text[first - 1 : first] not in _NOT_LAST:
            chance, chance_at = first, at
        while at + cells > width and drawn != " ":
            if chance <= starts[-1]:
                chance, chance_at = first, at
            starts.append(chance)
            at -= chance_at
        at += cells
        if drawn == " ":
            chance, chance_at = last, at
        wide_before = wide
    return starts
