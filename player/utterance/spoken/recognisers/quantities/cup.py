"""Cups of recipes, by one letter: "1/2 c sugar", "½ C milk", "2 c flour"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import VULGAR, read_amount, read_parts
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.quantities.parts import begins_item
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Factor, Fraction, Measure, Unit

_LETTER = "c"
_CUP = Unit((Factor("c."),))
_FEW = frozenset("123456789")


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first number: a fraction, or a whole one at the beginning of a line."""
    found = read_parts(tokens, index) or read_amount(tokens, index, {})
    glued = tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, "/.")
    letter = tokens.past_blank(found.next) if found else index
    degrees = found and letter == found.next and tokens[letter].text.isupper()  # "1.5C of warming"
    if found is None or glued or degrees or tokens.word(letter) != _LETTER:
        return
    number, after = found.amount.number, letter + 1 + tokens.is_sign(letter + 1, ".")
    behind = tokens[after + 1]
    few = isinstance(number, Fraction) or (begins_item(tokens, index) and number.whole in _FEW)
    if few and tokens[after].text == " " and behind.kind is Kind.WORD and behind.text.islower():
        end = tokens[after - 1].end
        yield Reading(tokens[index].start, end, "measure: cups", Measure(found.amount, _CUP), 0.93)


CUP = Recogniser(
    "measure",
    _propose,
    (("1/2 c sugar", "one half of a cup sugar"),),
    numerals=Beside.SHORT_WORD | Beside.NUMBER | Beside.SLASH,
    signs="".join(VULGAR),
)
