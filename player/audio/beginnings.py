"""Which beginnings a progress bar marks: of every paragraph, or of headings when those would be too many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from player.story.model import Block, BlockKind


class Beginnings:
    """The beginnings of a story's blocks, of which a bar marks as many as it has room for."""

    def __init__(self, blocks: Sequence[Block], marked: Iterable[int]) -> None:
        """`marked` are the indices of those to choose from."""
        every = list(marked)
        self._choices: list[Sequence[int]] = [every]
        headings = [n for n in every if blocks[n].kind is BlockKind.HEADING]
        for deepest in range(6, 0, -1):
            self._choices.append([n for n in headings if blocks[n].level <= deepest])

    def at_most(self, count: int) -> Sequence[int]:
        """All blocks; where they are more, the headings, and of those the higher; none when even these are more."""
        return next((blocks for blocks in self._choices if len(blocks) <= count), ())
