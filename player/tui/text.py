"""Text cut to fit the screen."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def shortened(text: str, cells: int) -> str:
    """Return as much text as fits into `cells`, ending in an ellipsis if shortened."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)).rstrip() + "…"


def with_its_end(text: str, cells: int) -> str:
    """Return as much of a sentence as fits into `cells`; what is left out is in its first half, where errors have a
    path: their reason comes after it."""
    if cell_len(text) <= cells:
        return text
    head = set_cell_size(text, cells // 4).rstrip()
    tail = text[max(len(head), len(text) - cells) :]  # no more can be seen, however long the path is
    while tail and cell_len(head) + 1 + cell_len(tail) > cells:
        tail = tail[1:]
    return f"{head}…{tail}"
