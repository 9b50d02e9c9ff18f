"""Peaks between the samples, as ITU-R BS.1770-4 (annex 2) finds them: oversampled four times, where they can matter."""

from __future__ import annotations

import audioop  # from audioop-lts where Python no longer has it
import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from player.speech.sound.pcm import resampled

NEAR = 10 ** (-2.5 / 20)
"""Samples above this part of a level may have a peak above it beside them."""
_OVERSAMPLING = 4
_CONTEXT = 32
"""Samples around a suspect that the oversampling filter sees."""
_BLOCKS_PER_SECOND = 500
_COARSE = 16
"""Blocks looked at together at first."""


def block_size(rate: int) -> int:
    """Return the bytes of a block of 2 ms, 16-bit mono."""
    return rate // _BLOCKS_PER_SECOND * 2


class Peaks(NamedTuple):
    """The highest peaks of a sound."""

    level: int = 32768
    """Amplitude. Of a block without a sample above it, nothing is known."""
    blocks: Sequence[tuple[int, int]] = ()
    """(block, amplitude of its peak), in order; at least all peaks above `level` / NEAR."""

    def above(self, view: memoryview, rate: int, level: float) -> list[tuple[int, int]] | None:
        """Return what `found` finds in the same sound; None if that is not known."""
        if level < self.level:
            return None
        size = block_size(rate)
        return [
            (block, peak)
            for block, peak in self.blocks
            if peak > level / NEAR and audioop.max(view[block * size : (block + 1) * size], 2) > level
        ]

    def to_json(self) -> list[Any]:
        """Return plain data."""
        return [self.level, [number for pair in self.blocks for number in pair]]

    @classmethod
    def from_json(cls, data: Any) -> Peaks:
        """Return what `to_json` made plain. Raises TypeError or ValueError when it did not."""
        level, flat = data
        numbers = [int(number) for number in flat]
        return cls(int(level), tuple(zip(numbers[::2], numbers[1::2], strict=True)))


def peaks(pcm: bytes, rate: int, level: float) -> Peaks:
    """Return the peaks of a sound, 16-bit mono, in blocks with a sample above an amplitude."""
    known = min(math.ceil(level), 32768)
    blocks = found(memoryview(pcm), rate, known)
    return Peaks(known, tuple(pair for pair in blocks if pair[1] > known / NEAR))


def found(view: memoryview, rate: int, level: float) -> list[tuple[int, int]]:
    """Return (block, amplitude of its peak), in order, of blocks with a sample above a level and a peak above `level` /
    NEAR."""
    size = block_size(rate)
    runs = _runs(_suspects(view, size, level))
    if not runs:
        return []
    around = 2 * _CONTEXT
    pieces = [bytes(view[max(first * size - around, 0) : (last + 1) * size + around]) for first, last in runs]
    # At half the level: between the samples, sound may exceed 16 bits.
    fine = memoryview(resampled(audioop.mul(b"".join(pieces), 2, 0.5), rate, _OVERSAMPLING * rate))
    blocks: list[tuple[int, int]] = []
    at = 0
    for (first, last), piece in zip(runs, pieces, strict=True):
        begin = at + min(first * size, around)
        for block in range(first, last + 1):
            start = _OVERSAMPLING * (begin + (block - first) * size)
            peak = 2 * audioop.max(fine[start : start + _OVERSAMPLING * size], 2)
            if peak > level / NEAR:
                blocks.append((block, peak))
        at += len(piece)
    return blocks


def _suspects(view: memoryview, size: int, level: float) -> Iterator[int]:
    """Yield the blocks with a sample above a level."""
    for coarse in range(0, len(view), _COARSE * size):
        if audioop.max(view[coarse : coarse + _COARSE * size], 2) > level:
            for at in range(coarse, min(coarse + _COARSE * size, len(view)), size):
                if audioop.max(view[at : at + size], 2) > level:
                    yield at // size


def _runs(blocks: Iterator[int]) -> list[tuple[int, int]]:
    """Return (first, last) of the runs of neighbouring blocks."""
    runs: list[tuple[int, int]] = []
    for block in blocks:
        if runs and block == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], block
        else:
            runs.append((block, block))
    return runs
