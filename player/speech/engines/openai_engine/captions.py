"""Word times of a server that gives them (Kokoro-FastAPI): of the words as it says them, "ten thirty" for "10:30"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from math import isfinite
from typing import NamedTuple

from player.speech.kit import Span, WordMark, words

_MOST_SAID = 8
"""Said words for each written one. More are no captions of this text."""
_LEAST_MARKED = 0.5
"""Share of the written words that must be found among the said ones."""
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


class _Said(NamedTuple):
    word: str
    first: int
    last: int


def word_marks(text: str, timestamps: object, rate: int, samples: int) -> tuple[WordMark, ...] | None:
    """Return a mark for each written word that was said; None if the timestamps are malformed, or of another text.

    `timestamps` as in the server's JSON: [{"word", "start_time", "end_time"}], in seconds. Written words that it says
    otherwise share the time of what it says between the words before and after.
    """
    said = _said(timestamps, rate, samples)
    written = words(text)
    if not said or len(said) > _MOST_SAID * len(written) + _MOST_SAID:
        return None
    matcher = SequenceMatcher(
        None, [_folded(text[s.start : s.end]) for s in written], [one.word for one in said], autojunk=False
    )
    marks: list[WordMark] = []
    for _, i, i_end, j, j_end in matcher.get_opcodes():
        if i < i_end and j < j_end:
            marks += _paired(written[i:i_end], said[j:j_end])
    return tuple(marks) if len(marks) >= _LEAST_MARKED * len(written) else None


def _said(timestamps: object, rate: int, samples: int) -> list[_Said]:
    """Return the said words in order, their times in samples; [] if any is malformed."""
    found: list[_Said] = []
    end = 0
    try:
        for one in timestamps if isinstance(timestamps, list) else []:
            word, begins, ends = _folded(str(one["word"])), float(one["start_time"]), float(one["end_time"])
            if not (isfinite(begins) and isfinite(ends)):
                return []
            first = min(max(round(begins * rate), end), samples)
            end = min(max(round(ends * rate), first), samples)
            if any(map(str.isalnum, word)):
                found.append(_Said(word, first, end))
    except (KeyError, TypeError, ValueError):
        return []
    return found


def _paired(written: Sequence[Span], said: Sequence[_Said]) -> Iterator[WordMark]:
    """Yield a mark for each written word: of its partner if they are as many, else a share by its length."""
    if len(written) == len(said):
        yield from (WordMark(*span, one.first, one.last) for span, one in zip(written, said, strict=True))
        return
    lengths = list(accumulate((span.end - span.start for span in written), initial=0))
    first, time = said[0].first, said[-1].last - said[0].first
    for span, before, after in zip(written, lengths, lengths[1:], strict=False):
        yield WordMark(*span, first + time * before // lengths[-1], first + time * after // lengths[-1])


def _folded(word: str) -> str:
    return word.casefold().translate(_APOSTROPHES).strip(" .,;:!?\"'“”()")
