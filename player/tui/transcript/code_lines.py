"""Code as lines of the transcript."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from rich.cells import chop_cells

MOST_LINES = 60
"""Lines shown of one block of code."""

CODE_MARGIN = 2
"""Cells to the left of code, within its box."""


class CodeLine(NamedTuple):
    """One line of the transcript."""

    text: str
    start: int
    """Index of the code's character with which the line begins; for "… 12 more lines", the end of the shown code."""


def fitted(code: str, width: int) -> list[CodeLine]:
    """Return the lines of code, at most `width` cells each: longer ones go on in the next line. Of very much code the
    beginning is shown."""
    lines = code.split("\n")
    shown: list[CodeLine] = []
    at = 0
    for line in lines[:MOST_LINES]:
        parts = chop_cells(line, max(width, 2)) or [""]
        starts = accumulate(map(len, parts), initial=at)
        shown += map(CodeLine, parts, starts)
        at += len(line) + 1
    left = len(lines) - MOST_LINES
    more = f"… {left} more lines" if left > 1 else "… one more line"
    return [*shown, CodeLine(more, at)] if left > 0 else shown
