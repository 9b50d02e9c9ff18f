"""What will be said: sentences, and the utterances that are given to an engine one by one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from player.story.model import Span
from player.utterance.pauses import Pause


class Piece(NamedTuple):
    """Spoken characters [spoken_start, spoken_end) say the written characters [start, end) of the block."""

    spoken_start: int
    spoken_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said for a text."""

    text: str
    """One line, trimmed, without control characters; empty when there is nothing to say."""
    pieces: tuple[Piece, ...]
    """Spoken characters and the written ones behind them; see `Alignment`. What is dropped has no piece."""
    fired: tuple[str, ...]
    """What changed something, each once, in the order of the text: ids of readings."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Maps what is spoken back to what is written.

    `pieces` are in order and do not overlap, on either side. A piece whose two sides are equally long
    is a letter-for-letter copy; any other piece is a rewrite and maps as a whole.
    """

    pieces: tuple[Piece, ...]

    def written(self, spoken_start: int, spoken_end: int) -> Span | None:
        """Return the written span (in the block) of a spoken range, or None when nothing written is behind it."""
        pieces = self.pieces
        i = max(bisect_right(pieces, spoken_start, key=lambda p: p.spoken_start) - 1, 0)
        first: int | None = None
        last = 0
        while i < len(pieces) and pieces[i].spoken_start < spoken_end:
            p = pieces[i]
            i += 1
            if p.spoken_end <= spoken_start or p.end == p.start:
                continue
            copied = p.spoken_end - p.spoken_start == p.end - p.start
            low = p.start + max(spoken_start - p.spoken_start, 0) if copied else p.start
            high = p.start + min(spoken_end - p.spoken_start, p.end - p.start) if copied else p.end
            first = low if first is None else first
            last = high
        return None if first is None else Span(first, last)


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is given to an engine in one call: a sentence, a clause of a very long one, or what one voice says of it."""

    block: int
    """Index of its block in the story."""
    sentence: int
    """Index of its sentence in the block."""
    span: Span
    """What is written, in the block."""
    spoken: str
    """What is said: one line of text, never empty, with at least one letter or digit."""
    alignment: Alignment
    language: str
    pause: Pause
    """The silence that follows."""
    role: int = 0
    """Who says it: 0 is the narrator (see Roles)."""
    speaker: str = ""
    """The person in the story who says it, if that person has a voice."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a block, as written."""

    span: Span
    clauses: tuple[Span, ...]
    """Its parts; a very long one has several. Each is said at once, if it says anything."""
