"""When the words of an utterance sound, in half the memory.

The clock of a story of ten hours keeps 100,000 words. Each is told by its distance from the one before, in 8 bytes, or
in 16 where a distance does not fit: an array of numbers takes 16, and 47 more an utterance for its head.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

Numbers = tuple[int, int, int, int]
"""A word: start and end in its block (characters), first and last sample in its utterance."""

_CODES = ("h", "i")
_LARGEST = 2**15 - 1


def pack(words: Iterable[Numbers]) -> bytes:
    """Return words as bytes, for `unpack`."""
    flat: list[int] = []
    before_start = before_first = 0
    for start, end, first, last in words:
        flat += (start - before_start, end - start, first - before_first, last - first)
        before_start, before_first = start, first
    wide = any(abs(number) > _LARGEST for number in flat)
    return bytes([wide]) + array(_CODES[wide], flat).tobytes()


def unpack(packed: bytes) -> Iterator[Numbers]:
    """Yield the words, in order."""
    flat = array(_CODES[packed[0]])
    flat.frombytes(packed[1:])
    start = first = 0
    for i in range(0, len(flat), 4):
        start += flat[i]
        first += flat[i + 2]
        yield start, start + flat[i + 1], first, first + flat[i + 3]
