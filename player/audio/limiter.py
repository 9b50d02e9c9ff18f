"""A change of level that no peak survives: a limiter that looks ahead, and hears the peaks between samples.

Peaks of the finished sound are found as ITU-R BS.1770-4 (annex 2) asks, oversampled four times, but only where a sample
comes near the ceiling. The gain falls before such a peak and rises slowly behind it, so that speech keeps its shape.
"""

from __future__ import annotations

import audioop  # from audioop-lts where Python no longer has it
import math
from collections.abc import Iterator, Mapping

from player.speech.pcm import resampled

CEILING = -2.5
"""dBTP that no peak exceeds. Coders add up to 1 dB (measured), and -1 is allowed."""
_CEILING = 32768 * 10 ** (CEILING / 20)
_NEAR = 10 ** (-2.5 / 20)
"""Samples above this part of the ceiling may have a peak above it beside them."""
_OVERSAMPLING = 4
_CONTEXT = 32
"""Samples around a suspect that the oversampling filter sees."""
_BLOCKS_PER_SECOND = 500
"""Blocks of 2 ms have one gain."""
_COARSE = 16
"""Blocks looked at together at first."""
_FALL = 1.0
"""Decibels per block by which the gain falls before a peak: 6 ms for 3 dB, in steps of an eighth."""
_STEPS = 8
_RISE = 0.06
"""Decibels per block by which it rises afterwards: 0.1 s for 3 dB, slower than the period of any voice."""


def at_level(pcm: bytes, rate: int, decibels: float) -> bytes:
    """Return 16-bit mono sound amplified by `decibels`, with peaks of at most CEILING dBTP.

    6000 times real time; 2000 where much has to be limited.
    """
    factor = 10 ** (decibels / 20)
    if audioop.max(pcm, 2) * factor <= _CEILING * _NEAR:
        return pcm if decibels == 0.0 else bytes(audioop.mul(pcm, 2, factor))
    size = rate // _BLOCKS_PER_SECOND * 2
    view = memoryview(pcm)
    above = _above(view, rate, size, factor)
    if not above:
        return bytes(audioop.mul(pcm, 2, factor))
    reductions = _envelope(above, -(-len(pcm) // size))
    return b"".join(_amplified(view, size, factor, reductions))


def _above(view: memoryview, rate: int, size: int, factor: float) -> dict[int, float]:
    """Return {block: decibels by which a peak in it exceeds the ceiling}, in order."""
    runs = _runs(_suspects(view, size, _CEILING * _NEAR / factor))
    around = 2 * _CONTEXT
    pieces = [bytes(view[max(first * size - around, 0) : (last + 1) * size + around]) for first, last in runs]
    # At half the level: between the samples, sound may exceed 16 bits.
    fine = memoryview(resampled(audioop.mul(b"".join(pieces), 2, 0.5), rate, _OVERSAMPLING * rate))
    found: dict[int, float] = {}
    at = 0
    for (first, last), piece in zip(runs, pieces, strict=True):
        begin = at + min(first * size, around)
        for block in range(first, last + 1):
            start = _OVERSAMPLING * (begin + (block - first) * size)
            peak = 2 * audioop.max(fine[start : start + _OVERSAMPLING * size], 2) * factor
            if peak > _CEILING:
                found[block] = 20 * math.log10(peak / _CEILING)
        at += len(piece)
    return found


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


def _envelope(above: dict[int, float], count: int) -> dict[int, float]:
    """Return {block: its reduction in decibels}, in order, where there is any: at least what its peaks and its
    neighbours' need, falling and rising no faster than allowed."""
    reductions: dict[int, float] = {}
    for block, needed in above.items():
        for at in range(max(block - 1, 0), min(block + 2, count)):  # neighbours: a peak's slopes are long
            reductions[at] = max(reductions.get(at, 0.0), needed)
    for step, change, ends in ((1, _RISE, count), (-1, _FALL, -1)):
        for block, needed in above.items():
            at, value = block, needed
            while at != ends and value > 0:
                if value < reductions.get(at, 0.0):  # from there on, another peak's
                    break
                reductions[at] = value
                if at != block:
                    value -= change
                at += step
    return dict(sorted(reductions.items()))


def _amplified(view: memoryview, size: int, factor: float, reductions: Mapping[int, float]) -> Iterator[bytes]:
    """Yield the sound with its gain: unlimited stretches whole, others in blocks, in steps where the gain falls."""
    begin = 0
    for block, reduction in reductions.items():
        at, end = block * size, min((block + 1) * size, len(view))
        if begin < at:
            yield audioop.mul(view[begin:at], 2, factor)
        after = reductions.get(block + 1, 0.0)
        if after > reduction:
            yield from _falling(view[at:end], factor, reduction, after)
        else:
            yield audioop.mul(view[at:end], 2, factor * 10 ** (-reduction / 20))
        begin = end
    if begin < len(view):
        yield audioop.mul(view[begin:], 2, factor)


def _falling(part: memoryview, factor: float, first: float, last: float) -> Iterator[bytes]:
    """Yield a block whose reduction grows from `first` to `last` decibels."""
    step = max(len(part) // (2 * _STEPS), 1) * 2
    count = -(-len(part) // step)
    for n in range(count):
        reduction = first + (last - first) * (n + 1) / count
        yield audioop.mul(part[n * step : (n + 1) * step], 2, factor * 10 ** (-reduction / 20))
