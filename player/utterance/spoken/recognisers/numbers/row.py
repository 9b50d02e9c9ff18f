"""Numbers said one after the other: "as easy as 1-2-3", "dial 9-1-1", "a 4-6-3 double play"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Joint

_FEWEST, _MOST = 3, 8
"""Numbers in a row."""
_LONGEST = 3
"""Figures of each."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first of at least three numbers with hyphens between."""
    if not (tokens[index - 1].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index - 1, "(“\"‘'—")):
        return
    last, figures, dashes = index, [tokens[index].text], []
    while len(figures) < _MOST and tokens.is_sign(last + 1, "-–") and tokens[last + 2].kind is Kind.NUMERAL:
        dashes.append(tokens[last + 1])
        last += 2
        figures.append(tokens[last].text)
    short = all(text.isdecimal() and len(text) <= _LONGEST for text in figures)
    glued = tokens[last + 1].kind is Kind.WORD or (
        tokens.is_sign(last + 1, "-/.,:") and tokens[last + 2].text.isalnum()
    )
    if len(figures) < _FEWEST or not short or glued:
        return
    for dash in dashes:
        yield Reading(dash.start, dash.end, "joint: in a row", Joint(""), 0.8)


ROW = Recogniser("joint", _propose, (("as easy as 1-2-3", "as easy as 1 2 3"),), numerals=Beside.DASH)
