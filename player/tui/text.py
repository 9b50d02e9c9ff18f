"""Text from outside, made safe for one line of the screen: shown literally, without effect on the terminal."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from player.story.text import shown


def one_line(text: str) -> str:
    """Return text without line breaks and control characters; square brackets, joined emoji and all else stay."""
    return shown(text)


def shortened(text: str, cells: int) -> str:
    """Return as much text as fits into `cells`, ending in an ellipsis if shortened."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)).rstrip() + "…"
