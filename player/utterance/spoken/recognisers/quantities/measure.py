"""Measures: "5 kg", "a 3.5 GHz chip", "20–30 °C", "5 million km", "3/4 mile"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import gcd

from player.utterance.spoken.amounts import DASHES, Found, past_dash, read_amount, read_parts
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.quantities.doubtful_units import confidence_in
from player.utterance.spoken.recognisers.quantities.measured_nouns import is_noun_measured
from player.utterance.spoken.recognisers.quantities.parts import begins_item, ends_with_stop, unit_behind
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import is_of_dose, read_unit
from player.utterance.spoken.values import Amount, Fraction, Measure, Number

_GLUED = (Kind.WORD, Kind.NUMERAL)
_LONGEST_PAIR = 8
"""Figures of two numbers with a slash."""
_EXPONENTS = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_SHORTEST = 3
"""Letters of a unit that is no word: "min"."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a number: the unit behind it, or behind the range that it begins."""
    if tokens[index - 1].kind is Kind.WORD and tokens.word(index - 1) != "x":
        return
    named = tokens.is_sign(index - 1, "-") and tokens[index - 2].kind is Kind.WORD and tokens.is_sign(index + 1, "-")
    letter = tokens.word(index - 2) if tokens.is_sign(index - 1, "/") and tokens.is_free(index - 2) else ""
    if named or letter in tokens.vocabulary.words("joints", "apertures"):
        return  # "ICD-10-CM", "an f/2.8L lens"
    if tokens.is_sign(index - 1, "^") or tokens.is_sign(index - 2, "^"):
        yield from behind_power(tokens, index + 1)
        return
    if tokens.is_sign(index + 1, _EXPONENTS):
        last = next(at for at in range(index + 2, index + 6) if not tokens.is_sign(at, _EXPONENTS) or at > index + 4)
        yield from behind_power(tokens, last)
        return
    found = None if _is_pair(tokens, index) else read_parts(tokens, index)
    found = found or read_amount(tokens, index, _magnitudes(tokens, index + 1))
    if found is None and tokens[index].kind is Kind.NUMERAL:
        found = _with_comma(tokens, index)
    if found is None or (tokens.is_sign(index - 1, ".,") and tokens[index - 2].kind is Kind.NUMERAL):
        return
    if unit_behind(tokens, found.next) is None and not past_dash(tokens, found.next):
        return
    yield from _measure(tokens, index, found)
    until = _until(tokens, index, found)
    if until:
        yield from _measure(tokens, index, until)


def _magnitudes(tokens: Tokens, index: int) -> Mapping[str, str]:
    """Return what may stand behind a number, before a unit one letter too: "200k sq ft", "1.2m b/d"."""
    always: Mapping[str, str] = tokens.vocabulary.table("magnitudes", "always")
    letters: Mapping[str, str] = tokens.vocabulary.table("magnitudes", "letters")
    glued = tokens[index].text in letters and tokens[index + 1].text == " "
    unit = read_unit(tokens, index + 2) if glued else None
    longer = unit and len(tokens[index + 2].text + unit[0].over[0].sign) > _SHORTEST and tokens.word(index + 2) != "in"
    return {**always, **letters} if longer else always


def _is_pair(tokens: Tokens, index: int) -> bool:
    """Return True for two numbers that are no fraction: one would write it shorter, "50/60 Hz", "20/25 mg", or it would
    be above 1, "100/50 mg"."""
    over, under = tokens[index].text, tokens[index + 2].text
    if (
        not tokens.is_sign(index + 1, "/")
        or not (over.isdecimal() and under.isdecimal())
        or len(over + under) > _LONGEST_PAIR
    ):
        return False
    if int(over) > int(under):
        return is_of_dose(tokens, tokens.past_blank(index + 3))
    return int(over) < int(under) and gcd(int(over), int(under)) > 1


def behind_power(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the blank behind an exponent: the unit of "3 × 10^8 m/s"."""
    found = read_unit(tokens, index + 1) if tokens[index].kind is Kind.SPACE else None
    doubts = tokens.vocabulary.table("units", "doubtful").get(found[0].over[0].sign) if found else None
    if found and (found[0].under or doubts is None or doubts[0] > 0.5):
        yield Reading(tokens[index + 1].start, tokens[found[1] - 1].end, "unit: behind power", found[0], 0.8)


def _with_comma(tokens: Tokens, index: int) -> Found | None:
    """ "2,5", as on the Continent."""
    whole, comma, decimals = tokens[index].text.partition(",")
    if not comma or len(decimals) > 2 or not (whole + decimals).isdecimal():
        return None
    return Found(Amount(Number(f"{whole}.{decimals}", whole, decimals)), index + 1)


def _until(tokens: Tokens, index: int, found: Found) -> Found | None:
    """Return the range that an amount begins: "5–10 km", "5 km–10 km"."""
    at = past_dash(tokens, found.next)
    if not at:
        unit = unit_behind(tokens, found.next)
        at = past_dash(tokens, unit[1]) if unit else 0
    end = read_amount(tokens, at, tokens.vocabulary.table("magnitudes", "always")) if at else None
    if end is None or (isinstance(found.amount.number, Fraction) and not found.amount.number.whole):
        return None
    low, high = found.amount.number, end.amount.number
    falls = isinstance(low, Number) and isinstance(high, Number) and len(low.whole) > len(high.whole) + 1
    if falls and not (found.amount.magnitude or end.amount.magnitude) and tokens[tokens.before(index)].text.isupper():
        return None  # "an RTX 3080-10GB"
    between = tokens.word(tokens.before(index)) in tokens.vocabulary.words("grammar", "before_ranges")
    return Found(found.amount.but(until=end.amount, between=between), end.next)


def _measure(tokens: Tokens, first: int, found: Found) -> Iterator[Reading]:
    read = unit_behind(tokens, found.next)
    if read is None:
        return
    unit, after, hyphen = read
    if len(unit.over[0].sign) == 1 and tokens.is_sign(after, ".") and tokens[after + 1].kind in _GLUED:
        return  # "340 A.D.", "123 F.3d"
    if (
        hyphen
        and tokens[first].text[:1] == "."
        and tokens.word(after - 1) in tokens.vocabulary.words("numbers", "calibers")
    ):
        return  # "a .50-cal. gun"
    joined = tokens.is_sign(after, "-") and tokens[after + 1].kind is Kind.WORD
    if joined and unit.over[0].sign in tokens.vocabulary.words("units", "not_joined") and not hyphen:
        return  # "5 t-shirts"
    begins = len(sign := unit.over[-1].sign) > 1 and begins_item(tokens, first)  # "10 tsp. Sriracha", "92 L. Ed."
    begins = begins and sign in tokens.vocabulary.words("units", "of_ingredients")
    stop = ends_with_stop(tokens, after) or (begins and tokens.is_sign(after, ".") and tokens[after + 2].text.isalpha())
    glued = tokens[found.next].kind is not Kind.SPACE and not hyphen
    attribute = unit.over[-1].sign in tokens.vocabulary.words("units", "attributive") and not unit.under
    attribute = attribute or unit.over[-1].sign in tokens.vocabulary.table("units").get("attributive_phrases", ())
    raced = tokens.word(tokens.past_blank(after)) in tokens.vocabulary.words("units", "races")
    attribute = attribute or (raced and found.amount.until is None)
    noun = is_noun_measured(tokens, first, after + stop, unit, hyphen=hyphen, sure=glued or attribute)
    value = Measure(found.amount, unit, noun, hyphen)
    told = "hyphen" if hyphen else "glued" if glued else "after blank"
    start, number = tokens[first].start, found.amount.number
    below = tokens.is_sign(first - 1, DASHES) and tokens[first - 2].kind not in _GLUED
    if below and isinstance(number, Number) and not number.whole:  # "-.5°C"
        start = tokens[first - 1].start
        value = value.but(amount=found.amount.but(number=number.but(sign="-")))
    yield Reading(
        start, tokens[after + stop - 1].end, f"measure: {told}", value, confidence_in(tokens, first, found, read)
    )


MEASURE = Recogniser(
    "measure",
    _propose,
    (
        ("It weighs 5kg.", "It weighs 5 kilograms."),
        ("a 5 km run", "a 5 kilometer run"),
        ("20 mg/kg/day", "20 milligrams per kilogram per day"),
    ),
    numerals=Beside.GLUED_WORD
    | Beside.WORD
    | Beside.NUMBER
    | Beside.SLASH
    | Beside.DASH
    | Beside.SIGN
    | Beside.BRACKET,
    signs="½¼¾⅓⅔⅛⅜⅝⅞",
)
