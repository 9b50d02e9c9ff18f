"""Units: their names in a language, and how they are read from tokens, powers, strokes and all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Factor, Unit
from player.utterance.spoken.vocabulary import Vocabulary

_POWERS = {"²": 2, "³": 3, "2": 2, "3": 3}
_TIMES = "·⋅"
_RAISED = {"¹": 1, "²": 2, "³": 3, "1": 1, "2": 2, "3": 3}
_MOST_BRACKETED = 3
"""Units in brackets below a slash."""
_AROUND = 10
"""Tokens to either side, of words that tell two units apart."""
_MOST_STROKES = 2
"""In "mg/kg/day"."""


@dataclass(frozen=True)
class Units:
    """The units of a language."""

    names: Mapping[str, tuple[str, str]]
    """Sign -> one, many."""
    parts: Mapping[str, tuple[str, ...]]
    """First token -> the signs of several tokens that begin with it, longest first: "sq" -> "sq. km", "sq ft"."""
    any_case: Mapping[str, str]
    """In small letters -> sign."""


def units(vocabulary: Vocabulary) -> Units:
    """Return the units of a vocabulary's language, made from its data once."""
    return _units(vocabulary)


@cache
def _units(vocabulary: Vocabulary) -> Units:
    names = dict(_prefixed(vocabulary))
    for sign, (one, *many) in vocabulary.table("units", "plain").items():
        names[sign] = (one, many[0] if many else one + "s")
    names |= {"\u03bc" + sign[1:]: name for sign, name in names.items() if sign[0] == "µ"}  # the Greek letter
    parts: dict[str, list[str]] = {}
    for sign in sorted(names, key=len, reverse=True):
        first = Tokens(sign, vocabulary.code)[0].text
        if first != sign:
            parts.setdefault(first, []).append(sign)
    wanted = vocabulary.words("units", "any_case")
    folded = {sign.lower(): sign for sign in reversed(names) if sign.lower() in wanted}
    return Units(names, {first: tuple(signs) for first, signs in parts.items()}, folded)


def _prefixed(vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, str]]]:
    prefixes = vocabulary.table("units", "prefixes")
    for sign, (name, used, *many) in vocabulary.table("units", "prefixed").items():
        for prefix in used.split():
            before = "" if prefix == "." else prefixes[prefix]
            names = (before + name, before + (many[0] if many else name + "s"))
            yield sign if prefix == "." else prefix + sign, names


def read_unit(tokens: Tokens, index: int) -> tuple[Unit, int] | None:
    """Return the unit that begins with this token, and the index behind it: "km", "m²", "mg/kg/day", "N·m", "sq.
    ft", "W/(m·K)"."""
    if index not in tokens.units:
        tokens.units[index] = _read_unit(tokens, index)
    return tokens.units[index]


def is_of_dose(tokens: Tokens, index: int) -> bool:
    """Return True if the unit that begins with this token measures doses: "100/50 mg"; not "120/80 mmHg"."""
    unit = read_unit(tokens, index)
    return unit is not None and unit[0].over[0].sign in tokens.vocabulary.words("units", "doses")


def _read_unit(tokens: Tokens, index: int) -> tuple[Unit, int] | None:
    found = _factor(tokens, index)
    if found is None:
        return None
    factor, at = found
    over: list[Factor] = [factor]
    under: list[Factor] = []
    while tokens.is_sign(at, _TIMES) and not _below(tokens, at) and (more := _factor(tokens, at + 1)):
        over.append(more[0])
        at = more[1]
    while more := _below(tokens, at):
        under.append(more[0])
        at = more[1]
    bracketed = _bracketed(tokens, at)
    if bracketed:
        under += bracketed[0]
        at = bracketed[1]
    shouted = len(first := tokens[index].text) > 1 and first.isupper()
    while tokens.is_sign(at, "/") and len(under) < _MOST_STROKES and (more := _factor(tokens, at + 1, shouted)):
        under.append(more[0])
        at = more[1]
    glued = _factor(tokens, at) if under and under[-1].power > 1 and tokens[at].kind is Kind.WORD else None
    if glued:  # "W/m²K"
        under.append(glued[0])
        at = glued[1]
    if tokens[at].kind in (Kind.NUMERAL, Kind.WORD) or tokens.is_sign(at, "_") or _is_possessive(tokens, at):
        return None
    return Unit(tuple(over), tuple(under)), at


def _bracketed(tokens: Tokens, index: int) -> tuple[list[Factor], int] | None:
    """ "/(m·K)", "/(kg day)": units below a slash in brackets."""
    if not (tokens.is_sign(index, "/") and tokens.is_sign(index + 1, "(")):
        return None
    found: list[Factor] = []
    at = index + 2
    while len(found) < _MOST_BRACKETED and (more := _factor(tokens, at)):
        found.append(more[0])
        at = more[1] + 1 if tokens.is_sign(more[1], _TIMES + "*") else tokens.past_blank(more[1])
    return (found, at + 1) if found and tokens.is_sign(at, ")") else None


def _below(tokens: Tokens, index: int) -> tuple[Factor, int] | None:
    """ " s⁻²", "·mol⁻¹": a unit that the ones before it are divided by."""
    at = index + 1 if tokens.is_sign(index, _TIMES) else tokens.past_blank(index)
    found = _factor(tokens, at) if at > index else None
    signs = "⁻" if index == at else "⁻-−"  # "m s-1" with a blank
    power = _RAISED.get(tokens[found[1] + 1].text, 0) if found and tokens.is_sign(found[1], signs) else 0
    return (found[0].but(power=power), found[1] + 2) if found and power else None


def _is_possessive(tokens: Tokens, index: int) -> bool:
    return tokens.is_sign(index, "'’") and tokens.word(index + 1) == "s"


def _factor(tokens: Tokens, index: int, shouted: bool = False) -> tuple[Factor, int] | None:
    """Return a unit with its power; `shouted` when it stands below one in capitals: "KM/H"."""
    known = units(tokens.vocabulary)
    first = tokens[index].text
    first = first.lower() if shouted and first not in known.names else first
    spoons = tokens.vocabulary.words("units", "spoons")
    for sign in known.parts.get(first, ()):
        after = tokens.matches(index, sign)
        if after and (sign not in spoons or tokens[tokens.past_blank(after)].text.islower()):
            return _with_power(tokens, sign, after)
    many = first[-1:] == "s" and first[:-1].isupper()  # "30 HRs"
    sign = first if first in known.names or many else known.any_case.get(first.lower(), "")
    sign = _by_words_around(tokens, index, sign) if sign in known.names else ""
    return _with_power(tokens, sign, index + 1) if sign else None


def _by_words_around(tokens: Tokens, index: int, sign: str) -> str:
    """Return the sign of the unit that is meant here: "kts" for the "kt" of "20 kt winds"."""
    other: str = tokens.vocabulary.table("units", "instead").get(sign, "")
    if not other:
        return sign
    words = tokens.vocabulary.table("units", "instead_near")[sign].split()
    near = any(tokens.word(at) in words for at in range(max(index - _AROUND, 0), index + _AROUND))
    return other if near else sign


def _with_power(tokens: Tokens, sign: str, index: int) -> tuple[Factor, int]:
    at = index + 1 if tokens.is_sign(index, "^") else index
    power = _POWERS.get(tokens[at].text, 0)
    powered = tokens.vocabulary.words("units", "powered")
    other = len(sign) > 2 or (bool(powered) and sign not in powered)  # "F3" of a name
    if not power or (at == index and tokens[at].kind is Kind.NUMERAL and other):
        return Factor(sign), index
    return Factor(sign, power), at + 1
