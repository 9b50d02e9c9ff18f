"""Saying an utterance in several parts, each of them as it is said in the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from player.story.model import Span
from player.utterance.manner import PHONEMES
from player.utterance.model import Alignment, Piece, Utterance
from player.utterance.pauses import Pause

_MARKS = frozenset(',;:.!?…)]”’"–—，、；：。！？）」』')
_DENSE_MARKS = frozenset("，、；：。！？")
"""Marks that no blank follows."""


class Cut(NamedTuple):
    """Where an utterance can be cut."""

    character: int
    """Written, in the block: the first one of the part behind."""
    spoken: int
    """The same in what is said."""
    follows_mark: bool
    """True behind punctuation, where a voice pauses anyway."""


def cuts(utterance: Utterance) -> Iterator[Cut]:
    """Yield the places where an utterance can be cut, in order: before words, and never within a reading such as that
    of "$5 million"."""
    said = utterance.spoken
    for piece in utterance.alignment.pieces:
        copied = piece.spoken_end - piece.spoken_start == piece.end - piece.start
        for at in range(piece.spoken_start, piece.spoken_end if copied else piece.spoken_start + 1):
            if _begins_word(said, at):
                before = said[:at].rstrip()[-1:]
                yield Cut(piece.start + at - piece.spoken_start, at, before in _MARKS)


def parted(utterances: Iterable[Utterance], characters: Collection[int]) -> Iterator[Utterance]:
    """Yield utterances, cut before each of these written characters where that is possible."""
    for whole in utterances:
        within = [cut for cut in cuts(whole) if cut.character in characters] if characters else []
        edges = [0, *(cut.spoken for cut in within), len(whole.spoken)]
        starts = [whole.span.start, *(cut.character for cut in within), whole.span.end]
        for n in range(len(edges) - 1):
            last = n + 2 == len(edges)
            yield _part(whole, edges[n], edges[n + 1], Span(starts[n], starts[n + 1]), last) if within else whole


def _part(whole: Utterance, first: int, after: int, span: Span, is_last: bool) -> Utterance:
    """Return what is said in [first, after) of an utterance; `span` is what is written there, with blanks behind."""
    said = whole.spoken[first:after]
    pieces = (_within(piece, first, first + len(said.rstrip())) for piece in whole.alignment.pieces)
    inside = tuple(piece for piece in pieces if piece.spoken_start < piece.spoken_end)
    end = span.end if is_last else max((piece.end for piece in inside), default=span.end)
    return replace(
        whole,
        span=Span(span.start, end),
        spoken=said.rstrip(),
        alignment=Alignment(inside),
        pause=whole.pause if is_last else Pause.CLAUSE,
    )


def _within(piece: Piece, first: int, after: int) -> Piece:
    """Return what a piece has in [first, after) of what is said, counted from `first`; empty for nothing."""
    start, end = max(piece.spoken_start, first), min(piece.spoken_end, after)
    if piece.spoken_end - piece.spoken_start != piece.end - piece.start:  # a reading, which is never cut
        low, high = piece.start, piece.end
    else:
        low, high = piece.start + start - piece.spoken_start, piece.end + end - piece.spoken_end
    return Piece(start - first, end - first, low, high)


def _begins_word(said: str, at: int) -> bool:
    """True if a word that others precede begins there, outside phonemes."""
    if not 0 < at < len(said) or said[at].isspace() or not (said[at - 1].isspace() or said[at - 1] in _DENSE_MARKS):
        return False
    opened, closed = (said.count(sign, 0, at) for sign in PHONEMES)
    return opened == closed and any(map(str.isalnum, said[:at])) and any(map(str.isalnum, said[at:]))
