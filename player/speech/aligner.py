"""Estimated word marks, for engines that give none: expected word lengths, fitted to the sound.

The marks are flagged as estimated, up to the exports. Speech pauses for long only at punctuation; so silences in the
sound are matched to punctuation in the text, and between two matches the words share the time in proportion to their
length.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate, pairwise

from player.speech.engine import WordMark
from player.speech.sound.trimming import peaks
from player.speech.words import words
from player.story.model import Span

_BLOCKS_PER_SECOND = 100
_SHORTEST_PAUSE = 8
"""Blocks of 10 ms. The closure of a "t" or "k" is quiet for 50 to 70 ms."""
_QUIET = 0.03
"""A block is quiet below this part of the loudest block."""
_UNMATCHED = 0.04
"""Cost of leaving a silence or a comma unmatched; a match costs the difference of their positions (0 to 1)."""

_Pause = tuple[int, int]
"""First block of a silence, and the first block after it."""


def estimate(text: str, pcm: bytes, rate: int) -> tuple[WordMark, ...]:
    """Return a mark for every word of `text`, spoken as 16-bit mono `pcm`; () without words or sound."""
    spans = words(text)
    if not spans or not pcm:
        return ()
    block = max(rate // _BLOCKS_PER_SECOND, 1)
    levels = list(peaks(array("h", pcm), block))
    pauses = _pauses(levels)
    weights = [_weight(text[s.start : s.end]) for s in spans]
    samples = len(pcm) // 2
    marks: list[WordMark] = []
    # Each stretch runs from one anchor (word index, block) to the next; its words share its time.
    anchors = [(0, 0, 0), *_anchors(text, spans, weights, pauses, len(levels)), (len(spans), len(levels), 0)]
    for (first_word, _, begin), (last_word, end, _) in pairwise(anchors):
        stretch = weights[first_word:last_word]
        edges = [begin + (end - begin) * w / sum(stretch) for w in accumulate(stretch, initial=0.0)]
        for span, (a, b) in zip(spans[first_word:last_word], pairwise(edges), strict=True):
            marks.append(WordMark(*span, min(round(a * block), samples), min(round(b * block), samples)))
    return tuple(m for m in marks if m.first < m.last)


def _weight(word: str) -> float:
    """Return the expected length of a word, in letters of an ordinary word.

    Measured on a formant and a neural voice: each word costs one and a half letters in addition to its own; a digit
    counts as a word of about four letters, and so does a symbol or a letter said by its name ("FBI").
    """
    named = sum(1 for c in word if c.isdecimal() or (not c.isalnum() and c not in "'’-.,:"))
    letters = sum(1 for c in word if c.isalpha())
    spelled = letters if 1 < letters <= 5 and word.isupper() else 0
    return 1.5 + 4.0 * named + 3.0 * spelled + (letters - spelled)


def _pauses(levels: Sequence[int]) -> list[_Pause]:
    """Return the silences within the sound, in order."""
    limit = max(levels) * _QUIET
    found: list[_Pause] = []
    start = None
    for i, level in enumerate(levels):
        if level <= limit:
            start = i if start is None else start
        else:
            if start and i - start >= _SHORTEST_PAUSE:
                found.append((start, i))
            start = None
    return found


def _anchors(
    text: str, spans: Sequence[Span], weights: Sequence[float], pauses: Sequence[_Pause], blocks: int
) -> list[tuple[int, int, int]]:
    """Return (first word after it, its first block, first block after it) for every silence matched to punctuation.

    The cheapest pairing in order, as in an edit distance, of written breaks and heard silences, compared by their
    relative positions.
    """
    whole = sum(weights)
    said = [w / whole for w in accumulate(weights)]
    breaks = [
        (i + 1, said[i])
        for i, (a, b) in enumerate(pairwise(spans))
        if any(c in ",;:.!?—–…()" for c in text[a.end : b.start])
    ]
    silence = sum(b - a for a, b in pauses)
    heard = []
    quiet = 0
    for a, b in pauses:
        heard.append((a - quiet) / max(blocks - silence, 1))
        quiet += b - a
    # cost[i][j]: for the first i breaks and j silences; True if the last two are paired
    cost = [[(i + j) * _UNMATCHED for j in range(len(heard) + 1)] for i in range(len(breaks) + 1)]
    for i, (_, written) in enumerate(breaks):
        for j, place in enumerate(heard):
            cost[i + 1][j + 1] = min(
                cost[i][j] + abs(written - place), cost[i][j + 1] + _UNMATCHED, cost[i + 1][j] + _UNMATCHED
            )
    found: list[tuple[int, int, int]] = []
    i, j = len(breaks), len(heard)
    while i and j:
        if cost[i][j] == cost[i - 1][j - 1] + abs(breaks[i - 1][1] - heard[j - 1]):
            i, j = i - 1, j - 1
            found.append((breaks[i][0], *pauses[j]))
        elif cost[i][j] == cost[i - 1][j] + _UNMATCHED:
            i -= 1
        else:
            j -= 1
    return found[::-1]
