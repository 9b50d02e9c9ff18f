"""What is to be rendered next, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from player.audio.fallback import Where
from player.audio.timeline import Timeline

_NEAR = 3
"""Utterances that come before the targets of skips."""


class Wanted:
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
        yield from islice(self._timeline.from_here(block, utterance), _NEAR)
        for other in (self._timeline.next_block(block), self._timeline.previous_block(block)):
            if other is not None:
                yield other, 0
        yield from islice(self._timeline.from_here(block, utterance), _NEAR, self._ahead)
