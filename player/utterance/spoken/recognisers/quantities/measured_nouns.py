"""Measures before a noun, where the unit is in the singular: "a 6ft 2in defender", "32 oz soda"; not "250 g flour"."""

from __future__ import annotations

from player.utterance.spoken.amounts import read_amount
from player.utterance.spoken.grammar import has_determiner, is_before_noun, is_described
from player.utterance.spoken.recognisers.quantities.parts import begins_item, unit_behind
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Unit


def is_noun_measured(tokens: Tokens, first: int, after: int, unit: Unit, *, hyphen: bool, sure: bool) -> bool:
    """Return True if a measure from `first` to `after` stands before the noun whose size it is. `hyphen`: one joins
    number and unit; `sure`: the next word is such a noun, unless something speaks against it."""
    if hyphen or (is_before_noun(tokens, first, after, sure=sure) and not _is_ingredient(tokens, first, after, unit)):
        return True
    contained = _is_contained(tokens, first, after, unit)
    return contained or _is_first_of_two(tokens, first, after) or _is_second_of_two(tokens, first, after)


def _is_ingredient(tokens: Tokens, first: int, after: int, unit: Unit) -> bool:
    """Return True if so much of something is meant, no size: "250g flour", "3 lb. onions"; not "500ml bottles"."""
    known = tokens.vocabulary
    if unit.under or unit.over[-1].sign.rpartition(" ")[2] not in known.words("units", "of_ingredients"):
        return False
    word = tokens.word(tokens.past_blank(after))
    held = not {word, word.removesuffix("s"), word.removesuffix("es")}.isdisjoint(known.words("units", "containers"))
    named = tokens[tokens.past_blank(after)].text
    given = named in known.words("units", "routes") or named in known.words("units", "substances")
    capital = named[:1].isupper() and not begins_item(tokens, first)
    return given or not (held or is_described(tokens, first) or capital)


def _is_contained(tokens: Tokens, first: int, after: int, unit: Unit) -> bool:
    """ "32 oz soda", "14 oz tin of tomatoes", "1 (14.5 oz) can": the size of what holds it."""
    known = tokens.vocabulary
    if unit.under or unit.over[-1].sign not in known.words("units", "of_ingredients"):
        return False
    closed = tokens.is_sign(first - 1, "(") and tokens.is_sign(after, ")")
    at = after + 1 if closed else after
    word = tokens.word(at + 1)
    held = not {word, word.removesuffix("s"), word.removesuffix("es")}.isdisjoint(known.words("units", "containers"))
    return held and tokens[at].kind is Kind.SPACE


def _is_first_of_two(tokens: Tokens, first: int, after: int) -> bool:
    """ "a 6ft 2in defender": the first of two measures before a noun."""
    found = read_amount(tokens, after + 1, {}) if tokens[after].text == " " and has_determiner(tokens, first) else None
    second = unit_behind(tokens, found.next) if found else None
    return bool(second) and is_before_noun(tokens, first, second[1] if second else after)


def _is_second_of_two(tokens: Tokens, first: int, after: int) -> bool:
    """ "a 6 ft 4 in woman": the second of two measures before a noun."""
    unit = tokens.before(first)
    number = tokens.before(unit)
    pair = tokens[number].kind is Kind.NUMERAL and tokens[unit].kind is Kind.WORD and read_unit(tokens, unit)
    return bool(pair) and has_determiner(tokens, number) and is_before_noun(tokens, first, after, sure=True)
