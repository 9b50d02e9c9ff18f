"""Rendered sound that waits to be stored."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from math import inf
from time import monotonic

from player.audio.rendering.fallback import Where
from player.audio.segment import Segment


class Unkept:
    """Segments and their places, in the order in which they were rendered. May be used from several threads."""

    def __init__(self, seconds: float) -> None:
        """None is due in the first `seconds`: importing the encoder (0.06 s) and encoding what was read ahead would
        keep the screen waiting, which opens beside the first sound."""
        self._from = monotonic() + seconds
        self._waiting: deque[tuple[Where, Segment]] = deque()

    @property
    def at(self) -> float:
        """The time of the monotonic clock at which some are due; infinite when none wait."""
        return self._from if self._waiting else inf

    def add(self, where: Where, segment: Segment) -> None:
        """Let the segment of a place wait."""
        self._waiting.append((where, segment))

    def due(self, *, at_once: bool, until: float = inf) -> Iterator[tuple[Where, Segment]]:
        """Yield those that are to be stored now, each once; with `at_once`, all. None after `until` (as `at`)."""
        while self._waiting and (at_once or monotonic() >= self._from) and monotonic() < until:
            try:
                yield self._waiting.popleft()
            except IndexError:  # another thread took it
                return
