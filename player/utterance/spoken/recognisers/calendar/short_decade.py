"""Decades, ages and temperatures by their tens: "the 80s", "mid-90s", "in her 30s", "the 60s and 70s"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.calendar_values import Decade
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens

_MOST_LISTED = 4


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the tens. Without a word that leads to them they are seconds: "wait 30s"."""
    if not _is_tens(tokens, index) or tokens[index + 2].kind is Kind.NUMERAL:
        return
    if _is_led(tokens, index) or _is_listed(tokens, index):
        value = Decade(1900 + int(tokens[index].text), short=True)
        yield Reading(tokens[index].start, tokens[index + 1].end, "decade: tens", value, 0.96)


def _is_tens(tokens: Tokens, index: int) -> bool:
    text = tokens[index].text
    return len(text) == 2 and text.isdecimal() and text[1] == "0" and text >= "20" and tokens[index + 1].text == "s"


def _is_led(tokens: Tokens, index: int) -> bool:
    """ "the 80s", "early-80s", "in his late 40s"."""
    known = tokens.vocabulary
    before = index - 2 if tokens.is_sign(index - 1, "-–") else tokens.before(index)
    unit = tokens.word(tokens.past_blank(index + 2)) in known.words("calendar", "behind_seconds")
    return tokens.word(before) in known.words("calendar", "before_tens") and not unit


def _is_listed(tokens: Tokens, index: int) -> bool:
    """ "the 60s, 70s and 80s"."""
    at = index
    for _ in range(_MOST_LISTED):
        before = tokens.before(at)
        while tokens.is_sign(before, ",&") or tokens.word(before) in tokens.vocabulary.words("joints", "linking"):
            before = tokens.before(before)
        if tokens[before].text != "s" or not _is_tens(tokens, before - 1):
            return False
        if _is_led(tokens, before - 1):
            return True
        at = before - 1
    return False


SHORT_DECADE = Recogniser("decade", _propose, (("in the 80s", "in the eighties"),), numerals=Beside.GLUED_WORD)
