"""Signs that are not said: brackets, bullets, and the stars and strokes of emphasis."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Silent, Words

_CLUTTER = "[]{}<>|\\`•●▪◦‣⁃■□™®"
_STRESS = "*_~"
_STOPS = ".,!?"
_LONGEST = 10
"""Tokens between two strokes."""
_WORDS = (Kind.WORD, Kind.NUMERAL)


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    token = tokens[index]
    blank = not _has_letter(tokens, index if token.text == "[" else index - 2)
    yield Reading(token.start, token.end, "bracket", Silent(blank=blank), 0.5)


def _has_letter(tokens: Tokens, index: int) -> bool:
    """Return True if a letter is in brackets here, changed by who quotes: "[n]o one"."""
    opened = tokens[index].text == "[" and tokens[index + 2].text == "]" and len(tokens[index + 1].text) == 1
    return opened and tokens[index + 1].text.isalpha() and tokens[index + 3].text[:1].islower()


CLUTTER = Recogniser(
    "bracket",
    _propose,
    (("the [sic] one", "the sic one"), ("“[n]o one”", "“no one”")),
    signs=_CLUTTER,
    languages=(),
)


def _emphasis(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first of a row of stars or strokes."""
    if tokens.is_sign(index - 1, _STRESS):
        return
    at = index
    while tokens.is_sign(at, _STRESS):
        at += 1
    before, after = tokens[index - 1], tokens[at]
    opens = before.kind not in _WORDS and after.kind in _WORDS
    closes = (before.kind in _WORDS or tokens.is_sign(index - 1, _STOPS)) and after.kind not in _WORDS
    stars = "*" in tokens.text[tokens[index].start : tokens[at - 1].end]
    doubled = at - index > 1 and not (before.kind in _WORDS and after.kind in _WORDS)
    if opens or closes or stars or doubled:
        yield Reading(tokens[index].start, tokens[at - 1].end, "emphasis", Silent(), 0.5)


EMPHASIS = Recogniser("emphasis", _emphasis, (("*very* good", "very good"),), signs=_STRESS, languages=())


def _subscript(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the stroke of "x_i", "a_1"."""
    left, right = tokens[index - 1], tokens[index + 1]
    single = left.kind is Kind.WORD and len(left.text) == 1 and tokens[index - 2].kind not in _WORDS
    ends = tokens[index + 2].text != "_" and tokens[index + 2].kind not in _WORDS
    if single and ends and right.kind in _WORDS and len(right.text) < 3 and not tokens.is_sign(index - 2, "_"):
        yield Reading(tokens[index].start, tokens[index].end, "subscript: stroke", Silent(blank=True), 0.7)


SUBSCRIPT = Recogniser("subscript", _subscript, (("the sum of x_i", "the sum of x i"),), signs="_")


def _absolute(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first stroke of "|x|", "|a - b|"."""
    first, before = tokens[index + 1], tokens[index - 1]
    if before.kind in _WORDS or (first.kind not in _WORDS and first.text not in "-−"):
        return
    close = next((at for at in range(index + 2, index + _LONGEST) if tokens[at].text == "|"), 0)
    letters = all(len(tokens[at].text) < 3 or tokens[at].kind is Kind.NUMERAL for at in range(index, close))
    if close and letters and tokens[close - 1].kind is not Kind.SPACE and tokens[close + 1].kind not in _WORDS:
        said = str(tokens.vocabulary.table("mathematics")["absolute"])
        yield Reading(tokens[index].start, tokens[index].end, "absolute value", Words(f"{said} "), 0.8)
        yield Reading(tokens[close].start, tokens[close].end, "absolute value", Silent(), 0.8)


ABSOLUTE = Recogniser("absolute value", _absolute, (("so |x| = 2", "so the absolute value of x equals 2"),), signs="|")
