"""Where a story's footnotes stand: the words that have one, and the note meant by a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from player.story.model import Block, Note, Span
from player.story.raised_figures import RAISED

_WORD = re.compile(r"\S+\s*\Z")
_NEAR = 60
"""Characters before a mark in which its word begins."""


class NoteMarks:
    """The notes of a story, by the blocks in which their marks stand."""

    def __init__(self, blocks: Sequence[Block], notes: Sequence[Note]) -> None:
        self._blocks = blocks
        self._notes = sorted(enumerate(notes, 1), key=lambda pair: pair[1][:2])
        self._places = [(note.block, note.place) for _, note in self._notes]

    def __bool__(self) -> bool:
        """True if the story has notes."""
        return bool(self._notes)

    def words(self, block: int) -> Iterator[tuple[Span, str]]:
        """Yield the word before each mark in a block, with the note's number in raised digits."""
        for number, note in self._within(block):
            text = self._blocks[block].text
            before = text[max(note.place - _NEAR, 0) : note.place]
            word = _WORD.search(before)
            start = note.place - (len(before) - word.start()) if word else note.place
            yield Span(start, max(note.place, start + 1)), raised(number)

    def meant(self, block: int, sentence: Span, at: int) -> list[tuple[int, Note]]:
        """Return (number, note) of the notes of a sentence; without any, of the last one before `at`."""
        own = [pair for pair in self._within(block) if sentence.start < pair[1].place <= sentence.end + 1]
        before = bisect_right(self._places, (block, at))
        return own or self._notes[max(before - 1, 0) : before]

    def _within(self, block: int) -> list[tuple[int, Note]]:
        return self._notes[bisect_right(self._places, (block, -1)) : bisect_right(self._places, (block + 1, -1))]


def raised(number: int) -> str:
    """Return a note's number in raised digits."""
    return str(number).translate(RAISED)
