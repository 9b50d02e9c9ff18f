"""Decimals without a zero: "p = .03", "rose .7%", "r = -.45"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import DASHES, number_of
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    number = number_of(tokens[index].text)
    if number is None or number.whole:
        return
    start = tokens[index].start
    if tokens.is_sign(index - 1, DASHES) and tokens[index - 2].kind not in (Kind.WORD, Kind.NUMERAL):
        number, start = number.but(sign="-"), tokens[index - 1].start
    yield Reading(start, tokens[index].end, "decimal: without zero", number, 0.9)


DECIMAL = Recogniser("decimal", _propose, (("p = .03", "p equals point 0 3"),), numerals=Beside.NO_WHOLE)
