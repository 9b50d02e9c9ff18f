"""Selecting text by dragging the mouse."""

from __future__ import annotations

from player.tui.transcript.layout import Layout, Line
from player.tui.transcript.marks import Place
from player.tui.transcript.wrap import character


class Drag:
    """One drag over a page: from where the button was pressed to where the pointer is."""

    def __init__(self, page: Layout, x: int, y: int) -> None:
        """`x` and `y` are the cell of the page at which the button was pressed."""
        self._from = (x, y)
        self._first = boundary(page, x, y)
        self.moved = False
        """True once the pointer was over another cell."""

    def to(self, page: Layout, x: int, y: int) -> tuple[Place, Place] | None:
        """Return (beginning, end) of the selection when the pointer is at a cell; None for an empty one."""
        self.moved = self.moved or (x, y) != self._from
        here = boundary(page, x, y)
        if not self.moved or here is None or self._first is None:
            return None
        first, last = min(self._first, here), max(self._first, here)
        return (first[:2], (last[0], last[2]))


def boundary(page: Layout, x: int, y: int) -> tuple[int, int, int] | None:
    """Return (block, character, the one after it) at a cell; beside a line its end, between blocks the next one's
    beginning; None for an empty page."""
    y = min(max(y, 0), page.height - 2)
    block = page.block_at(y)
    if block is None:
        return None
    line = page.line_at(y)
    if line is None:
        return block, 0, 0
    start, end = page.extent(Line(*line))
    text = page.blocks[block].text
    found = character(text, start, end, max(x - page.indent(block), 0))
    return (block, end, end) if found is None else (block, found, found + 1)


def text_of(page: Layout, selected: tuple[Place, Place]) -> str:
    """Return what is selected, a line for each block."""
    (first, start), (last, end) = selected
    texts = [page.blocks[n].text for n in range(first, last + 1)]
    texts[-1] = texts[-1][:end]
    texts[0] = texts[0][start:]
    return "\n".join(filter(None, texts))
