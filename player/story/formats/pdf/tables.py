"""Tables: rows of cells that stand below one another, read row by row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from player.story.formats.pdf.listings import Listing, listings
from player.story.formats.pdf.page import Line
from player.story.formats.pdf.rows import Together, as_one
from player.story.reading.draft import row_text

_NUMERIC = re.compile(r"[-+−–~≈<>≤≥±$€£¥(]*\d[\d.,:%°/()±×*†‡\s–−-]*[a-zA-Z%]{0,3}[*†‡]*|[-–—]|n/?a", re.IGNORECASE)
_MOST_WORDS = 7
"""In the middle, cells have no more."""
_FEW_COLUMNS = 2
_FAR = 3.2
"""Times the size: rows that are further apart are of two tables."""
_CLOSE = 1.35
"""Times the size: a line that follows so closely goes on with the cell above."""
_LEAST_ROWS = 3
_MOST_ADDRESS = 8
"""Rows of addresses side by side."""
_ADDRESS = re.compile(
    r"^\d{1,5}[a-zA-Z]?,? [^\W\d_a-z]\w+|[^\W\d_]{3}\.? \d{1,4}[a-zA-Z]?$|\b\d{4,5} [^\W\d_a-z]|\b[A-Z]{2} \d{5}"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
)
"""Numbers of a house ("12 Quay Lane", "Kaiweg 12") or of a place ("80331 München", "LM1 2AB")."""
_CONTENTS = 5
"""Rows that end in rising numbers, at least: a table of contents."""


class Table(Together):
    """A table."""

    def __init__(self, rows: Sequence[Sequence[Line]], said: list[str], columns: int) -> None:
        """`said` are its rows as they are read out."""
        super().__init__(rows)
        self.rows = said
        self.columns = columns


Item = Line | Table | Listing


def with_tables(rows: Sequence[Sequence[Line]], size: float) -> list[Item]:
    """Return the rows of one column as lines, a table or a listing as one item. `size` is the text's, in points."""
    found: list[Item] = []
    for some, listing in listings(rows, size):
        if listing is not None:
            found.append(listing)
            continue
        for part, table in parted(some):
            found += [as_one(row) for row in part] if table is None else [table]
    return found


def parted(rows: Sequence[Sequence[Line]]) -> Iterator[tuple[Sequence[Sequence[Line]], Table | None]]:
    """(rows, the table that they are) one after the other; None for rows that are no table."""
    at = 0
    while at < len(rows):
        end = _end(rows, at) if len(rows[at]) > 1 else at
        table = _table(rows[at:end]) if end > at + 1 else None
        end = max(end, at + 1)
        yield rows[at:end], table
        at = end


def _end(rows: Sequence[Sequence[Line]], start: int) -> int:
    """Return where a run of rows with cells ends that begins at this row."""
    end = start + 1
    for n in range(start + 1, len(rows)):
        row, before = rows[n], rows[n - 1]
        if before[0].bottom - row[0].bottom > _FAR * max(row[0].size, before[0].size):
            break
        if len(row) > 1:
            end = n + 1
        elif n - end >= 2 or not _is_cell(row[0], rows[start:end][-4:]):
            break
        elif n == end and _goes_on(row[0], before):
            end = n + 1
    return end


def _goes_on(line: Line, above: Sequence[Line]) -> bool:
    """Return True if a line that is alone on its row goes on with a cell above that is not the first: it begins where
    that does, and closely below."""
    close = len(above) > _FEW_COLUMNS and 0 < above[0].bottom - line.bottom < _CLOSE * line.size
    return close and any(abs(cell.left - line.left) < 1 and cell.size == line.size for cell in above[1:])


def _is_cell(line: Line, rows: Sequence[Sequence[Line]]) -> bool:
    """Return True if a line that is alone on its row is no wider than one of the cells above."""
    overlapped = max(sum(_overlap(line, cell) for cell in row) for row in rows)
    return overlapped <= 1


def _overlap(one: Line, other: Line) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def _table(rows: Sequence[Sequence[Line]]) -> Table | None:
    """Return the table that these rows are; None if they are none."""
    several = [row for row in rows if len(row) > 1]
    columns = _columns(several)
    if len(columns) < 2 or len(several) < (_LEAST_ROWS if len(columns) == 2 else _LEAST_ROWS - 1):
        return None
    fitting = sum(len({_column(cell, columns) for cell in row}) == len(row) for row in several)
    cells = [cell for row in several for cell in row]
    words = median(len(cell.text.split()) for cell in cells)
    if fitting < 0.6 * len(several) or words > _MOST_WORDS:
        return None
    if (beside := addresses(rows)) is not None:
        return beside
    written = _cells(rows, columns)
    lines = [] if _is_contents([text for text, _ in written]) else _said(written)
    return Table(rows, lines, len(columns))


def addresses(rows: Sequence[Sequence[Line]]) -> Table | None:
    """Return two addresses side by side, one after the other; None for anything else. They are short lines, in both of
    which there are numbers of houses or of places, and no numbers alone."""
    several = [row for row in rows if len(row) > 1]
    if len(rows) > _MOST_ADDRESS or len(several) < 2 or any(cell.bold for cell in rows[0]):
        return None
    columns = _columns(several)
    cells = [cell for row in rows for cell in row]
    beside = sorted(cells, key=lambda cell: _column(cell, columns))
    if any(_NUMERIC.fullmatch(cell.text) or cell.text.endswith((":", ",")) for cell in cells):
        return None
    places = {_column(cell, columns) for cell in cells if _ADDRESS.search(cell.text)}
    named = all(cell.text[:1].isupper() or cell.text[:1].isdecimal() for cell in cells)
    return Table(rows, [cell.text for cell in beside], 1) if named and len(columns) == len(places) == 2 else None


def _columns(rows: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Return (left, right) of each column, in points, from the rows that have the usual number of cells."""
    counts = Counter(len(row) for row in rows)
    most = max(counts, key=lambda count: (counts[count] * min(count, 12), count))
    intervals = sorted((cell.left, cell.right) for row in rows if len(row) == most for cell in row)
    found: list[tuple[float, float]] = []
    for left, right in intervals:
        if found and left < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _column(cell: Line, columns: Sequence[tuple[float, float]]) -> int:
    """Return the first column that a cell reaches into, else the nearest."""
    for n, (left, right) in enumerate(columns):
        if cell.left < right and cell.right > left:
            return n
    return min(range(len(columns)), key=lambda n: abs(sum(columns[n]) - cell.left - cell.right))


def _cells(rows: Sequence[Sequence[Line]], columns: Sequence[tuple[float, float]]) -> list[tuple[list[str], bool]]:
    """(cells, whether they are bold) of each row; lines that go on with a row's cells are added to it."""
    steps = sorted(a[0].bottom - b[0].bottom for a, b in pairwise(rows))
    usual = steps[len(steps) // 2]
    found: list[tuple[list[str], bool]] = []
    last: Sequence[Line] = ()
    for row in rows:
        texts = [""] * len(columns)
        for cell in row:
            n = _column(cell, columns)
            texts[n] = f"{texts[n]} {cell.text}".strip()
        step = last[0].bottom - row[0].bottom if last else 0.0
        bold = all(cell.bold for cell in row)
        wraps = found and found[-1][1] == bold and step < _CLOSE * row[0].size and step < 0.9 * usual
        if found and (wraps or (not texts[0] and len(row) == 1 and step <= usual)):
            cells = [f"{a} {b}".strip() for a, b in zip(found[-1][0], texts, strict=True)]
            found[-1] = (cells, found[-1][1])
        else:
            found.append((texts, bold))
        last = row
    return found


def _said(rows: Sequence[tuple[list[str], bool]]) -> list[str]:
    """Return the rows as they are read out, with the names of the columns if the first row has them."""
    (first, bold), others = rows[0], rows[1:]
    if any(cell.endswith(":") for cell in first):  # names and what they stand for, such as "Date: 5 May"
        return [text for cells, _ in rows if (text := _with_name(cells))]
    values = [cell for cells, _ in others for cell in cells[1:] if cell]
    numbers = sum(_NUMERIC.fullmatch(cell) is not None for cell in values)
    named = not any(_NUMERIC.fullmatch(cell) for cell in first[1:]) or all(
        re.fullmatch(r"(?:1[89]|20)\d\d", cell) for cell in first[1:]
    )
    plain = not all(each for _, each in others)
    counts = 2 * numbers > len(values) or _has_figures(first, [cells for cells, _ in others])
    if others and ((bold and plain) or (named and counts)):
        return [text for cells, _ in others if (text := row_text(first, cells))]
    return [text for cells, _ in rows if (text := row_text([], cells))]


def _has_figures(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Return True if one of at least three columns has only numbers, each below a name in the first row."""
    return (
        len(first) > _FEW_COLUMNS
        and all(first)
        and len(others) > 1
        and any(all(_NUMERIC.fullmatch(cells[n]) for cells in others) for n in range(1, len(first)))
    )


def _with_name(cells: Sequence[str]) -> str:
    """Return a row as it is read out whose first cell may name the others: "Date: 5 May."."""
    said = row_text([], cells)
    return said.replace(":; ", ": ", 1)


def _is_contents(rows: Sequence[Sequence[str]]) -> bool:
    """Return True if they are names with the numbers of pages, which nobody needs to hear."""
    pages = [int(cells[-1]) for cells in rows if cells[-1].isdecimal() and len(cells[-1]) < 5 and any(cells[:-1])]
    rising = all(a <= b for a, b in pairwise(pages))
    return len(pages) >= max(_CONTENTS, 0.8 * len(rows)) and rising and pages[-1] > pages[0] + 2
