"""Ticks on the progress bar: every paragraph, or only headings where paragraphs are too many."""

from __future__ import annotations

from collections.abc import Sequence

from player.audio.timeline import Timeline
from player.story.model import Block, BlockKind

_CELLS_PER_TICK = 4
"""Fewest cells per tick on average; closer ticks tell nothing."""


class Ticks:
    """The beginnings of a story's blocks, as ticks."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._choices: list[Sequence[int]] = [range(1, len(blocks))]
        headings = [i for i, block in enumerate(blocks) if i and block.kind is BlockKind.HEADING]
        for deepest in range(6, 0, -1):
            self._choices.append([i for i in headings if blocks[i].level <= deepest])

    def shares(self, timeline: Timeline, width: int) -> tuple[float, ...]:
        """Return the ticks, 0 to 1, for a bar of `width` cells; none if even the headings are too many."""
        duration = max(timeline.duration, 1)
        for blocks in self._choices:
            if len(blocks) * _CELLS_PER_TICK <= width:
                return tuple(timeline.start(block) / duration for block in blocks)
        return ()
