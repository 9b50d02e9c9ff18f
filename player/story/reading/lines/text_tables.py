"""Tables drawn with letters: framed (`+---+`, `|`, box lines), or in columns under a dashed line.

>>> tables(["Item   Price", "-----  -----", "Rye    3.50"])
[(0, 3, Table(names=['Item', 'Price'], rows=[['Rye', '3.50']]))]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from player.patterns import later

_BARS = "|│┃║"
_STROKES = "-=─━═╌┄_~:"
_JOINTS = "+┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╯╰┏┓┗┛┣┫┳┻╋╞╡╪╟╢╫╓╖╙╜╒╕╘╛" + _BARS
_DRAWN = later(rf"[{_BARS}]|[-=─═_]{{2}}")
"""What every drawn table has somewhere."""
_FRAME = later(rf"(?=.*[{re.escape(_STROKES)}]{{2}})(?=.*[{_JOINTS}])[{re.escape(_JOINTS + _STROKES)} \t]*")
"""A line of a frame: only strokes and joints."""
_FRAMED = later(rf"[ \t]*[{_BARS}](?![{_BARS}]).*[{_BARS}][ \t]*")
"""A row of cells between two outer bars."""
_BAR = later(rf"[{_BARS}]")
_OPEN_BAR = later(rf"\s[{_BARS}]\s")
_DASHES = later(r"[ \t]*(?:-{3,}|={3,}|_{3,}|─{3,}|═{3,})[ \t]*")
_DASHED = later(r"[ \t]*(?:[-=─═]{2,}[ \t]+)+[-=─═]{2,}[ \t]*")
"""A line of several runs of dashes, each below a column's name."""
_RUN = later(r"[-=─═]+")
_CELL = later(r"\S+(?:[ \u00a0]\S+)*")
"""Words separated by single blanks; two blanks or a tab end a cell."""
_FIGURE = later(r"[^\w\s]{0,2}\d[\d.,:/%\s€$£-]*\w{0,3}%?")
_FEWEST_OPEN = 3
"""Fewest lines for a table with bars only between cells, and no frame."""
_MOST_LINES = 5_000
"""Most lines of a table."""


class Table(NamedTuple):
    """The content of a drawn table."""

    names: list[str]
    """Names of the columns; empty without a header."""
    rows: list[list[str]]


def without_tables(text: str, put: Callable[[Table], str]) -> str:
    """Return a text with each drawn table replaced by the paragraph that `put` returns for it."""
    lines = text.split("\n")
    kept: list[str] = []
    last = 0
    for start, end, table in tables(lines):
        kept += [*lines[last:start], "", put(table), ""]
        last = end
    return "\n".join([*kept, *lines[last:]]) if last else text


def tables(lines: Sequence[str]) -> list[tuple[int, int, Table]]:
    """Return (first line, line after the last, table) of each drawn table."""
    found = []
    start = 0
    for blank, group in groupby(lines, key=lambda line: not line.strip()):
        piece = list(group)
        if not blank and len(piece) > 1 and _DRAWN.search("\n".join(piece)):
            found += [(start + a, start + b, table) for a, b, table in _within(piece)]
        start += len(piece)
    return found


def _within(lines: list[str]) -> Iterator[tuple[int, int, Table]]:
    """Yield the tables in lines without blank lines."""
    at = 0
    while at < len(lines):
        end, table = _framed(lines, at) or _columned(lines, at) or (at, None)
        if table is not None:
            yield at, end, table
        at = max(end, at + 1)


# -- frames ------------------------------------------------------------------------------------------------------


def _framed(lines: list[str], start: int) -> tuple[int, Table | None] | None:
    """Return (line after the last, table) of a table with bars between cells that begins here.

    For lines that only look like a table, the table is None.
    """
    end = start
    while end < min(len(lines), start + _MOST_LINES) and (_is_frame(lines[end]) or _FRAMED.fullmatch(lines[end])):
        end += 1
    if end == start or (end == start + 1 and _is_frame(lines[start])):
        return _open(lines, start)
    rows = [line for line in lines[start:end] if not _is_frame(line)]
    if len(rows) == end - start and (len(rows) < 2 or len({len(_BAR.findall(row)) for row in rows}) > 1):
        return _open(lines, start) or (end, None)
    return end, _table(lines[start:end]) if rows else None


def _open(lines: list[str], start: int) -> tuple[int, Table] | None:
    """Return the same for a table without outer bars, as drawn by psql and many people."""
    bars = len(_OPEN_BAR.findall(lines[start]))
    if not bars:
        return None
    end, frame = start, False
    while end < min(len(lines), start + _MOST_LINES):
        if end > start and (_is_frame(lines[end]) or _DASHES.fullmatch(lines[end])):
            frame = True
        elif len(_OPEN_BAR.findall(f"{lines[end]} ")) != bars:
            break
        end += 1
    rows = end - start - frame
    return (end, _table(lines[start:end])) if rows >= (2 if frame else _FEWEST_OPEN) else None


def _is_frame(line: str) -> bool:
    stripped = line.strip()
    return stripped[:1] in f"{_JOINTS}{_STROKES}" and _FRAME.fullmatch(line) is not None


def _is_between(line: str) -> bool:
    return _is_frame(line) or _DASHES.fullmatch(line) is not None


def _table(lines: list[str]) -> Table:
    """Return the table in the lines of a frame, whose parts lie between frame lines."""
    parts = [list(part) for frame, part in groupby(lines, key=_is_between) if not frame]
    ruled = len(parts) > 2 or (len(parts) == 2 and any(len(part) > 1 for part in parts[:1]))
    if ruled and any(len(part) > 1 for part in parts):  # a frame line between all rows: a row may have several lines
        several = [_merged([_cells(line) for line in part]) for part in parts]
        body = parts[1] if len(parts) == 2 else []
        rows = [several[0], *map(_cells, body)] if body else several
    else:
        rows = [_cells(line) for part in parts for line in part]
    width = max(map(len, rows))
    if width == 1:
        return Table([], [[" ".join(row[0] for row in rows)]])
    headed = len(parts) > 1 or _has_head(rows)
    return Table(rows[0], _continued(rows[1:])) if headed and len(rows) > 1 else Table([], rows)


def _cells(line: str) -> list[str]:
    inner = line.strip()
    inner = inner[1:] if inner[:1] and inner[0] in _BARS else inner
    inner = inner[:-1] if inner[-1:] and inner[-1] in _BARS else inner
    return [" ".join(cell.split()) for cell in _BAR.split(inner)]


def _merged(rows: list[list[str]]) -> list[str]:
    """Join the lines of one row, cell by cell."""
    width = max(map(len, rows))
    return [" ".join(filter(None, (row[n] if n < len(row) else "" for row in rows))) for n in range(width)]


def _continued(rows: list[list[str]]) -> list[list[str]]:
    """Join continuation lines, whose first cell is empty, with the row before."""
    kept: list[list[str]] = []
    for row in rows:
        if (
            kept
            and not row[0]
            and len(row) == len(kept[-1])
            and all(not a or b for a, b in zip(row, kept[-1], strict=True))
        ):
            kept[-1] = _merged([kept[-1], row])
        else:
            kept.append(row)
    return kept


def _has_head(rows: list[list[str]]) -> bool:
    """Return True if the first row names the columns: it has words where others have digits."""
    first, others = rows[0], rows[1:]
    return (
        all(first) and not any(map(_FIGURE.fullmatch, first)) and any(_FIGURE.fullmatch(c) for r in others for c in r)
    )


# -- columns -----------------------------------------------------------------------------------------------------


def _columned(lines: list[str], start: int) -> tuple[int, Table | None] | None:
    """Return the same for a table whose columns are separated by blanks, below a dashed line."""
    line = lines[start]
    ruled = _DASHED.fullmatch(line) is not None
    if (ruled or _DASHES.fullmatch(line)) and start + 2 < len(lines) and _is_rule(lines[start + 2]):
        head, rule = start + 1, start + 2
    elif start + 1 < len(lines) and _is_rule(lines[start + 1]) and not _is_rule(line):
        head, rule = start, start + 1
    elif ruled:
        head, rule = -1, start
    else:
        return None
    spans = [found.span() for found in _RUN.finditer(lines[rule])]
    names = _pieces(lines[head]) if head >= 0 else []
    if len(spans) < 2:
        drawn, spans = spans, [(a, b) for a, b, _ in names]
        if len(spans) > 1 and any(first > spans[0][1] or last < spans[-1][0] for first, last in drawn):
            return None  # a line above a sum, below one column
    if len(spans) < 2:
        return None
    rows, end = _rows_below(lines, rule + 1, spans)
    named = _row(lines[head], spans) if head >= 0 else []
    return end, Table(named, _continued(rows)) if rows and (not named or any(named)) else None


def _is_rule(line: str) -> bool:
    return _DASHES.fullmatch(line) is not None or _DASHED.fullmatch(line) is not None


def _rows_below(lines: list[str], start: int, spans: list[tuple[int, int]]) -> tuple[list[list[str]], int]:
    """Return the rows, and the line after the last. A single piece is no row, unless it continues a cell."""
    rows: list[list[str]] = []
    at = start
    while at < min(len(lines), start + _MOST_LINES):
        if not _is_rule(lines[at]):
            row = _row(lines[at], spans)
            if sum(map(bool, row)) < 2 and not (rows and not row[0]):
                break
            rows.append(row)
        at += 1
    return rows, at


def _row(line: str, spans: list[tuple[int, int]]) -> list[str]:
    """Return a line's cells, one for each column."""
    line = line.expandtabs() if "\t" in line else line
    starts = [start for start, _ in spans]
    if all(start >= len(line) or line[start - 1] == " " for start in starts[1:]):
        edges = [*pairwise(starts), (starts[-1], len(line))]
        sliced = [line[0 if not n else a : b].strip() for n, (a, b) in enumerate(edges)]
        if sum(map(bool, sliced)) >= len(_pieces(line)):
            return [" ".join(cell.split()) for cell in sliced]
    cells = [""] * len(spans)
    for start, end, text in _pieces(line):
        column = min(bisect_left(starts, (start + end) // 2 + 1), len(starts)) - 1
        column = max(column, 0)
        cells[column] = f"{cells[column]} {text}".strip()
    return cells


def _pieces(line: str) -> list[tuple[int, int, str]]:
    """Return (start, end, text) of the pieces separated by two or more blanks."""
    line = line.expandtabs() if "\t" in line else line
    return [(*found.span(), found[0]) for found in _CELL.finditer(line)]


# -- columns without any line ------------------------------------------------------------------------------------


def aligned(lines: Sequence[str]) -> Table | None:
    """Return the table in lines whose cells are aligned, or separated by tabs; None when they are not."""
    if len(lines) < 2 or not all("  " in line.strip() or "\t" in line.strip() for line in lines):
        return None
    if all("\t" in line.strip() for line in lines):
        rows = [[" ".join(cell.split()) for cell in re.split(r"\t+", line.strip())] for line in lines]
    else:
        pieces = [_pieces(line) for line in lines]
        if len({len(row) for row in pieces}) > 1 or not all(map(_stand_aligned, zip(*pieces, strict=True))):
            return None
        rows = [[text for _, _, text in row] for row in pieces]
    if len({len(row) for row in rows}) > 1 or len(rows[0]) < 2 or (len(rows) < 3 and not _has_head(rows)):
        return None
    return Table(rows[0], rows[1:]) if _has_head(rows) else Table([], rows)


def _stand_aligned(column: Sequence[tuple[int, int, str]]) -> bool:
    """Return True if all cells of a column begin, or all end, at the same place."""
    return len({start for start, _, _ in column}) == 1 or len({end for _, end, _ in column}) == 1
