"""Weights in stones: "10st 4lb", "11 st 7"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_HEAVIEST, _POUNDS = 60, 14
_FIRST = ("1", "11")
"""Endings of numbers: "21st" is a place in a row, "11st" a weight."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the number before "st"."""
    figures, unit = tokens[index].text, tokens.past_blank(index + 1)
    if tokens[unit].text != "st" or not figures.isdecimal() or int(figures[:3]) > _HEAVIEST:
        return
    number = tokens.past_blank(unit + 1)
    pounds = tokens[number].text
    counted = pounds.isdecimal() and int(pounds[:3]) < _POUNDS and tokens[number - 1].kind is Kind.SPACE
    end = tokens.past_blank(number + 1)
    marked = counted and tokens.word(end) in tokens.vocabulary.words("units", "pounds")
    stone = tokens.vocabulary.table("units", "stone")
    if marked or (counted and tokens[number + 1].kind is not Kind.WORD and tokens[number + 2].kind is not Kind.WORD):
        said = f"{figures} {stone['stone']} {pounds}"
        if marked:
            said += f" {stone['pound' if pounds == '1' else 'pounds']}"
        yield Reading(tokens[index].start, tokens[end if marked else number].end, "stone", Words(said), 0.9)
    elif unit == index + 1 and (not figures.endswith(_FIRST[0]) or figures.endswith(_FIRST[1])):
        yield Reading(tokens[index].start, tokens[unit].end, "stone", Words(f"{figures} {stone['stone']}"), 0.85)


STONE = Recogniser(
    "stone",
    _propose,
    (("10st 4lb", "10 stone 4 pounds"), ("11 st 7", "11 stone 7"), ("a 12st man", "a 12 stone man")),
    numerals=Beside.GLUED_WORD | Beside.SHORT_WORD,
)
