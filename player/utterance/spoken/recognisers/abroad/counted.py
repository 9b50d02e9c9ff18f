"""Numbers and what they count, in languages whose nouns are CLDR's: Polish "5 km" -> "5 kilometrów"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from player.utterance.spoken.languages import WITH_CLDR
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary

if TYPE_CHECKING:
    from player.utterance.spoken.cldr import Nouns

_GLUED = (Kind.WORD, Kind.NUMERAL)
_GOES_ON = "/-²³'’"
"""Behind a unit: it is another one, or none."""


@cache
def _nouns(vocabulary: Vocabulary) -> Nouns:
    from player.utterance.spoken.cldr import nouns  # 0.06 s, and as much for a language

    return nouns(vocabulary)


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the figures."""
    if tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, ".,:/"):
        return
    known = _nouns(tokens.vocabulary)
    number = known.counted(tokens[index].text)
    if number is None:
        return
    at, magnitude = index + 1, False
    sign, after = known.sign_at(tokens, tokens.past_blank(at), known.magnitudes)
    if sign:
        number, at, magnitude = known.times(number, known.magnitudes[sign]), _past_stop(tokens, after), True
        if tokens.is_sign(at, ".") and known.sign_at(tokens, tokens.past_blank(at + 1), known.units)[0]:
            at += 1  # "5 mil. Kč"
    first, before = _currency_before(tokens, index)
    if before:
        yield _reading(tokens, first, at, known.currencies[before](number))
        return
    sign, after = known.sign_at(tokens, tokens.past_blank(at), known.units)
    if sign and tokens[after].kind not in _GLUED and not tokens.is_sign(after, _GOES_ON):
        yield _reading(tokens, index, _past_stop(tokens, after), known.units[sign](number))
    elif magnitude:
        yield _reading(tokens, index, at, number.figures)


def _currency_before(tokens: Tokens, index: int) -> tuple[int, str]:
    """Return the index of the first token of a currency before a number, and its sign: "$5", "kr 500", "US$ 5"."""
    known = _nouns(tokens.vocabulary)
    last = tokens.before(index)
    for first in (last - 1, last):
        sign, after = known.sign_at(tokens, first, known.currencies) if first >= 0 else ("", 0)
        if sign and after == last + 1 and tokens[first - 1].kind not in _GLUED:
            return first, sign
    return index, ""


def _reading(tokens: Tokens, index: int, after: int, said: str) -> Reading:
    return Reading(tokens[index].start, tokens[after - 1].end, "amount: counted", Words(said), 0.97)


def _past_stop(tokens: Tokens, index: int) -> int:
    """Return the index behind the full stop of an abbreviation here, where it does not end the sentence as well."""
    following = tokens[tokens.past_blank(index + 1)]
    ends = following.kind is Kind.EDGE or (following.text[:1].isupper() and tokens[index + 1].kind is Kind.SPACE)
    return index + 1 if tokens.is_sign(index, ".") and not ends else index


COUNTED = Recogniser(
    "amount",
    _propose,
    (("2 км", "2 километра"), ("5 млн руб. за год", "5 миллионов рублей за год"), ("$5", "5 долларов")),
    numerals=Beside.ANYTHING,
    languages=WITH_CLDR,
)
