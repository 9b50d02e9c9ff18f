"""Temperatures of cook books, written without the sign of degrees: "Bake at 180C", "heat to 200c (400f)"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import number_of
from player.utterance.spoken.grammar import is_before_noun
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Amount, Factor, Joint, Measure, Unit

_AROUND = 16
"""How many tokens away a word says that something is cooked."""
_FIGURES = 3
"""Of the temperature: "2c" are cups."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    figures, sign = tokens[index].text, tokens[index + 1].text
    number = number_of(figures)
    if number is None or len(figures) != _FIGURES or not figures.isdecimal() or sign.upper() not in ("C", "F"):
        return
    if tokens[index - 1].kind is Kind.WORD or tokens[index + 2].kind is Kind.NUMERAL:
        return
    mark = tokens[index - 2].kind is Kind.NUMERAL and tokens.word(tokens.before(index - 2)) in (
        tokens.vocabulary.words("units", "oven_marks")
    )
    if mark and tokens.is_sign(index - 1, "/"):  # "gas 6/200C"
        yield Reading(tokens[index - 1].start, tokens[index - 1].end, "oven: mark", Joint("list"), 0.9)
    cooked = tokens.vocabulary.words("units", "cooked")
    if any(tokens.word(at) in cooked for at in range(index - _AROUND, index + _AROUND)):
        unit, noun = Unit((Factor(sign.upper()),)), is_before_noun(tokens, index, index + 2)
        yield Reading(tokens[index].start, tokens[index + 1].end, "oven", Measure(Amount(number), unit, noun), 0.85)


OVEN = Recogniser(
    "oven",
    _propose,
    (("Bake at 180c (350f).", "Bake at 180 degrees Celsius (350 degrees Fahrenheit)."),),
    numerals=Beside.GLUED_WORD,
)
