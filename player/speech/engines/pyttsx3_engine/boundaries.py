"""Word boundaries of the systems' own voices, as marks. Windows and macOS count a text in UTF-16 units."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from player.speech.espeak.word_marks import Timed, word_marks
from player.speech.kit import WordMark, words

_LEAST_MARKED = 0.5
"""Share of the words that must have a boundary; with fewer, the boundaries are of another text (as of SSML)."""


class Boundary(NamedTuple):
    """Where a said word begins."""

    start: int
    """First UTF-16 unit in the text."""
    length: int
    """In UTF-16 units; some voices give 0."""
    sample: int


def marks_of(text: str, boundaries: Iterable[Boundary], samples: int) -> tuple[WordMark, ...] | None:
    """Return a mark for each said word of a text; None if there are too few boundaries, or they are not of this text.

    A word ends where the next begins, the last at the end of the sound, which is `samples` long.
    """
    places = _places(text)
    inside = sorted(b for b in boundaries if 0 <= b.start < len(places) - 1 and 0 <= b.sample < samples)
    timed: list[Timed] = []
    for one, after in pairwise([*inside, Boundary(0, 0, samples)]):
        start, end = places[one.start], places[min(one.start + max(one.length, 1), len(places) - 1)]
        first = max(one.sample, timed[-1].last if timed else 0)
        timed.append(Timed(start, max(end - start, 1), first, max(first, after.sample)))
    found = word_marks(text, timed)
    count = len(words(text))
    return found if found and len(inside) >= _LEAST_MARKED * count else None


def _places(text: str) -> list[int]:
    """Return the character to which each UTF-16 unit belongs, and the text's length at the end."""
    places = [place for place, character in enumerate(text) for _ in range(1 + (ord(character) > 0xFFFF))]
    return [*places, len(text)]
