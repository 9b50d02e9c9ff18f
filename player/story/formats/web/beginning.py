"""The first paragraphs of a book on one page, which are read before all of it."""

from __future__ import annotations

from player.story.reading.beginning import LOOKED_AT

BOOK = 300_000
"""Characters in paragraphs from which a page is a book."""
PROSE = 20
"""Least ratio of a book's characters to those of its links."""
_SURELY = 2
"""By how much paragraphs and links, measured with their markup, have to be beyond these bounds."""
_MEASURED = 1_000_000
"""Characters in which they are: a book that goes on behind them is one, whatever follows."""


def first_paragraphs(text: str) -> str | None:
    """Return the HTML of a page as far as its first paragraphs go; None for one that is no book, or perhaps none."""
    measured = text[:_MEASURED]
    said = at = end = 0
    for piece in measured.split("</p>"):
        said += _length(piece, "<p")
        at += len(piece) + len("</p>")
        if said >= LOOKED_AT and not end:
            end = at
    links = sum(_length(piece, "<a ") for piece in measured.split("</a>"))
    return text[:end] if said >= _SURELY * max(BOOK, PROSE * links) and end < len(text) else None


def _length(piece: str, tag: str) -> int:
    """Return the characters between an element's tag and the end of a piece of HTML, which ends where it does."""
    start = piece.rfind(tag)
    return len(piece) - start if start >= 0 else 0
