"""Code as lines of the transcript."""

from __future__ import annotations

from rich.cells import chop_cells

MOST_LINES = 60
"""Lines shown of one block of code."""

CODE_MARGIN = 2
"""Cells to the left of code, within its box."""


def fitted(code: str, width: int) -> list[str]:
    """Return the lines of code, at most `width` cells each: longer ones go on in the next line. Of very much code the
    beginning is shown."""
    lines = code.split("\n")
    shown = [part for line in lines[:MOST_LINES] for part in chop_cells(line, max(width, 2)) or [""]]
    left = len(lines) - MOST_LINES
    return [*shown, f"… {left} more lines" if left > 1 else "… one more line"] if left > 0 else shown
