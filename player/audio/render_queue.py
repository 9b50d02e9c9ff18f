"""What is to be rendered next, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from player.audio.fallback import Where
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

    def __iter__(self) -> Iterator[Where]:
        """Yield those waited for, what follows, targets of skips, what is further ahead."""
        yield from tuple(self.awaited)
        if self.focus is None:
            return
        block, utterance = self.focus
        timeline, seconds = self._timeline, 0.0
        ahead = islice(timeline.from_here(block, utterance), self._ahead)
        for n, where in enumerate(ahead, 1):
            yield where
            seconds += timeline.slot(*where) / timeline.rate
            if n >= _NEAR and seconds >= _NEAR_SECONDS:
                break
        for other in (self._timeline.next_block(block), self._timeline.previous_block(block)):
            if other is not None:
                yield other, 0
        yield from ahead
