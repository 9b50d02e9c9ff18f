"""Dynamic time warping of two sounds, within a band around the straight line between their ends."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from player.speech.alignment.features import STEP, Vectors, features, is_silence

_STRETCH = 1.1
"""Factor on espeak-ng's frequencies, whose voice is a man's. Better for a woman's voice, hardly worse for a man's."""
_STANDING = 0.15
"""Added cost of a step in one sound alone."""
_IN_SILENCE = 0.95
"""Cost at most of such a step through silence: the one voice pauses where the other does not."""
_BAND, _BAND_SHARE = 100, 0.15
"""Half the band's width: frames, and a share of the sound's."""
_BOTH, _FIRST, _SECOND = 0, 1, 2
"""Steps: in both sounds, or in one."""

Sound = tuple[bytes, int]
"""16-bit mono, and its rate."""


class Warp:
    """Places of one sound in another."""

    def __init__(self, path: list[tuple[int, int]], cost: float) -> None:
        """`path`: pairs of frames, in order."""
        self.cost = cost
        """Mean cost of a step: 0.65 to 0.85 for the same words."""
        self._path = path

    def place(self, seconds: float) -> float:
        """Return where, in seconds of the second sound, that place of the first is."""
        frame = seconds / STEP
        last = self._path[-1][0]
        i = min(int(frame), last)
        a = bisect_left(self._path, (i, -1))
        b = bisect_left(self._path, (i + 1, -1)) - 1 if i else a
        return (0.5 * (self._path[a][1] + self._path[b][1]) + min(frame - i, 1.0)) * STEP


def warp(first: Sound, second: Sound) -> Warp:
    """Return the cheapest way through both sounds, from their beginnings to their ends."""
    a, b = features(*first, stretch=_STRETCH), features(*second)
    starts, steps, cost = _forward(a, b)
    return Warp(_backward(starts, steps, len(a), len(b)), cost / (len(a) + len(b)))


def _forward(a: Vectors, b: Vectors) -> tuple[list[int], list[NDArray[np.uint8]], float]:
    """Return for each frame of `a` where its band begins in `b`, the last steps of the cheapest ways, and the cost of
    the whole."""
    count, other = len(a), len(b)
    half = _BAND + round(_BAND_SHARE * other)
    squares = (b**2).sum(1)
    quiet, quiet_other = is_silence(a), is_silence(b)
    starts: list[int] = []
    steps: list[NDArray[np.uint8]] = []
    before, row = 0, np.empty(0)
    for i in range(count):
        middle = i * other // count
        start, end = max(middle - half, 0), min(middle + half + 1, other)
        square = squares[start:end] + a[i] @ a[i] - 2 * (b[start:end] @ a[i])
        costs = np.sqrt(np.maximum(square, 0.0))
        # What it costs to come to each frame of the band from the row before: diagonally, or standing in `b`.
        known = np.full(end - start + 1, np.inf)
        overlap = row[max(start - 1 - before, 0) :][: end - max(start - 1, before)]
        at = max(before, start - 1) - (start - 1)
        known[at : at + len(overlap)] = overlap
        if i == 0:
            known[0] = 0.0  # in front of both sounds
        alone = costs + _STANDING
        in_silence = np.minimum(alone, _IN_SILENCE)
        diagonal, standing = known[:-1] + costs, known[1:] + (in_silence if quiet[i] else alone)
        entered = np.minimum(diagonal, standing)
        # Then along the row: the minimum over all frames at which it can be entered, in one pass.
        sums = np.cumsum(np.where(quiet_other[start:end], in_silence, alone))
        row = sums + np.minimum.accumulate(entered - sums)
        along = row < entered - 1e-9
        steps.append(np.where(along, _SECOND, np.where(diagonal <= standing, _BOTH, _FIRST)).astype(np.uint8))
        starts.append(start)
        before = start
    return starts, steps, float(row[-1])


def _backward(starts: list[int], steps: list[NDArray[np.uint8]], count: int, other: int) -> list[tuple[int, int]]:
    path = []
    i, j = count - 1, other - 1
    while i >= 0 and j >= 0:
        path.append((i, j))
        step = steps[i][j - starts[i]]
        i -= step != _SECOND
        j -= step != _FIRST
    return path[::-1]
