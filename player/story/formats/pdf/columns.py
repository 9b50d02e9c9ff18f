"""The columns of a page, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from player.story.formats.pdf.page import Line
from player.story.formats.pdf.rows import rows_of
from player.story.formats.pdf.tables import Item, addresses, parted, with_tables

_CANDIDATES = 16
"""Left edges that are tried as a column's: those with most lines."""
_NARROWEST = 7.0
"""Times the size: no column is narrower."""
_COVERED = 0.7
"""Share of a column's width that letters take; cells of a table take less."""
_LEAST_SUPPORT = 4
"""Lines that stand side by side, at least."""
_MOST_CROSSED = 1.5
"""Times those: so many may be crossed."""
_STEP = 1.2
"""Times the size: the height of a line."""
_LARGEST = 8.0
"""Times the size: what is larger is no line of text."""
_FEW_LINES = 16
"""Of no more lines are addresses that stand side by side."""
_DEEPEST = 6
"""Columns of a page, at most."""
_SLIGHT = 2.0
"""Times the size: what reaches no further into the other column does not go across."""
_LEVEL = 0.8
"""Share of a table's cells that stand on the lines of the names of its rows."""
_FULL = 0.15
"""Share of a column's width by which a line of text may be shorter than the longest."""
_FEW_ROWS = 14
"""Heights with lines on both sides, in a small table; a row may take two."""
_FILLED = 0.75
"""Share of the way to the next column that a line of text takes, and most cells of a table do not."""
_TABLE_CELL = 0.6
"""Share of a column's width; a cell of a table that goes across is narrower."""


class _Strip(NamedTuple):
    """A line as a gutter meets it."""

    left: float
    right: float
    base: int
    bins: range
    """The heights that it takes, in lines of text."""


def flows_of(lines: list[Line], size: float, depth: int = 0) -> list[list[Item]]:
    """Return a page's lines in the order in which they are read, as flows: top to bottom, and column after column.

    A line across both columns, such as a heading, ends them: what is below it begins with the left column again.
    """
    if not lines:
        return []
    gutter = _gutter(lines, size) if len(lines) >= 2 * _LEAST_SUPPORT and depth < _DEEPEST else None
    if gutter is None:
        return [with_tables(rows_of(lines), size)]
    across, rest = _across(lines, gutter, size)
    found: list[list[Item]] = []
    tops = sorted(across, key=lambda item: -item.top)
    heights = [item.top for item in tops]
    parts: list[list[Line]] = [[] for _ in range(len(tops) + 1)]
    for line in rest:
        parts[_above(heights, line.top)].append(line)
    whole: list[Item] = []
    for n, part in enumerate(parts):
        if part:
            if whole:
                found.append(_rowed(whole, size))
                whole = []
            beside = addresses(rows_of(part)) if len(part) <= _FEW_LINES else None
            if beside is not None:
                found.append([beside])
                continue
            found += flows_of([line for line in part if line.left + line.right < 2 * gutter], size, depth + 1)
            found += flows_of([line for line in part if line.left + line.right >= 2 * gutter], size, depth + 1)
        if n < len(tops):
            whole.append(tops[n])
    return [*found, _rowed(whole, size)] if whole else found


def _rowed(items: Sequence[Item], size: float) -> list[Item]:
    """Return what goes across, row by row; tables as they are."""
    found: list[Item] = []
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(item)
        else:
            found += [*with_tables(rows_of(lines), size), item]
            lines = []
    return found + with_tables(rows_of(lines), size)


def _above(heights: Sequence[float], top: float) -> int:
    """Return how many of these falling heights are above this one."""
    low, high = 0, len(heights)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if heights[middle] > top else (low, middle)
    return low


def _gutter(lines: Sequence[Line], size: float) -> float | None:
    """Return where the gutter between two columns is, in points from the left; None on a page of one column.

    Looked at are the left edges of many lines. The best gutter has the most lines side by side, and few across.
    """
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    edges: Counter[float] = Counter()
    for line in lines:
        if line.left > left + _NARROWEST * size and line.left < right - _NARROWEST * size:
            edges[round(line.left)] += 1
    step = _STEP * size
    strips = [
        _Strip(line.left, line.right, round(line.bottom), _bins(line, step))
        for line in lines
        if line.bottom >= 0 and line.size < _LARGEST * size
    ]
    best: tuple[float, float] | None = None
    for edge, count in edges.most_common(_CANDIDATES):
        at = edge - 0.4 * size
        worth = _worth(strips, at, size) if count > 1 else 0.0
        if worth > 0 and (best is None or worth > best[0]):
            best = (worth, at)
    return None if best is None else best[1]


def _bins(line: Line, step: float) -> range:
    return range(int(line.bottom / step), int((line.bottom + 0.7 * line.size) / step) + 1)


def _worth(strips: Sequence[_Strip], at: float, size: float) -> float:
    """Return how many lines stand side by side at this gutter, less those that go across; 0 if it is none."""
    low, high = at - _SLIGHT * size, at + _SLIGHT * size
    before: list[_Strip] = []
    after: list[_Strip] = []
    crossed: set[int] = set()
    for strip in strips:
        if strip.left < low and strip.right > high:
            crossed.update(strip.bins)
        else:
            (before if strip.left + strip.right < 2 * at else after).append(strip)
    both = {n for strip in before for n in strip.bins} & {n for strip in after for n in strip.bins} - crossed
    if len(both) < _LEAST_SUPPORT or len(crossed) > _MOST_CROSSED * len(both):
        return 0.0
    sides = [_width(side, both) for side in (before, after)]
    if min(width for width, _ in sides) < _NARROWEST * size or max(share for _, share in sides) < _COVERED:
        return 0.0
    if sides[1][1] < _COVERED and _are_names(before, after):
        return 0.0
    if _are_small_tables(before, after, both, crossed):
        return 0.0
    return len(both) - 0.5 * len(crossed)


def _are_names(before: Sequence[_Strip], after: Sequence[_Strip]) -> bool:
    """Return True if the names of a table's rows stand on the left: on the lines of its cells, and few of them as long
    as the longest, which most lines of text are."""
    bases = {strip.base + n for strip in before for n in (-1, 0, 1)}
    level = sum(strip.base in bases for strip in after)
    reach = sorted(strip.right for strip in before)[len(before) * 9 // 10]
    full = reach - _FULL * (reach - min(strip.left for strip in before))
    return level > _LEVEL * len(after) and 2 * sum(strip.right > full for strip in before) < len(before)


def _are_small_tables(before: Sequence[_Strip], after: Sequence[_Strip], both: set[int], crossed: set[int]) -> bool:
    """Return True for the rows of several small tables: few in a row, then a line on one side or across; cells on one
    line, each far from the next."""
    runs = _runs(before, after, both, crossed)
    if len(runs) < 2 or max(runs) > _FEW_ROWS:
        return False
    bases = {strip.base for strip in before}
    rows: dict[int, list[_Strip]] = {}
    for strip in (*before, *after):
        rows.setdefault(strip.base, []).append(strip)
    fills: list[float] = []
    for row in rows.values():
        row.sort(key=lambda strip: strip.left)
        fills += [(one.right - one.left) / max(other.left - one.left, 1.0) for one, other in pairwise(row)]
    level = sum(strip.base in bases for strip in after)
    return level > _LEVEL * len(after) and median(fills or [1.0]) < _FILLED


def _runs(before: Sequence[_Strip], after: Sequence[_Strip], both: set[int], crossed: set[int]) -> list[int]:
    """Return how many heights have lines on both sides, up to one that has them on one side only, or across."""
    sides = ({n for strip in side for n in strip.bins} for side in (before, after))
    runs: list[int] = []
    within = False
    for n in sorted(both.union(crossed, *sides)):
        if n not in both:
            within = False
        elif within:
            runs[-1] += 1
        else:
            runs.append(1)
            within = True
    return runs


def _width(side: Iterable[_Strip], bins: set[int]) -> tuple[float, float]:
    """(width of a column in points, share of it that letters take in the middle of its lines)"""
    reach: dict[int, tuple[float, float, float]] = {}
    for left, right, _, range_ in side:
        for n in range_:
            if n in reach:
                low, high, covered = reach[n]
                reach[n] = (left if left < low else low, right if right > high else high, covered + right - left)
            elif n in bins:
                reach[n] = (left, right, right - left)
    widths = sorted([right - left for left, right, _ in reach.values()])
    shares = [min(covered / max(right - left, 1.0), 1.0) for left, right, covered in reach.values()]
    return widths[len(widths) * 9 // 10], median(shares)


def _across(lines: Sequence[Line], gutter: float, size: float) -> tuple[list[Item], list[Line]]:
    """Return (what goes across the gutter, what does not)."""
    rows = rows_of(lines)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    narrow = _TABLE_CELL * min(gutter - left, right - gutter)
    across: list[Item] = []
    rest: list[Line] = []
    run: list[list[Line]] = []
    for row in [*rows, []]:
        wide = any(line.left < gutter - _SLIGHT * size and line.right > gutter + _SLIGHT * size for line in row)
        if _is_tabular(row, gutter, narrow, crossing=wide):
            run.append(row)
            continue
        for part, table in parted(run):
            if table is not None:
                across.append(table)
                continue
            for one in part:
                (across if any(line.left < gutter < line.right for line in one) else rest).extend(one)
        run = []
        (across if wide else rest).extend(row)
    return across, rest


def _is_tabular(row: Sequence[Line], gutter: float, narrow: float, *, crossing: bool) -> bool:
    """Return True if it looks like a row of a table that goes across: narrow cells on both sides."""
    if len(row) < 3 or any(line.width > narrow for line in row):
        return False
    sides = {line.left + line.right < 2 * gutter for line in row}
    several = min(sum((line.left + line.right < 2 * gutter) is side for line in row) for side in (True, False))
    return crossing or (len(sides) == 2 and several > 1)
