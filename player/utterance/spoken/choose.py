"""Which of the readings that overlap is meant: the only place that decides."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from player.utterance.spoken.readings import CERTAIN, Reading

_AS_WRITTEN = 0.5
"""How sure it is that something means no more than it says."""


def choose(readings: Iterable[Reading]) -> list[Reading]:
    """Return the set of readings without overlaps that weighs most, in order. O(n log n).

    What is less sure than a toss-up is left as it is written. Of two readings of the same characters the surer one
    wins; of two that are equally sure the one that explains more. Whatever overlaps a certain one loses; certain ones
    never overlap each other.
    """
    worth_it = _beside_the_certain([reading for reading in readings if reading.confidence >= _AS_WRITTEN])
    ordered = sorted(worth_it, key=lambda reading: reading.end)
    if len(ordered) < 2:
        return ordered
    ends = [reading.end for reading in ordered]
    best = [0.0]
    taken: list[int] = []
    for i, reading in enumerate(ordered):
        before = bisect_right(ends, reading.start, 0, i)
        with_it = best[before] + _weight(reading)
        taken.append(before if with_it > best[i] else -1)
        best.append(max(with_it, best[i]))
    chosen = []
    i = len(ordered)
    while i > 0:
        if taken[i - 1] >= 0:
            chosen.append(ordered[i - 1])
            i = taken[i - 1]
        else:
            i -= 1
    return chosen[::-1]


def _beside_the_certain(readings: list[Reading]) -> list[Reading]:
    """Return the readings without those that overlap a certain one."""
    certain = sorted((r.start, r.end) for r in readings if r.confidence >= CERTAIN)
    if not certain:
        return readings
    ends = [end for _, end in certain]

    def stands(reading: Reading) -> bool:
        after = bisect_right(ends, reading.start)
        return reading.confidence >= CERTAIN or after == len(certain) or certain[after][0] >= reading.end

    return [reading for reading in readings if stands(reading)]


def _weight(reading: Reading) -> float:
    """Characters explained, by the square of how sure that is: a long guess does not beat a short certainty."""
    return (reading.end - reading.start) * reading.confidence**2
