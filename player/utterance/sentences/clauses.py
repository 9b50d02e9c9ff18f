"""A sentence too long for one breath -> clauses, so that the first sound and every jump stay quick."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from player.story.model import Span
from player.utterance.sentences.language import read_data

LIMIT = 250
"""Sentences up to this many characters stay whole: 98.8 % of English prose."""
_FIRST, _GOAL, _LEAST = 120, 180, 40
"""Aims for the length of the first clause and the others, and the shortest that is cut off."""
_HARD_LIMIT = 400
"""What has no blank is cut even inside a word when it is longer."""


class _Place(NamedTuple):
    """Where a sentence may be cut."""

    cost: int
    pattern: re.Pattern[str]
    words: str = ""
    """The list of words (data/clauses.toml) that its group "word" has to be one of; empty when any will do."""


_PLACES = (
    _Place(0, re.compile(r"[;:](?=[\"”’)]?\s)|\s[–—](?=\s)|(?<=\w)—(?=\w)|[?!…][\"”’]?(?=\s)|[；：。！？](?=\S)")),
    _Place(25, re.compile(r"[，](?=\S)")),
    _Place(25, re.compile(r"[,)][\"”’]?(?=\s+(?P<word>[^\W\d_]+))"), "after_comma"),
    _Place(60, re.compile(r"[,)][\"”’]?(?=\s)|[、](?=\S)")),
    _Place(90, re.compile(r"(?=\s(?P<word>[a-z]+)\s)"), "linking"),
)
"""After a strong mark, a comma before a linking word, any comma, and before a linking word."""
_IN_SERIES = 40
"""More for a comma in a series of short items: "Germany, France, Poland, and Britain"."""
_IN_BRACKETS = 120
"""More within brackets: what is said by the way is said in one breath."""
_PER_CHARACTER = 0.7
"""What each character away from the aim costs."""
_BREATH, _SHORT, _SHORTEST, _LONGEST_START = 110, 60, 25, 90
"""Length of a clause whose beginning is cut off for a slow voice; aim, least and most for that beginning."""
_DENSE = 3
"""Letters of other scripts that take as long to say as a Chinese or Japanese character."""


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_data("clauses")[name].split())


def clauses(text: str, span: Span | tuple[int, int], limit: int = LIMIT) -> list[Span]:
    """Cuts one sentence's span into spans of at most about `limit` characters, trimmed, covering all but blanks."""
    start, end = span
    found: list[Span] = []
    while end - start > limit:
        aim = _GOAL if found else _FIRST
        at = _best(text, start, end, aim, limit)
        found.append(Span(start, len(text[start:at].rstrip()) + start))
        start = _after_blanks(text, at, end)
    found.append(Span(start, end))
    return found


def with_short_start(text: str, clause: Span) -> list[Span]:
    """Return a clause in two parts, the first of about 60 characters, if it is long and has punctuation there: a slow
    voice sounds sooner, and renders the rest meanwhile."""
    start, end = clause
    dense = _DENSE if text[start] >= "\u3000" else 1
    if end - start <= _BREATH // dense:
        return [clause]
    low, high, aim = start + _SHORTEST // dense, start + _LONGEST_START // dense, start + _SHORT // dense
    ends = [
        match.end()
        for place in _PLACES
        if not place.words
        for match in place.pattern.finditer(text, low, min(high, end))
        if not _is_within(text, start, match)
    ]
    if not ends:
        return [clause]
    at = min(ends, key=lambda at: abs(at - aim))
    return [Span(start, at), Span(_after_blanks(text, at, end), end)]


def _is_within(text: str, start: int, match: re.Match[str]) -> bool:
    """True for a comma of a series, and for any mark in brackets."""
    in_series = match[0][:1] == "," and _in_series(text, match.start())
    return in_series or text.count("(", start, match.end()) > text.count(")", start, match.end())


def _after_blanks(text: str, at: int, end: int) -> int:
    """Return the first character from `at` that is no blank. (To strip all of the rest at each cut is quadratic.)"""
    while at < end and text[at].isspace():
        at += 1
    return at


def _best(text: str, start: int, end: int, aim: int, limit: int) -> int:
    """Return where to cut text[start:end]."""
    low, high = start + _LEAST, min(start + limit, end - _LEAST)
    best: tuple[float, int] | None = None
    for cost, pattern, words in _PLACES:
        for match in pattern.finditer(text, low, high):
            if words and match["word"] not in _words(words):
                continue
            at = match.end()
            series = _IN_SERIES if match.group()[:1] == "," and _in_series(text, match.start()) else 0
            inside = _IN_BRACKETS if text.count("(", start, at) > text.count(")", start, at) else 0
            total = cost + series + inside + abs(at - start - aim) * _PER_CHARACTER
            if best is None or total < best[0]:
                best = (total, at)
    if best:
        return best[1]
    blank = text.rfind(" ", low, high)
    if blank < 0:
        blank = text.find(" ", high, min(start + _HARD_LIMIT, end))
    return blank if blank > start else min(start + _HARD_LIMIT, end)


def _in_series(text: str, comma: int) -> bool:
    near = 25
    return text.rfind(",", max(0, comma - near), comma) >= 0 or text.find(",", comma + 1, comma + near) >= 0
