"""Signs that are not said: brackets, bullets, and the stars and strokes of emphasis."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Silent

_CLUTTER = "[]{}<>|\\`•●▪◦‣⁃■□™®"
_STRESS = "*_~"
_STOPS = ".,!?"
_WORDS = (Kind.WORD, Kind.NUMERAL)


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    token = tokens[index]
    blank = not _has_letter(tokens, index if token.text == "[" else index - 2)
    yield Reading(token.start, token.end, "bracket", Silent(blank=blank), 0.5)


def _has_letter(tokens: Tokens, index: int) -> bool:
    """Whether a letter is in brackets here, changed by who quotes: "[n]o one"."""
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
    if opens or closes or stars:
        yield Reading(tokens[index].start, tokens[at - 1].end, "emphasis", Silent(), 0.5)


EMPHASIS = Recogniser("emphasis", _emphasis, (("*very* good", "very good"),), signs=_STRESS, languages=())
