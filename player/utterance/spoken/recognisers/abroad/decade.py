"""Decades as the English write them: "los 90s", "les années 80s"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Tokens
from player.utterance.spoken.values import Words


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    figures = tokens[index].text
    led = tokens.word(tokens.before(index)) in tokens.vocabulary.words("calendar", "before_decades")
    if led and len(figures) in (2, 4) and figures.isdecimal() and figures[-1] == "0" and tokens[index + 1].text == "s":
        yield Reading(tokens[index].start, tokens[index + 1].end, "decade", Words(figures), 0.95)


DECADE = Recogniser(
    "decade",
    _propose,
    (("los 90s", "los 90"),),
    numerals=Beside.GLUED_WORD,
    languages=("es", "fr", "it", "pt"),
)
