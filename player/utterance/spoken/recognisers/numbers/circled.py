"""Figures in a circle, which voices pass over: "① Open it.", "❷"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_SIGNS = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x24F5, 0x24FF), *range(0x2776, 0x2794))))
"""Of Unicode: ① to ⑳, ⓵ to ⓾, and ❶ to ➓ of three kinds."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    before, after = (tokens[at].kind in (Kind.WORD, Kind.NUMERAL) for at in (index - 1, index + 1))
    said = f"{' ' * before}{int(unicodedata.numeric(tokens[index].text))}{' ' * after}"
    yield Reading(tokens[index].start, tokens[index].end, "circled", Words(said), 0.95)


CIRCLED = Recogniser("circled", _propose, (("① Open it.", "1 Open it."),), signs=_SIGNS, languages=())
