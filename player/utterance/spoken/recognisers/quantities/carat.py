"""Carats: "18-kt gold", "a 5 ct diamond"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the unit."""
    between = tokens[index - 1].text
    number = tokens[index - 2 if between in (" ", "-") else index - 1]
    jewel = tokens.word(index + 2) in tokens.vocabulary.words("units", "jewels")
    if number.kind is Kind.NUMERAL and tokens[index + 1].text == " " and jewel:
        yield Reading(number.start, tokens[index].end, "carat", Words(f"{number.text} carat"), 0.95)


CARAT = Recogniser(
    "carat",
    _propose,
    (("18-kt gold", "18 carat gold"), ("a 5 ct diamond", "a 5 carat diamond")),
    words=lambda known: known.words("units", "carats"),
    with_number=True,
)
