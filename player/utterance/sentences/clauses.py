"""A sentence too long for one breath -> clauses, so that the first sound and every jump stay quick."""

from __future__ import annotations

import re

from player.story.model import Span

LIMIT = 250
"""Sentences up to this many characters stay whole: 98.8 % of English prose."""
_FIRST, _GOAL, _LEAST = 120, 180, 40
"""Aims for the length of the first clause and the others, and the shortest that is cut off."""
_HARD_LIMIT = 400
"""What has no blank is cut even inside a word when it is longer."""

_LINKING = (
    "and|but|or|nor|so|yet|while|whereas|although|though|because|since|unless|until|after|before|when|where|which"
    "|who|whose|if|as|with|including|according|saying|adding|noting|despite|however|then|in|on|at|by|for|from"
    "|und|aber|oder|weil|dass|der|die|das|et|mais|ou|car|qui|que|y|pero|e|ma|che|mas|en|maar|omdat|dat"
)
_PLACES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"[;:](?=[\"”’)]?\s)|\s[–—](?=\s)|(?<=\w)—(?=\w)|[?!…][\"”’]?(?=\s)|[；：。！？](?=\S)")),
    (25, re.compile(rf"[,)][\"”’]?(?=\s+(?:{_LINKING})\b)|[，](?=\S)")),
    (60, re.compile(r"[,)][\"”’]?(?=\s)|[、](?=\S)")),
    (
        90,
        re.compile(r"(?=\s(?:and|but|or|because|while|although|which|that|when|where|after|before|until|if|who)\s)"),
    ),
)
"""Where a sentence may be cut and what it costs: after a strong mark, a comma before a linking word, any comma,
and before a linking word."""
_IN_SERIES = 40
"""More for a comma in a series of short items: "Germany, France, Poland, and Britain"."""
_IN_BRACKETS = 120
"""More within brackets: what is said by the way is said in one breath."""
_PER_CHARACTER = 0.7
"""What each character away from the aim costs."""


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


def _after_blanks(text: str, at: int, end: int) -> int:
    """The first character from `at` that is no blank. (To strip all of the rest at each cut is quadratic.)"""
    while at < end and text[at].isspace():
        at += 1
    return at


def _best(text: str, start: int, end: int, aim: int, limit: int) -> int:
    """Where to cut text[start:end]."""
    low, high = start + _LEAST, min(start + limit, end - _LEAST)
    best: tuple[float, int] | None = None
    for cost, pattern in _PLACES:
        for match in pattern.finditer(text, low, high):
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
