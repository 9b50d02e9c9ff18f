"""Beginnings marked on a progress bar: of every paragraph, or only of headings if those are too many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from player.story.model import Block, BlockKind


class Beginnings:
    """The beginnings of a story's blocks that a bar may mark."""

    def __init__(self, blocks: Sequence[Block], marked: Iterable[int]) -> None:
        """`marked` are the indexes of the blocks to choose from."""
        every = list(marked)
        self._choices: list[Sequence[int]] = [every]
        headings = [n for n in every if blocks[n].kind is BlockKind.HEADING]
        for deepest in range(6, 0, -1):
            self._choices.append([n for n in headings if blocks[n].level <= deepest])

    def at_most(self, count: int) -> Sequence[int]:
        """Return all blocks; if they are too many, the headings, or only the higher levels; none if no choice fits."""
        return next((blocks for blocks in self._choices if len(blocks) <= count), ())
