"""Numbers of cases in court: "21-cv-01234"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Tokens
from player.utterance.spoken.values import Words


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the year before the kind of case."""
    year, kind, number = tokens[index], tokens[index + 2], tokens[index + 4]
    if kind.text.lower() not in tokens.vocabulary.words("joints", "cases"):
        return
    if tokens.is_sign(index + 1, "-–") and tokens.is_sign(index + 3, "-–") and number.text.isdecimal():
        said = f"{year.text} {' '.join(kind.text.upper())} {' '.join(number.text)}"
        yield Reading(year.start, number.end, "docket", Words(said), 0.95)


DOCKET = Recogniser("docket", _propose, (("No. 21-cv-01234", "Number 21 C V 0 1 2 3 4"),), numerals=Beside.DASH)
