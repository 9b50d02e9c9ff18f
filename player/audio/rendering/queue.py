"""What is to be rendered next, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from player.audio.rendering.fallback import Where
from player.audio.timeline import Timeline

_NEAR, _NEAR_SECONDS = 3, 12.0
"""Utterances, and seconds of speech, that come before the targets of skips: a slow voice would fall behind if the first
sentence of another paragraph were rendered while short utterances sound."""


class RenderQueue:
    """Utterances in the order in which they are needed. Iterating works out sentences and their spoken form on the way,
    which takes time: do it without a lock. Changes are the caller's to guard."""

    def __init__(self, timeline: Timeline, ahead: int) -> None:
        """`ahead` is how many utterances beyond the one needed are wanted."""
        self.focus: Where | None = None
        """The one needed."""
        self.awaited: list[Where] = []
        """Those that somebody waits for: playing and an export may both wait."""
        self._timeline = timeline
        self._ahead = ahead

    def soon(self) -> Iterator[Where]:
        """Yield those waited for, and what sounds in the next seconds."""
        yield from tuple(self.awaited)
        seconds = 0.0
        for n, where in enumerate(self._following(), 1):
            yield where
            seconds += self._timeline.slot(*where) / self._timeline.rate
            if n >= _NEAR and seconds >= _NEAR_SECONDS:
                return

    def __iter__(self) -> Iterator[Where]:
        """Yield what is needed soon, targets of skips, what is further ahead."""
        near = list[Where]()
        for where in self.soon():
            near.append(where)
            yield where
        if self.focus is None:
            return
        for other in (self._timeline.next_block(self.focus[0]), self._timeline.previous_block(self.focus[0])):
            if other is not None:
                yield other, 0
        yield from (where for where in self._following() if where not in near)

    def _following(self) -> Iterator[Where]:
        """Yield the one needed and those that follow it."""
        return iter(()) if self.focus is None else islice(self._timeline.from_here(*self.focus), self._ahead)
