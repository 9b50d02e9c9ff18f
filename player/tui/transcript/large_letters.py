"""Words in large letters, drawn with half blocks, which every terminal has."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_SMALLEST, _LARGEST = 10, 28
"""Heights of the type in pixels; a line of the terminal has two."""
_LETTERS = 11
"""Letters of a word for which the type is chosen: longer words are rare."""
_LETTER_WIDTH = 0.54
"""Average width of a letter, as a share of the height of the type."""
_CELLS = " ▀▄█"
"""By the upper pixel (1) and the lower (2)."""


class LargeWord(NamedTuple):
    """A word as lines of cells."""

    lines: tuple[str, ...]
    focus: tuple[int, int]
    """Cells [first, last) of the letter at which the eye recognises the word."""


def focus_of(word: str) -> int:
    """Return the index of the letter at which the eye recognises a word: left of its middle.

    >>> [focus_of(word) for word in ("I", "lamp", "harbour", "“promise”")]
    [0, 1, 2, 3]
    """
    before = len(word) - len(word.lstrip("“”‘’\"'«»„‚([{¿¡—–-…"))
    letters = sum(map(str.isalnum, word))
    return min(before + (letters > 1) + (letters > 5) + (letters > 9) + (letters > 13), max(len(word) - 1, 0))


def size_for(width: int, height: int) -> int | None:
    """Return the height of type in pixels for an area of so many cells; None if large letters have no room."""
    size = min(int(width / _LETTERS / _LETTER_WIDTH), int(2 * height / 1.5), _LARGEST)
    return size if size >= _SMALLEST else None


@lru_cache(maxsize=64)
def draw(word: str, size: int) -> LargeWord | None:
    """Return a word in type of a size (0.1 ms); None if the font lacks a letter."""
    from player.export.pictures.lettering import font, missing

    if missing(word):
        return None
    letters = font(size)
    ascent, descent = letters.getmetrics()
    mask, (left, top) = letters.getmask2(word, mode="1")
    width, height = mask.size
    rows = [[False] * width for _ in range(-(-(ascent + descent) // 2) * 2)]
    for y in range(height):
        if 0 <= top + y < len(rows):
            rows[top + y] = [bool(mask.getpixel((x, y))) for x in range(width)]
    lines = ("".join(_CELLS[upper + 2 * lower] for upper, lower in zip(*pair, strict=True)) for pair in _pairs(rows))
    at = focus_of(word)
    first, last = (round(letters.getlength(word[:end])) - left for end in (at, at + 1))
    return LargeWord(tuple(lines), (max(first, 0), min(last, width)))


def _pairs(rows: list[list[bool]]) -> list[tuple[list[bool], list[bool]]]:
    return list(zip(rows[::2], rows[1::2], strict=True))
