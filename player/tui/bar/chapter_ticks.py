"""Ticks on the progress bar."""

from __future__ import annotations

from player.audio.beginnings import Beginnings
from player.audio.timeline import Timeline
from player.story.model import Story

_CELLS_PER_TICK = 3
"""Fewest cells per tick on average; closer ticks tell nothing."""


class Ticks:
    """The beginnings of a story's paragraphs, or else of its chapters, as ticks."""

    def __init__(self, story: Story) -> None:
        self._beginnings = Beginnings(story.sections, paragraphs=range(1, len(story.blocks)))

    def shares(self, timeline: Timeline, width: int) -> tuple[float, ...]:
        """Return the ticks, 0 to 1, for a bar of `width` cells; none if even the highest chapters are too many."""
        duration = max(timeline.duration, 1)
        marked = self._beginnings.at_most((width - 1) // _CELLS_PER_TICK)
        return tuple(timeline.start(block) / duration for block in marked)


def rendered(timeline: Timeline, width: int) -> bytes:
    """Return for each cell of a bar 1 if all that it stands for is rendered, else 0."""
    return b"\1" * width if timeline.exact else timeline.rendered(width)
