"""Numbers of houses: "2788 San Tomas Expressway" as "twenty-seven eighty-eight"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from player.utterance.sentences.language import language_of
from player.utterance.spoken.calendar_values import Year
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.vocabulary import Vocabulary

_MOST_WORDS = 4
"""Of a street's name."""


@cache
def _streets(known: Vocabulary) -> frozenset[str]:
    """Streets in full and short, in small letters; not "Apt." and other parts of houses."""
    short = {**language_of(known.code).tables["street"], **known.table("abbreviations", "streets")}
    also = known.words("abbreviations", "no_houses")
    return frozenset(word.lower() for pair in short.items() for word in pair) - also


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At four figures with words in capitals behind."""
    figures = tokens[index].text
    if len(figures) != 4 or not figures.isdecimal() or figures[0] == "0" or tokens[index + 1].text != " ":
        return
    if tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, "$€£#-.,/"):
        return
    at = index + 2
    for count in range(_MOST_WORDS + 1):
        if count and tokens.word(at) in _streets(tokens.vocabulary):
            yield Reading(tokens[index].start, tokens[index].end, "house number", Year(figures), 0.86)
            return
        if tokens[at].kind not in (Kind.WORD, Kind.NUMERAL) or not (tokens[at].text[0].isupper() or count):
            return
        at += 1 if tokens[at].kind is Kind.NUMERAL and tokens[at + 1].kind is Kind.WORD else 0
        at = tokens.past_blank(at + 2 if tokens.is_sign(at + 1, ".") else at + 1)


HOUSE = Recogniser(
    "house number",
    _propose,
    (("at 2788 San Tomas Road", "at twenty-seven eighty-eight San Tomas Road"),),
    numerals=Beside.FOUR,
)
