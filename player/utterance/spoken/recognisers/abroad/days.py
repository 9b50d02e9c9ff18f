"""Days of the week by their letters, before hours: "L-V de 9 a 14 h"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_AHEAD = 5
"""Tokens behind the last day among which an hour is."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the dash."""
    days = tokens.vocabulary.table("calendar", "letters")
    first, last = days.get(tokens[index - 1].text), days.get(tokens[index + 1].text)
    apart = tokens.is_free(index - 1)
    hours = any(tokens[at].kind is Kind.NUMERAL for at in range(index + 3, index + 3 + _AHEAD))
    timed = hours and (tokens[index + 2].kind is Kind.SPACE or tokens.is_sign(index + 2, ":,"))
    if first and last and apart and timed:
        to = tokens.vocabulary.table("grammar", "joints")["to"]
        yield Reading(tokens[index - 1].start, tokens[index + 1].end, "date: days", Words(first + to + last), 0.9)


DAYS = Recogniser(
    "date",
    _propose,
    (("L-V: 9-14 h", "lunes a viernes: 9 a 14 horas"),),
    signs="-–",
    with_number=True,
    languages=("es",),
)
