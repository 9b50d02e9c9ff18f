"""Ticks on the progress bar."""

from __future__ import annotations

from collections.abc import Sequence

from player.audio.beginnings import Beginnings
from player.audio.timeline import Timeline
from player.story.model import Block

_CELLS_PER_TICK = 4
"""Fewest cells per tick on average; closer ticks tell nothing."""


class Ticks:
    """The beginnings of a story's blocks, as ticks."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._beginnings = Beginnings(blocks, range(1, len(blocks)))

    def shares(self, timeline: Timeline, width: int) -> tuple[float, ...]:
        """Return the ticks, 0 to 1, for a bar of `width` cells; none if even the headings are too many."""
        duration = max(timeline.duration, 1)
        return tuple(timeline.start(block) / duration for block in self._beginnings.at_most(width // _CELLS_PER_TICK))
