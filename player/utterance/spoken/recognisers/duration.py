"""Lengths of time: "2h 15m", "1 h 30 min", "5m 30s"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Duration

_LONGEST = 3


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    parts: list[tuple[str, str]] = []
    at, end = index, index
    for _ in range(_LONGEST):
        figures = tokens[at].text
        unit = tokens.past_blank(at + 1)
        sign = tokens.vocabulary.table("units", "durations").get(tokens.word(unit))
        sizes = [size for _, size in parts[-1:]]
        if tokens[at].kind is not Kind.NUMERAL or not sign or not figures.isdigit() or sign in sizes:
            break
        if parts and tokens[at - 1].kind is Kind.WORD and tokens[at + 1].kind is Kind.SPACE:
            break  # "3 m3 s-1"
        parts.append((figures, sign))
        end = unit
        at = tokens.after(unit) if not tokens.is_sign(unit + 1, ",") else tokens.after(unit + 1)
    order = ["h", "min", "s"]
    signs = [sign for _, sign in parts]
    if len(parts) > 1 and signs == sorted(signs, key=order.index):
        yield Reading(tokens[index].start, tokens[end].end, "duration", Duration(tuple(parts)), 0.9)


DURATION = Recogniser("duration", _propose, (("2h 15m later", "2 hours 15 minutes later"),), numerals=Beside.SHORT_WORD)
