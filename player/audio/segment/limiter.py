"""A change of level that no peak survives: a limiter that looks ahead, and hears the peaks between samples.

The gain falls before such a peak and rises slowly behind it, so that speech keeps its shape.
"""

from __future__ import annotations

import audioop  # from audioop-lts where Python no longer has it
import math
from collections.abc import Iterable, Iterator, Mapping

from player.speech.sound.peaks import NEAR, Peaks, block_size, found

CEILING = -2.5
"""dBTP that no peak exceeds. Coders add up to 1 dB (measured), and -1 is allowed."""
_CEILING = 32768 * 10 ** (CEILING / 20)
_FALL = 1.0
"""Decibels per block by which the gain falls before a peak: 6 ms for 3 dB, in steps of an eighth."""
_STEPS = 8
NOTHING_KNOWN = Peaks()
_RISE = 0.06
"""Decibels per block by which it rises afterwards: 0.1 s for 3 dB, slower than the period of any voice."""


def at_level(pcm: bytes, rate: int, decibels: float, known: Peaks = NOTHING_KNOWN) -> bytes:
    """Return 16-bit mono sound amplified by `decibels`, with peaks of at most CEILING dBTP. Those that are `known` need
    not be found.

    6000 times real time; 2000 where much has to be limited.
    """
    factor = 10 ** (decibels / 20)
    near = _CEILING * NEAR / factor
    if audioop.max(pcm, 2) <= near:
        return pcm if decibels == 0.0 else bytes(audioop.mul(pcm, 2, factor))
    view = memoryview(pcm)
    peaks = known.above(view, rate, near)
    above = _above(found(view, rate, near) if peaks is None else peaks, factor)
    if not above:
        return bytes(audioop.mul(pcm, 2, factor))
    size = block_size(rate)
    reductions = _envelope(above, -(-len(pcm) // size))
    return b"".join(_amplified(view, size, factor, reductions))


def _above(peaks: Iterable[tuple[int, int]], factor: float) -> dict[int, float]:
    """Return {block: decibels by which a peak in it exceeds the ceiling}, in order."""
    return {block: 20 * math.log10(peak * factor / _CEILING) for block, peak in peaks if peak * factor > _CEILING}


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
