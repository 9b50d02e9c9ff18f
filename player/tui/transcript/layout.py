"""The page layout: (block, character) <-> (x, y) on a page of a given width. Independent of the screen.

Blocks are wrapped when they are looked at; the heights of the others are estimated until `settle` has wrapped them all.
So a book appears at once, and a change of width costs only what is visible.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import NamedTuple

from rich.cells import cell_len

from player.audio.timeline.prefix_sums import PrefixSums
from player.story.model import Block, BlockKind
from player.tui.transcript.code_lines import CODE_MARGIN, MOST_LINES, CodeLine, fitted
from player.tui.transcript.list_numbers import is_numbered
from player.tui.transcript.right_to_left import is_right_to_left
from player.tui.transcript.tables import NO_TABLES, Table
from player.tui.transcript.wrap import character, column, wrap

_FILLED = 0.96
"""Average share of a line that is filled: English words leave this much."""

READING_WIDTH = 80
"""Cells. In longer lines the eye loses the next one."""

_MARGINS = 4
"""Cells beside the text, at least."""

_CURRENT_AT = 0.35
"""Position of the current line in the view, as a share of its height: what follows matters more than what was."""

_NARROWEST = 8
"""Cells. Text is never wrapped narrower; a narrower page cuts it off."""


def width_within(columns: int) -> int:
    """Return the width of the page in a view of so many columns."""
    return min(READING_WIDTH, columns - _MARGINS)


def line_at_top(y: int, height: int) -> int:
    """Return the y of the page at the top of a view of so many lines, with the current line at `y` in its place."""
    return max(0, y - int(height * _CURRENT_AT))


class Line(NamedTuple):
    """One line of a block, by its index in the block."""

    block: int
    number: int


class Cell(NamedTuple):
    """A cell of the page, counted from 0."""

    x: int
    y: int


class Layout:
    """The blocks of a story on a page."""

    def __init__(self, blocks: Sequence[Block], width: int, tables: Mapping[int, Table] = NO_TABLES) -> None:
        """`width` of the page in cells, indents included; `tables` by their rows' blocks: those that fit are set in
        columns."""
        self.blocks = blocks
        self.width = max(width, _NARROWEST)
        self._tables = {block: table for block, table in tables.items() if table.width <= self.width}
        self._starts: list[array[int] | None] = [None] * len(blocks)
        self._heights = PrefixSums(self._estimates())
        self._settled = 0
        self._code: dict[int, Sequence[CodeLine]] = {}

    def grown(self, blocks: Sequence[Block], tables: Mapping[int, Table]) -> Layout:
        """Return the layout of a story of which this is the beginning, with that wrapped: its lines stay where they
        are."""
        made = Layout(blocks, self.width, tables)
        for block in range(min(len(self.blocks), len(blocks))):
            made.lines(block)
        return made

    @property
    def height(self) -> int:
        """Lines of the whole page, with one empty line at the end."""
        return self._heights.total + 1

    def indent(self, block: int) -> int:
        """Return the cells before a block's text."""
        kind, level = self.blocks[block].kind, self.blocks[block].level
        if kind is BlockKind.LIST_ITEM:
            deep = 2 * min(max(level, 1), 6)
            return deep - 2 if is_numbered(self.blocks, block) else deep  # the number stands where a bullet would
        return 2 * min(level + 1, 6) if kind is BlockKind.QUOTATION else 0

    def before(self, line: Line) -> int:
        """Return the cells before a line's text: the block's indent, or what moves right-to-left text to the right."""
        text = self.blocks[line.block].text
        if not is_right_to_left(text):
            return self.indent(line.block)
        start, end = self.extent(line)
        return max(self._room(line.block) - cell_len(text[start:end].rstrip()), 0)

    def lines(self, block: int) -> Sequence[int]:
        """Return the characters at which a block's lines begin."""
        starts = self._starts[block]
        if starts is None:
            row = block in self._tables
            starts = array("I", (0,)) if row else wrap(self.blocks[block].text, self._room(block))
            self._starts[block] = starts
            self._heights.set(block, self._gap(block) + len(starts) + len(self.code_lines(block)))
        return starts

    def code_lines(self, block: int) -> Sequence[CodeLine]:
        """Return the lines of code shown below a block's text; most blocks have none."""
        if not self.blocks[block].code:
            return ()
        lines = self._code.get(block)
        if lines is None:
            lines = self._code[block] = fitted(self.blocks[block].code, self._room(block) - CODE_MARGIN)
        return lines

    def extent(self, line: Line) -> tuple[int, int]:
        """Return a line's characters [start, end)."""
        starts = self.lines(line.block)
        last = line.number + 1 >= len(starts)
        return starts[line.number], len(self.blocks[line.block].text) if last else starts[line.number + 1]

    def line_of(self, block: int, at: int) -> Line:
        """Return the line with a character of a block."""
        starts = self.lines(block)
        low, high = 0, len(starts) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if starts[middle] <= at else (low, middle - 1)
        return Line(block, low)

    def y(self, line: Line) -> int:
        """Return the y of a line on the page."""
        return self._heights.before(line.block) + self._gap(line.block) + line.number

    def locate(self, block: int, at: int) -> Cell:
        """Return the cell at which a character of a block begins."""
        line = self.line_of(block, at)
        text = self.blocks[block].text
        if (table := self._tables.get(block)) is not None:
            x, start = next(((x, span.start) for x, _, span in table.cells(block) if at < span.end), (0, at))
            return Cell(x + column(text, start, max(at, start)), self.y(line))
        return Cell(self.before(line) + column(text, self.extent(line)[0], at), self.y(line))

    def line_at(self, y: int) -> Line | None:
        """Return the line at a y of the page; None between blocks and outside."""
        block = self.block_at(y)
        if block is None:
            return None
        number = y - self._heights.before(block) - self._gap(block)
        return Line(block, number) if 0 <= number < len(self.lines(block)) else None

    def table(self, block: int) -> Table | None:
        """Return the table that a block is shown as a row of; None for other blocks."""
        return self._tables.get(block)

    def heads_at(self, y: int) -> int | None:
        """Return the first row of a table whose heads stand at a y of the page, above that; None elsewhere."""
        block = self.block_at(y)
        if block is None or not self._begins_table(block):
            return None
        above = self._heights.before(block) + self._gap(block) - 1
        return block if y == above else None

    def _begins_table(self, block: int) -> bool:
        table = self._tables.get(block)
        return table is not None and self._tables.get(block - 1) is not table

    def code_y(self, block: int, at: int) -> int:
        """Return the y of a character of the code below a block's text."""
        lines = self.code_lines(block)
        number = max((n for n, line in enumerate(lines) if line.start <= at), default=0)
        return self.y(Line(block, len(self.lines(block)))) + number

    def code_at(self, y: int) -> tuple[int, CodeLine] | None:
        """Return (block, line of code) at a y of the page; None where there is no code."""
        block = self.block_at(y)
        if block is None:
            return None
        number = y - self._heights.before(block) - self._gap(block) - len(self.lines(block))
        code = self.code_lines(block)
        return (block, code[number]) if 0 <= number < len(code) else None

    def block_at(self, y: int) -> int | None:
        """Return the block at a y of the page, counting the empty lines above it; None outside."""
        if y < 0 or not self.blocks:
            return None
        while True:
            block = self._search(y)
            if self._starts[block] is not None:
                return block if y < self._heights.total else None
            self.lines(block)  # wrapping it corrects its height, which may put another block here

    def character_at(self, x: int, y: int) -> tuple[int, int] | None:
        """Return (block, character) at a cell; None where nothing is drawn."""
        line = self.line_at(y)
        if line is None:
            return None
        if (table := self._tables.get(line.block)) is not None:
            text = self.blocks[line.block].text
            cells = (character(text, *span, x - first) for first, width, span in table.cells(line.block) if first <= x)
            at = [one for one in cells if one is not None]
            return (line.block, at[-1]) if at else None
        found = character(self.blocks[line.block].text, *self.extent(line), x - self.before(line))
        return None if found is None else (line.block, found)

    def settle(self, seconds: float) -> bool:
        """Wrap more blocks, for about `seconds`. True when all are wrapped."""
        end = perf_counter() + seconds
        while self._settled < len(self.blocks):
            self.lines(self._settled)
            self._settled += 1
            if perf_counter() > end:
                break
        return self._settled == len(self.blocks)

    def _gap(self, block: int) -> int:
        """Return the number of empty lines above a block."""
        item = BlockKind.LIST_ITEM
        tight = block > 0 and self.blocks[block].kind is item and self.blocks[block - 1].kind is item
        return (0 if tight else 1) + self._begins_table(block)

    def _room(self, block: int) -> int:
        return max(self.width - self.indent(block), _NARROWEST)

    def _estimates(self) -> list[int]:
        """Return heights estimated from the number of characters. One loop without calls: every change of width runs it
        over a whole book."""
        found = []
        before: BlockKind | None = None
        for block in self.blocks:
            kind, characters = block.kind, len(block.text)
            tight = kind is BlockKind.LIST_ITEM and before is kind
            lines = 1 if characters <= self.width else int(characters / self.width / _FILLED) + 1
            if block.code:
                lines += min(block.code.count("\n") + 1, MOST_LINES)
            found.append(lines if tight else lines + 1)
            before = kind
        return found

    def _search(self, y: int) -> int:
        low, high = 0, len(self.blocks) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._heights.before(middle) <= y else (low, middle - 1)
        return low
