"""Decimals without a zero: "p = .03", "rose .7%", "r = -.45"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import DASHES, number_of
from player.utterance.spoken.grammar import stands_apart
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Digits, Number, Pair, Value, Words

_AVERAGE = 3
"""Decimals of a batting average: ".324" is "3 24"."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    number = number_of(tokens[index].text)
    if number is None or number.whole:
        return
    start = tokens[index].start
    before = tokens.before(index)
    batted = {tokens.word(before), tokens.word(tokens.before(before))} & tokens.vocabulary.words("numbers", "batting")
    batted = batted or {tokens.word(tokens.after(index))} & tokens.vocabulary.words("numbers", "batted")
    if (batted or _is_in_line(tokens, index)) and len(number.decimals) == _AVERAGE:
        first, rest = number.decimals[0], number.decimals[1:]
        average: Value = Number(number.decimals, number.decimals) if rest == "00" else Pair(first, "", rest)
        average = Digits((first, rest), oh=True) if rest[0] == "0" != rest[1] else average
        yield Reading(start, tokens[index].end, "decimal: batting", average, 0.95)
    behind = index + 2 if tokens.is_sign(index + 1, "-") else tokens.after(index)
    if tokens.word(behind) in tokens.vocabulary.words("numbers", "calibers") and len(number.decimals) in (2, _AVERAGE):
        first, rest = number.decimals[:-2], number.decimals[-2:]  # "a .357 Magnum"
        value = Pair(first, "", rest) if first and rest[0] != "0" else Number(number.decimals, number.decimals)
        yield Reading(start, tokens[index].end, "decimal: caliber", value, 0.95)
    cartridge = tokens[index + 2].text if tokens.is_sign(index + 1, "-") else ""  # "a .30-06 rifle"
    if (
        number.decimals in tokens.vocabulary.words("numbers", "cartridges")
        and cartridge.isdecimal()
        and len(cartridge) == 2
    ):
        value = Pair(number.decimals, "", cartridge)
        yield Reading(start, tokens[index + 2].end, "decimal: cartridge", value, 0.95)
    ranged = tokens[index - 2].kind in (Kind.WORD, Kind.NUMERAL) or tokens[index - 2].text == "%"  # ".1%-.2%"
    if tokens.is_sign(index - 1, DASHES) and not ranged:
        number, start = number.but(sign="-"), tokens[index - 1].start
    elif tokens.is_sign(index - 1, "+") and tokens[index - 2].kind in (Kind.SPACE, Kind.EDGE):
        number, start = number.but(sign="+"), tokens[index - 1].start
    yield Reading(start, tokens[index].end, "decimal: without zero", number, 0.9)


def _is_in_line(tokens: Tokens, index: int) -> bool:
    """Return True in the line of a batter, three averages with slashes between: ".287/.345/.512"."""
    first = index
    while first > index - 4 and tokens.is_sign(first - 1, "/"):
        first -= 2
    line = (
        tokens[at].text.startswith(".") and len(tokens[at].text) == _AVERAGE + 1 for at in (first, first + 2, first + 4)
    )
    return tokens.is_sign(first + 1, "/") and tokens.is_sign(first + 3, "/") and all(line)


DECIMAL = Recogniser("decimal", _propose, (("p = .03", "p equals point 0 3"),), numerals=Beside.NO_WHOLE)


def _glued(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Numbers with a point behind letters, which some engines read without it: "PM2.5", "GPT-3.5"."""
    hyphen = tokens.is_sign(index - 1, "-")
    word, figures = tokens[index - 2 if hyphen else index - 1], tokens[index].text
    whole, _, decimals = figures.partition(".")
    named = word.kind is Kind.WORD and (len(word.text) > 1 or word.text != "A") and word.text not in _NAMES
    free = tokens[index + 1].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index + 1, ",.;:!?)")
    apart = stands_apart(tokens, index - 2 if hyphen else index - 1)
    if named and free and apart and whole.isdecimal() and decimals.isdecimal():
        value = Words(f" {figures}")
        start = tokens[index - 1].start if hyphen else tokens[index].start
        yield Reading(start, tokens[index].end, "decimal: behind letters", value, 0.8)


_NAMES = frozenset("vV")
"""Letters that say that a version follows."""
GLUED_DECIMAL = Recogniser("decimal", _glued, (("PM2.5 levels", "PM 2.5 levels"),), numerals=Beside.POINT)
