"""When the words of an utterance sound, in a third of the memory.

The clock of a story of ten hours keeps 100,000 words. Each is told by its distance from the one before, mostly nothing
or little, in as few bytes as the number needs: 5 or 6 a word. An array of numbers takes 16.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Numbers = tuple[int, int, int, int]
"""A word: start and end in its block (characters), first and last sample in its utterance."""


def pack(words: Iterable[Numbers]) -> bytes:
    """Return words as bytes, for `unpack`."""
    packed = bytearray()
    before_end = before_last = 0
    for start, end, first, last in words:
        for number in (start - before_end, end - start, first - before_last, last - first):
            rest = number << 1 if number >= 0 else ~(number << 1)  # the sign in the lowest bit
            while rest > 0x7F:  # seven bits a byte, the lowest first; the highest bit tells that more follow
                packed.append(rest & 0x7F | 0x80)
                rest >>= 7
            packed.append(rest)
        before_end, before_last = end, last
    return bytes(packed)


def unpack(packed: bytes) -> Iterator[Numbers]:
    """Yield the words, in order."""
    numbers = _numbers(packed)
    end = last = 0
    for gap in numbers:
        start = end + gap
        end = start + next(numbers)
        first = last + next(numbers)
        last = first + next(numbers)
        yield start, end, first, last


def _numbers(packed: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in packed:
        number |= (byte & 0x7F) << shift
        if byte > 0x7F:
            shift += 7
            continue
        yield number >> 1 if not number & 1 else ~(number >> 1)
        number = shift = 0
