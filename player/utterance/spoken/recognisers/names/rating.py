"""Ratings in letters that are repeated: "a BBB- rating", "cut to BB+", "AAA batteries"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import DASHES
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.mathematics.minus import ends_grade
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the letters."""
    token, names = tokens[index], tokens.vocabulary.table("ratings", "names")
    spelled = tokens.word(tokens.before(index)) == "an"  # "an AA battery"
    if token.text not in names or tokens[index - 1].text in tuple(DASHES) or spelled:
        return
    sign = tokens[index + 1].text
    if (sign == "+" and _is_last(tokens, index + 2)) or (sign in tuple(DASHES) and ends_grade(tokens, index + 1)):
        said = tokens.vocabulary.table("mathematics", "powers")["plus" if sign == "+" else "minus"]
        yield Reading(token.start, tokens[index + 1].end, "rating: signed", Words(f"{names[token.text]} {said}"), 0.9)
    elif _is_named(tokens, index):
        yield Reading(token.start, token.end, "rating: named", Words(names[token.text]), 0.85)


def _is_last(tokens: Tokens, index: int) -> bool:
    """Return True if nothing is added behind a plus."""
    return tokens[index].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index, ",.;:!?)/-–—")


def _is_named(tokens: Tokens, index: int) -> bool:
    """Return True if it is said what has the rating, or that it is one."""
    behind = tokens.word(index + 2) if tokens[index + 1].kind is Kind.SPACE or tokens[index + 1].text == "-" else ""
    before = tokens.word(index - 2) if tokens[index - 1].kind is Kind.SPACE else ""
    known = tokens.vocabulary
    return behind in known.words("ratings", "rated") or before in known.words("ratings", "rating")


RATING = Recogniser(
    "rating",
    _propose,
    (("a BBB- rating", "a triple B minus rating"), ("two AAA batteries", "two triple A batteries")),
    words=lambda vocabulary: map(str.lower, vocabulary.table("ratings", "names")),
    needs=lambda vocabulary: vocabulary.table("ratings", "names"),
)
