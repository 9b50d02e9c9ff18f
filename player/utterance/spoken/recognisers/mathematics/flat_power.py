"""Powers of ten that lost their raised figures: "5 × 10−4", "p < 10−6"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.quantities.measure import behind_power
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_TEN = "10"
_MOST_FIGURES = 2
"""Of an exponent."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the ten."""
    ten, dash, exponent = tokens[index : index + 3]
    if ten.text != _TEN or dash.text not in "-−–" or not exponent.text.isdecimal():
        return
    falls = len(exponent.text) == 1
    if len(exponent.text) > _MOST_FIGURES or not (falls or dash.text == "−") or tokens.is_sign(index + 3, "-–%"):
        return
    powers = tokens.vocabulary.table("mathematics", "powers")
    said = f"{powers['minus']} {exponent.text.lstrip('0') or '0'}"
    cross = tokens.before(index)
    first = tokens.before(cross)
    factor = tokens.is_sign(cross, "×·⋅") or tokens.word(cross) in tokens.vocabulary.words("joints", "cross")
    if factor and tokens[first].kind is Kind.NUMERAL:
        yield Reading(tokens[first].end, exponent.end, "power: of ten", Words(f" {powers['ten']} {said}"), 0.95)
        yield from behind_power(tokens, index + 3)
    elif dash.text == "−" and falls and not tokens.is_sign(tokens.after(index + 2), "="):
        scored = tokens.word(tokens.before(index)) in tokens.vocabulary.words("joints", "score")
        free = tokens[index - 1].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index - 1, "(<>=≤≥~≈")
        sure = 0.9 if free and not scored else 0.3
        yield Reading(ten.end, exponent.end, "power: of ten", Words(f" {powers['other']} {said}"), sure)


FLAT_POWER = Recogniser("power", _propose, (("5 × 10−4", "5 times 10 to the power of minus 4"),), numerals=Beside.DASH)
