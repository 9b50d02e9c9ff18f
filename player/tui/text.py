"""Text cut to fit the screen."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def shortened(text: str, cells: int) -> str:
    """Return as much text as fits into `cells`, ending in an ellipsis if shortened."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)).rstrip() + "…"
