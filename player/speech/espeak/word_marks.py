"""Marks of written words, from words as espeak-ng says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from player.speech.engine import WordMark
from player.speech.words import word_at, words
from player.story.model import Span


class Timed(NamedTuple):
    """A said word with its time: characters [start, start + length) sound during samples [first, last)."""

    start: int
    length: int
    first: int
    last: int


def word_marks(text: str, said: Iterable[Timed]) -> tuple[WordMark, ...]:
    """Return a mark for each written word that is said, in order; () if none is.

    A word that is said in several parts ("1990s", "U.S.") has one mark. Words that are said as one ("of the") share its
    time in proportion to their letters.
    """
    spans = words(text)
    if not spans:
        return ()
    firsts: dict[int, int] = {}
    lasts: dict[int, int] = {}
    word = end = 0
    for one in said:
        word = max(word, word_at(spans, one.start, one.length))
        firsts.setdefault(word, max(one.first, end))
        lasts[word] = end = max(one.last, firsts[word])
    if not firsts:
        return ()
    starts = [0, *list(firsts)[1:], len(spans)]  # words before the first said one share its time
    return tuple(
        mark
        for word, (start, after) in zip(firsts, pairwise(starts), strict=True)
        for mark in _shared(spans[start:after], firsts[word], lasts[word])
    )


def _shared(spans: Sequence[Span], first: int, last: int) -> Iterator[WordMark]:
    whole = sum(s.end - s.start for s in spans)
    edges = [
        first + round((last - first) * part / whole) for part in accumulate((s.end - s.start for s in spans), initial=0)
    ]
    for span, (a, b) in zip(spans, pairwise(edges), strict=True):
        yield WordMark(*span, a, b)
