"""Times of the pieces of normalised English text -> marks of the written words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from player.speech.engine import WordMark
from player.speech.words import words
from player.story.model import Span


class Timed(NamedTuple):
    """A piece of normalised text with its samples."""

    text: str
    is_said: bool
    """False for what has no phonemes."""
    first: int
    last: int


def marks(text: str, normalized: str, pieces: Sequence[Timed], samples: int) -> Iterator[WordMark]:
    """Yield marks for the words of `text`, from the timed pieces of its normalised form: in order, not overlapping."""
    spans = words(text)
    ours = [text[s.start : s.end].casefold().replace("’", "'") for s in spans]
    end = 0
    for start, stop, first, last in _paired(spans, ours, _said_words(normalized, pieces)):
        begin = max(first, end)
        end = max(min(last, samples), begin)
        yield WordMark(start, stop, begin, end)


def _paired(spans: Sequence[Span], ours: Sequence[str], said: Sequence[Timed]) -> Iterator[WordMark]:
    """Yield written words with the times of the spoken words for them.

    Equal words are matched. Rewritten words ("Feb. 13" -> "February thirteenth", "3/4" -> "three quarters") are matched
    one by one when their numbers are equal, else as a group. Added words belong to the word before ("$5 million" -> "5
    million dollars"); dropped words have no mark.
    """
    from difflib import SequenceMatcher  # 5 ms

    matcher = SequenceMatcher(None, ours, [t.text.casefold() for t in said], autojunk=False)
    mark: WordMark | None = None
    for _, i, i_end, j, j_end in matcher.get_opcodes():
        if i == i_end:  # added
            mark = mark and mark._replace(last=said[j_end - 1].last)
            continue
        if j == j_end:  # dropped
            continue
        count = i_end - i if i_end - i == j_end - j else 1
        for k in range(count):
            if mark is not None:
                yield mark
            a, b = (i + k, i + k + 1) if count > 1 else (i, i_end)
            c, d = (j + k, j + k + 1) if count > 1 else (j, j_end)
            mark = WordMark(spans[a].start, spans[b - 1].end, said[c].first, said[d - 1].last)
    if mark is not None:
        yield mark


def _said_words(normalized: str, pieces: Sequence[Timed]) -> list[Timed]:
    """Return the normalised words that have a sound, each joined from its pieces."""
    spans = words(normalized)
    found: dict[int, Timed] = {}
    at = 0
    for piece in pieces:
        at = max(normalized.find(piece.text, at), at)
        end = at + len(piece.text)
        i = bisect_right(spans, end - 1, key=lambda s: s.start) - 1
        if piece.is_said and i >= 0 and at < spans[i].end:
            before = found.get(i)
            word = normalized[spans[i].start : spans[i].end]
            found[i] = piece._replace(text=word, first=before.first if before else piece.first)
        at = end
    return list(found.values())
