"""Ticks on the progress bar."""

from __future__ import annotations

import time
from collections.abc import Callable

from player.audio.beginnings import Beginnings
from player.audio.timeline import Timeline
from player.story.model import Story
from player.tui.bar.view import TransportBar

_CELLS_PER_TICK = 3
"""Fewest cells per tick on average; closer ticks tell nothing."""
_LEAST_SECONDS = 1.0
"""Shortest time between two updates."""


class Ticks:
    """The beginnings of a story's paragraphs, or else of its chapters, as ticks."""

    def __init__(self, story: Story, now: Callable[[], float] = time.monotonic) -> None:
        """`now` returns seconds."""
        self._now = now
        self._shown: object = None  # what the bar was last updated from
        self._shown_at = 0.0
        self._beginnings = Beginnings(story.sections, paragraphs=range(1, len(story.blocks)))

    def look(self, timeline: Timeline, bar: TransportBar) -> float | None:
        """Update the ticks on a bar and what is rendered, once a second at most: both move while the story is being
        rendered. Return the seconds until it wants to look again, or None."""
        first, last = bar.track
        width, now = last - first, self._now()
        state = (width, timeline, timeline.missing)
        if state == self._shown:
            return None
        if self._shown is not None and (wait := self._shown_at + _LEAST_SECONDS - now) > 0 and timeline.missing:
            return wait
        self._shown, self._shown_at = state, now
        bar.show_story(self.shares(timeline, width), rendered(timeline, width))
        return None

    def shares(self, timeline: Timeline, width: int) -> tuple[float, ...]:
        """Return the ticks, 0 to 1, for a bar of `width` cells; none if even the highest chapters are too many."""
        duration = max(timeline.duration, 1)
        marked = self._beginnings.at_most((width - 1) // _CELLS_PER_TICK)
        return tuple(timeline.start(block) / duration for block in marked)


def rendered(timeline: Timeline, width: int) -> bytes:
    """Return for each cell of a bar 1 if all that it stands for is rendered, else 0."""
    return b"\1" * width if timeline.exact else timeline.rendered(width)
