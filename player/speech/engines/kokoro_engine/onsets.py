"""Where sound begins after silence: exact times for words behind a pause.

The durations lag behind the sound by 0 ms ("p", "t") to 120 ms ("s", "l") when a word follows a pause; in running
speech that does not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from player.speech.kit import WordMark

_BLOCK = 120
"""Samples (5 ms at 24 kHz)."""
_QUIET = 1 / 30
"""Part of the loudest sample below which a block counts as silent."""
_PAUSE = 8
"""Silent blocks (40 ms) that make a pause."""
_BEFORE, _AFTER = 24, 16
"""Blocks before and behind a mark in which its sound is looked for (120 ms, 80 ms)."""


class Onsets:
    """The beginnings of sound in a wave."""

    def __init__(self, wave: Any) -> None:
        """`wave` as float32, 24,000 samples a second."""
        import numpy as np

        levels = np.abs(wave[: len(wave) // _BLOCK * _BLOCK]).reshape(-1, _BLOCK).max(1, initial=0.0)
        is_loud = levels > _QUIET * levels.max(initial=0.0)
        quiet = np.concatenate([np.zeros(_PAUSE), np.cumsum(is_loud)])  # loud blocks before each
        found = is_loud & (quiet[_PAUSE:] - quiet[:-_PAUSE] == 1)
        self._blocks = np.flatnonzero(found)

    def near(self, sample: int) -> int:
        """Return the sample at which sound begins near one; the same where none does."""
        block = sample / _BLOCK
        close = self._blocks[(self._blocks >= block - _BEFORE) & (self._blocks <= block + _AFTER)]
        return int(close[abs(close - block).argmin()]) * _BLOCK if len(close) else sample


def moved(marks: Iterable[tuple[WordMark, bool]], onsets: Onsets) -> Iterator[WordMark]:
    """Yield marks in order; those with True, which follow a pause, begin where the sound does."""
    before: WordMark | None = None
    for given, follows_pause in marks:
        mark = given
        if follows_pause:
            first = max(onsets.near(mark.first), before.first if before else 0)
            mark = mark._replace(first=first, last=max(mark.last, first))
        if before is not None:
            yield before._replace(last=min(before.last, mark.first))
        before = mark
    if before is not None:
        yield before
