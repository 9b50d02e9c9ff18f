"""Lines that stand side by side, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from player.story.formats.pdf.page import Line

_SAME = 0.4
"""Times the size: lines whose middles differ by less are on one row."""


class Together:
    """Where rows stand that are read as one thing, in points as a line: a table, code."""

    def __init__(self, rows: Sequence[Sequence[Line]]) -> None:
        lines = [line for row in rows for line in row]
        self.left = min(line.left for line in lines)
        self.right = max(line.right for line in lines)
        self.bottom = min(line.bottom for line in lines)
        self.top = max(line.top for line in lines)
        self.size = median(line.size for line in lines)

    @property
    def width(self) -> float:
        """Width in points."""
        return self.right - self.left


def middle(line: Line) -> float:
    """Return the height of its middle, in points."""
    return (line.bottom + line.top) / 2


def rows_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the rows of lines from top to bottom, each from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=middle, reverse=True):
        first = rows[-1][0] if rows else None
        if first is not None and middle(first) - middle(line) < _SAME * max(first.size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def as_one(row: Sequence[Line]) -> Line:
    """Return a row as one line, of the type of its longest part."""
    if len(row) == 1:
        return row[0]
    longest = max(row, key=lambda line: len(line.text))
    return longest._replace(
        text=" ".join([line.text for line in row]),
        left=row[0].left,
        right=max(line.right for line in row),
        bold=all(line.bold for line in row),
        mark=row[0].mark,
    )
