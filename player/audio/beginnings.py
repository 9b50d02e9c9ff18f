"""Beginnings marked on a progress bar: of every paragraph, or only of chapters if those are too many."""

from __future__ import annotations

from collections.abc import Sequence

from player.story.model import Section


class Beginnings:
    """The beginnings of a story's blocks that a bar may mark. None is at the bar's own beginning."""

    def __init__(self, sections: Sequence[Section], paragraphs: Sequence[int] | None = None) -> None:
        """`paragraphs` are the indexes of the blocks to mark where there is space for all; None: only `sections`."""
        self._choices: list[Sequence[int]] = [] if paragraphs is None else [paragraphs]
        for deepest in range(max((section.level for section in sections), default=0), 0, -1):
            self._choices.append([section.block for section in sections if section.level <= deepest and section.block])

    def at_most(self, count: int) -> Sequence[int]:
        """Return all blocks; if they are too many, the chapters, or only the higher ones; none if no choice fits."""
        return next((blocks for blocks in self._choices if len(blocks) <= count), ())
