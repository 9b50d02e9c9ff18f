"""Streets written short: "4 Elm hwy", "5 Oak Dr, 12 Hill Cres", "on 42nd St, and"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from player.utterance.sentences.language import Language, language_of
from player.utterance.spoken.grammar import is_ordinal_ending, stands_apart
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary

_MOST_WORDS = 4
"""Of a street's name: "12 Martin Luther King Blvd"."""


def is_street_name(word: str, language: Language) -> bool:
    """Return True if a word before an abbreviation may be a street's name: "Oak Dr.", "42nd St."."""
    return word[:1].isdecimal() or (word[:1].isupper() and word.lower() not in language.starters)


def is_streets_name(tokens: Tokens, index: int) -> bool:
    """Return True if a house number and a name are before this token: "5 Oak", "12 N. Hill"; or the number of a
    street."""
    at = tokens.before(index)
    if is_ordinal_ending(tokens, at) and tokens[at - 1].kind is Kind.NUMERAL:
        return True
    if tokens.word(at) in tokens.vocabulary.words("abbreviations", "street_numbers") and tokens[at].text[0].isupper():
        return True
    for count in range(_MOST_WORDS):
        if tokens[at].kind is Kind.NUMERAL:
            return count > 0 and _is_house(tokens, at)
        if tokens.is_sign(at, ".") and len(tokens[at - 1].text) == 1:
            at -= 1
        if tokens[at].kind is not Kind.WORD or not tokens[at].text[0].isupper():
            return False
        at = tokens.before(at)
    return False


def _is_house(tokens: Tokens, index: int) -> bool:
    """Return True if figures may number a house: "5", "221", "1600"; not "In 1999", "No. 5"."""
    digits = tokens[index].text
    free = stands_apart(tokens, index)
    return digits.isdecimal() and len(digits) < 6 and free


def _street(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "hwy" or "Dr" behind a house number and a name, or with a capital behind a name."""
    token, name = tokens[index], tokens[index - 2]
    known = tokens.vocabulary
    key = token.text.lower()
    stopped = tokens.is_sign(index + 1, ".") and key in language_of(tokens.language).abbreviations
    if stopped or tokens[index - 1].kind is not Kind.SPACE or tokens.is_sign(index + 1, "'’-"):
        return
    numbered = is_streets_name(tokens, index)
    ordinal = is_ordinal_ending(tokens, index - 2) and tokens[index - 3].kind is Kind.NUMERAL
    if name.kind is not Kind.WORD or not (name.text[0].isupper() or ordinal):
        return
    full = known.table("abbreviations", "streets").get(key) or language_of(tokens.language).tables["street"][key]
    also = key in known.words("abbreviations", "other_than_streets")
    after = index + 2 if tokens.is_sign(index + 1, ".") else index + 1
    if numbered and (not also or (token.text.istitle() and _ends(tokens, after))):
        sure = 0.92
    elif also:
        street = key == "st" and (ordinal or token.text == "St")
        sure = 0.8 if street and _ends(tokens, index + 1) else 0.0
    else:
        sure = 0.75 if token.text.istitle() else 0.0
    said = full[0].upper() + full[1:]
    goes_on = tokens[index + 3].text[:1].islower() or tokens.is_sign(index + 2, ",;")
    end = tokens[index + 1].end if tokens.is_sign(index + 1, ".") and goes_on else token.end
    if sure:
        yield Reading(token.start, end, "street", Words(said), sure)


def _ends(tokens: Tokens, index: int) -> bool:
    """Return True if the name of the street ends here: at a comma, before "in"; not before another name."""
    if tokens[index].kind is Kind.EDGE or tokens.is_sign(index, ',;:!?)”"'):
        return True
    word = tokens[index + 1]
    return tokens[index].kind is Kind.SPACE and (word.text[:1].islower() or word.text == "&")


def _direction(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "N" between a house number and a street's name, or behind that."""
    token = tokens[index]
    said = tokens.vocabulary.table("abbreviations", "directions").get(token.text)
    if not said or not stands_apart(tokens, index):
        return
    stop = tokens.is_sign(index + 1, ".")
    number = tokens[index - 2]
    both = f"{token.text}{tokens[index + 2].text}" if stop and tokens.is_sign(index + 3, ".") else ""
    between = tokens.vocabulary.table("abbreviations", "directions").get(both)
    if between and number.text.isdecimal() and _leads_to_street(tokens, index + 4):  # "1450 N.E. 2nd Ave."
        yield Reading(token.start, tokens[index + 3].end, "street: direction", Words(between), 0.95)
        return
    if number.kind is Kind.NUMERAL and number.text.isdecimal() and _leads_to_street(tokens, index + 1 + stop):
        end = tokens[index + 1].end if stop else token.end
        house = len(number.text) == 4  # has a reading of its own
        value = Words(said if house else f"{number.text} {said}")
        yield Reading(token.start if house else number.start, end, "street: direction", value, 0.95)
        return
    first = tokens[index - 2].kind is not Kind.WORD or tokens[index - 2].text.islower()
    if stop and first and not tokens.is_sign(index - 2, ".") and _leads_to_street(tokens, index + 2):
        yield Reading(token.start, tokens[index + 1].end, "street: direction", Words(said), 0.95)  # "on W. 34th St."
        return
    numbered = tokens[index + 2].kind is Kind.NUMERAL and is_ordinal_ending(tokens, index + 3)
    if numbered and tokens[index + 1].kind is Kind.SPACE and _leads_to_street(tokens, index + 1):
        yield Reading(token.start, token.end, "street: direction", Words(said), 0.9)
    street = index - 3 if tokens.is_sign(index - 2, ".") else index - 2
    known = tokens.word(street) in _streets(tokens.vocabulary)
    if known and _ends(tokens, index + 1) and is_streets_name(tokens, street):
        yield Reading(token.start, token.end, "street: direction", Words(said), 0.95)


def _leads_to_street(tokens: Tokens, index: int) -> bool:
    """Return True if a name with a street's word is behind this blank: " Main St", " 25th St."."""
    known = _streets(tokens.vocabulary) | _full_streets(tokens.vocabulary)
    for at in range(index + 1, index + 2 * _MOST_WORDS + 2):
        word = tokens.word(at)
        if word in known:
            return at > index + 1
        if word in tokens.vocabulary.words("abbreviations", "whole_streets") and tokens[at].text[0].isupper():
            return True
        named = tokens[at].text[:1].isupper() or tokens[at].text[:1].isdecimal() or is_ordinal_ending(tokens, at)
        if tokens[at].kind is not Kind.SPACE and not named:
            return False
    return False


@cache
def _streets(known: Vocabulary) -> frozenset[str]:
    full = language_of(known.code).tables["street"]
    return frozenset(
        word for word in (*full, *known.table("abbreviations", "streets")) if word.isalpha()
    ) - known.words("abbreviations", "no_streets")


@cache
def _full_streets(known: Vocabulary) -> frozenset[str]:
    return frozenset(map(str.lower, language_of(known.code).tables["street"].values()))


STREET = Recogniser(
    "street",
    _street,
    (
        ("4 Elm hwy", "4 Elm Highway"),
        ("5 Oak Dr, Kent", "5 Oak Drive, Kent"),
        ("on 42nd St, and", "on 42nd Street, and"),
    ),
    words=_streets,
)
DIRECTION = Recogniser("street", _direction, (("10 N Main St", "10 North Main Street"),), capitals=True)
