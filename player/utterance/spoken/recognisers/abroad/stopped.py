"""What clocks are stopped at: "2h01'09"", "1'23"", "9s58"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import units
from player.utterance.spoken.values import Words

_MINUTES, _SECONDS = "'’′", '"”″'
_MOST = 3
"""Parts: hours, minutes, seconds."""


def _stopped(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first figures of "2h01'09"", "1'23"", "9"58", "1min23s", "9s58"."""
    if tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, _MINUTES + _SECONDS + ".,:/"):
        return
    parts: list[tuple[str, str]] = []
    at = index
    while len(parts) < _MOST and tokens[at].text.isdecimal() and (unit := _unit(tokens, at + 1)):
        parts.append((tokens[at].text, unit))
        at += 2
        if tokens[at].text == " " and tokens.is_sign(at + 2, _MINUTES + _SECONDS):  # "2h 01' 09""
            at += 1
    at -= tokens[at - 1].kind is Kind.SPACE
    rest = tokens[at].text
    hundredths = rest if parts and parts[-1][1] == "s" and len(rest) == 2 and rest.isdecimal() else ""
    order = [unit for _, unit in parts]
    seconds = order[-1:] == ["s"]
    if not seconds or order != sorted(set(order)) or (len(parts) < 2 and not hundredths):
        return
    end = at if hundredths else at - 1
    if tokens[end + 1].kind in (Kind.WORD, Kind.NUMERAL):
        return
    names = units(tokens.vocabulary).names
    said = [f"{int(figures)} {names[unit][int(figures) != 1]}" for figures, unit in parts]
    yield Reading(
        tokens[index].start, tokens[end].end, "time: stopped", Words(" ".join([*said, hundredths]).strip()), 0.97
    )


def _unit(tokens: Tokens, index: int) -> str:
    if tokens.is_sign(index, _MINUTES):
        return "min"
    letters = tokens.vocabulary.table("clock", "letters")
    return "s" if tokens.is_sign(index, _SECONDS) else str(letters.get(tokens[index].text, ""))


STOPPED = Recogniser(
    "time",
    _stopped,
    (("en 1'23\"", "en 1 minute 23 secondes"), ('en 9"58', "en 9 secondes 58")),
    numerals=Beside.GLUED_WORD | Beside.SIGN,
    languages=("fr", "de", "es", "it", "pt", "nl"),  # the first: that of its examples
)
