"""Tables: consecutive rows as they are read out ("Name: Ann; Age: 31.") are set in columns below their heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from player.story.model import Block, BlockKind, Span

BETWEEN = 2
"""Cells between two columns."""
_LONGEST_HEAD = 40
_SIGN = ": "
"""Stands between a head and its cell."""


@dataclass(frozen=True)
class Table:
    """Rows with the same heads."""

    heads: tuple[str, ...]
    rows: Mapping[int, tuple[Span, ...]]
    """Block -> its cell in each column, as characters of its text; an empty one where it has none."""
    widths: tuple[int, ...]
    """Of the columns, in cells."""

    @property
    def width(self) -> int:
        """Width of the whole table, in cells of the terminal."""
        return sum(self.widths) + BETWEEN * (len(self.widths) - 1)

    def heads_of(self, block: int) -> Iterator[tuple[str, int, Span]]:
        """Yield (head, width, characters of the row) of each column: those from its head to the end of its cell."""
        for head, (_, width, span) in zip(self.heads, self.cells(block), strict=True):
            yield head, width, Span(max(span.start - len(head) - len(_SIGN), 0) if head else span.start, span.end)

    def shown(self, block: int, span: Span) -> Span:
        """Return what shows characters of a row: of a head, which only the first row has above it, its cell."""
        for (_, _, whole), (_, _, cell) in zip(self.heads_of(block), self.cells(block), strict=True):
            if whole.start <= span.start < cell.start:
                return cell
        return span

    def cells(self, block: int) -> Iterator[tuple[int, int, Span]]:
        """Yield (first cell on the line, width, characters) of each column of a row."""
        x = 0
        for span, width in zip(self.rows[block], self.widths, strict=True):
            yield x, width, span
            x += width + BETWEEN


NO_TABLES: Mapping[int, Table] = {}


def tables(blocks: Sequence[Block]) -> dict[int, Table]:
    """Return the table of each block that is a row of one."""
    found: dict[int, Table] = {}
    rows: dict[int, dict[str, Span]] = {}
    for index in range(len(blocks) + 1):
        row = _row(blocks[index]) if index < len(blocks) else {}
        if row and _together(rows, row):
            rows[index] = row
            continue
        if len(rows) > 1 and (table := _made(blocks, rows)) is not None:
            found.update(dict.fromkeys(rows, table))
        rows = {index: row} if row else {}
    return found


def _row(block: Block) -> dict[str, Span]:
    """Return the cells of a row by their heads; empty for what is none. The first may have no head."""
    text = block.text
    if block.kind is not BlockKind.LIST_ITEM or "; " not in text or _SIGN not in text or not text.endswith("."):
        return {}
    cells: dict[str, Span] = {}
    start = 0
    for part in text[:-1].split("; "):
        head, sign, _ = part.partition(_SIGN)
        if (not sign and start) or len(head if sign else "") > _LONGEST_HEAD:
            return {}
        name, at = (head, start + len(head) + len(_SIGN)) if sign else ("", start)
        if name in cells:
            return {}
        cells[name] = Span(at, start + len(part))
        start += len(part) + 2
    return cells


def _together(rows: Mapping[int, Mapping[str, Span]], row: Mapping[str, Span]) -> bool:
    """Return True if a row has the heads of the rows before it, or fewer or more of them in the same order."""
    if not rows:
        return True
    longest = max(rows.values(), key=len)
    more, fewer = (list(longest), list(row)) if len(longest) >= len(row) else (list(row), list(longest))
    return len(fewer) > 1 and [head for head in more if head in fewer] == fewer


def _made(blocks: Sequence[Block], rows: Mapping[int, Mapping[str, Span]]) -> Table | None:
    heads: tuple[str, ...] = max(map(tuple, rows.values()), key=len)
    if any(head not in heads for row in rows.values() for head in row):
        return None
    spans = {index: tuple(row.get(head, Span(0, 0)) for head in heads) for index, row in rows.items()}
    widths = [cell_len(head) for head in heads]
    for index, cells in spans.items():
        for n, span in enumerate(cells):
            widths[n] = max(widths[n], cell_len(blocks[index].text[slice(*span)]))
    return Table(heads, spans, tuple(widths))
