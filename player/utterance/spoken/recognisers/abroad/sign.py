"""Minus before a number, between the terms of a sum, and formulas of chemistry, in other languages: "-2,5 %", "CO₂"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import DASHES
from player.utterance.spoken.languages import CODES
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.mathematics.chemistry import LOWERED, parts_of
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import vocabulary

_SUMS = "=+×÷·<>"
_PARTS = (Kind.WORD, Kind.NUMERAL)
_LONGEST = 12
"""Tokens of a compound."""


def _minus(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a dash."""
    left, right = tokens.before(index), tokens.after(index)
    if tokens[right].kind is not Kind.NUMERAL or tokens[index].text == tokens[index - 1].text:
        return
    minus = str(tokens.vocabulary.table("numbers")["minus"])
    glued, after = right == index + 1, tokens.after(right)
    if tokens[left].kind is Kind.NUMERAL:
        if glued is (left == index - 1) and (tokens.is_sign(after, "=") or tokens.is_sign(tokens.before(left), _SUMS)):
            yield Reading(tokens[left].end, tokens[right].start, "minus: in a sum", Words(f" {minus} "), 0.95)
        return
    opens = tokens.is_free(index)
    more = tokens.is_sign(right + 1, "-–/") and tokens[right + 2].kind is Kind.NUMERAL
    if glued and opens and not more and tokens[right + 1].kind is not Kind.WORD:
        yield Reading(tokens[index].start, tokens[index].end, "minus: before number", Words(f"{minus} "), 0.8)


MINUS = Recogniser(
    "minus",
    _minus,
    (("-3,5 %", "minus 3,5 %"), ("5 - 3 = 2", "5 minus 3 gleich 2")),
    signs=DASHES,
    with_number=True,
    languages=CODES,
)


def _compound(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a figure of "CO₂", "H₂SO₄", "CO2"."""
    first, after = index, index + 1
    while first > index - _LONGEST and (tokens[first - 1].kind in _PARTS or tokens.is_sign(first - 1, LOWERED)):
        first -= 1
    while after < index + _LONGEST and (tokens[after].kind in _PARTS or tokens.is_sign(after, LOWERED)):
        after += 1
    written = tokens.text[tokens[first].start : tokens[after - 1].end]
    known = vocabulary("en")
    parts = parts_of(written, known)
    if parts and (tokens[index].kind is Kind.SIGN or written in known.words("chemistry", "plain")):
        said = " ".join(" ".join((*element, number)).strip() for element, number in parts).upper()
        yield Reading(tokens[first].start, tokens[after - 1].end, "compound", Words(said), 0.9)


COMPOUND = Recogniser("compound", _compound, (("CO₂-Ausstoß", "C O 2-Ausstoß"),), signs=LOWERED, languages=CODES)
PLAIN_COMPOUND = Recogniser(
    "compound", _compound, (("der CO2-Preis", "der C O 2-Preis"),), numerals=Beside.AFTER_WORD, languages=CODES
)


def _product(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the dot of "5,5 · 10⁻⁷"."""
    spaced = tokens[index - 1].text == tokens[index + 1].text == " "
    if spaced and tokens[index - 2].kind is tokens[index + 2].kind is Kind.NUMERAL:
        said = tokens.vocabulary.table("mathematics", "between")["×"]
        yield Reading(tokens[index].start, tokens[index].end, "product", Words(said), 0.85)


PRODUCT = Recogniser("product", _product, (("5 · 10 m", "5 mal 10 Meter"),), signs="·⋅", languages=CODES)
