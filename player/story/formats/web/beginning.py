"""The first paragraphs of a book on one page, which are read before all of it."""

from __future__ import annotations

from collections.abc import Iterator

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
    end = characters = 0
    for piece in text[:_MEASURED].split("</p>"):
        end += len(piece) + len("</p>")
        characters += _length(piece, "<p")
        if characters >= LOOKED_AT:
            break
    measured = text[:_MEASURED]
    said = sum(_lengths(measured, "<p"))
    if end >= len(text) or said < _SURELY * max(BOOK, PROSE * sum(_lengths(measured, "<a "))):
        return None
    return text[:end]


def _lengths(text: str, tag: str) -> Iterator[int]:
    """Yield the characters of each element, with the markup within."""
    for piece in text.split(f"</{tag[1:].strip()}>"):
        yield _length(piece, tag)


def _length(piece: str, tag: str) -> int:
    """Return the characters between an element's tag and the end of a piece of HTML, which ends where it does."""
    start = piece.rfind(tag)
    return len(piece) - start if start >= 0 else 0
