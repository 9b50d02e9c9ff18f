"""Text from outside, made fit for one line of the screen: it is shown as it is, and acts on nothing."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from player.story.text import shown


def one_line(text: str) -> str:
    """Without line breaks and control characters; square brackets, joined emoji and all else stay."""
    return shown(text)


def shortened(text: str, cells: int) -> str:
    """As much as fits into so many cells, with an ellipsis where something is missing."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)).rstrip() + "…"
