"""Lengths of time: "2h 15m", "1 h 30 min", "5m 30s"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.calendar_values import Clock
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Duration, Value

_LONGEST = 3
_ON_CLOCKS = ("h", "min", "s")
_LONGEST_HOURS = 5
"""Of a length of time without minutes behind a number: "17h30" is a time of day."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    parts: list[tuple[str, str]] = []
    at, end = index, index
    for _ in range(_LONGEST):
        figures = tokens[at].text
        unit = tokens.past_blank(at + 1)
        sign = tokens.vocabulary.table("units", "durations").get(tokens.word(unit))
        sizes = [size for _, size in parts[-1:]]
        if tokens[at].kind is not Kind.NUMERAL or not sign or not figures.isdecimal() or sign in sizes:
            break
        if parts and tokens[at - 1].kind is Kind.WORD and tokens[at + 1].kind is Kind.SPACE:
            break  # "3 m3 s-1"
        parts.append((figures, sign))
        end = unit
        at = tokens.after(unit) if not tokens.is_sign(unit + 1, ",") else tokens.after(unit + 1)
    if len(parts) == 1:
        yield from _hours(tokens, index)
    order = ["d", "h", "min", "s"]
    signs = [sign for _, sign in parts]
    if len(parts) > 1 and signs == sorted(signs, key=order.index):
        yield Reading(tokens[index].start, tokens[end].end, "duration", Duration(tuple(parts)), 0.9)


def _hours(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "1h30"; "at 17h30" is a time of day."""
    hours, minutes = tokens[index].text, tokens[index + 2].text
    sixty = len(minutes) == 2 and minutes.isdecimal() and minutes < "60"
    if tokens[index + 1].text != "h" or not sixty or not hours.isdecimal() or len(hours) > 2:
        return
    if tokens[index + 3].kind is Kind.WORD or tokens.is_sign(index - 1, ".,:/"):
        return
    at = tokens.word(tokens.before(index)) in tokens.vocabulary.words("grammar", "before_times")
    value: Value = Duration(((hours, "h"), (minutes, "min")))
    if at or int(hours) > _LONGEST_HOURS:
        value = Clock(int(hours), minutes)
    yield Reading(tokens[index].start, tokens[index + 2].end, "duration: hours", value, 0.9)


DURATION = Recogniser("duration", _propose, (("2h 15m later", "2 hours 15 minutes later"),), numerals=Beside.SHORT_WORD)


def _raced(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "1:23.45", "2:05:31.2": what a clock was stopped at."""
    figures = [tokens[index].text]
    at = index
    while tokens.is_sign(at + 1, ":") and tokens[at + 2].kind is Kind.NUMERAL and len(figures) < len(_ON_CLOCKS):
        at += 2
        figures.append(tokens[at].text)
    whole, point, parts = figures[-1].partition(".")
    sixty = all(len(one) == 2 and one.isdecimal() and one < "60" for one in (*figures[1:-1], whole))
    if len(figures) < 2 or not sixty or not parts.isdecimal() or len(figures[0]) > 2 or not figures[0].isdecimal():
        return
    if (
        tokens[index - 1].kind is Kind.WORD
        or tokens.is_sign(index - 1, ":.,/")
        or tokens[at + 1].kind is Kind.WORD
        or tokens.is_sign(at + 1, ":")
    ):
        return
    figures[-1] = f"{int(whole)}{point}{parts}"
    named = zip(
        (str(int(one)) if one.isdecimal() else one for one in figures), _ON_CLOCKS[-len(figures) :], strict=True
    )
    yield Reading(tokens[index].start, tokens[at].end, "duration: raced", Duration(tuple(named)), 0.9)


RACED = Recogniser("duration", _raced, (("won in 1:23.45", "won in 1 minute 23.45 seconds"),), numerals=Beside.COLON)


def _remaining(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "with 0:42 left", "just 2:35 to play": what a clock still shows."""
    minutes, seconds, known = tokens[index].text, tokens[index + 2].text, tokens.vocabulary
    sixty = len(seconds) == 2 and seconds.isdecimal() and seconds < "60"
    if not sixty or not minutes.isdecimal() or not tokens.is_sign(index + 1, ":") or tokens[index + 3].text != " ":
        return
    behind = tuple(known.table("calendar")["behind_time_left"])
    led = tokens.word(tokens.before(index)) in known.words("calendar", "before_time_left")
    if led and tokens.text.startswith(behind, tokens[index + 4].start):
        figures = ((str(int(minutes)), "min"), (str(int(seconds)), "s"))
        parts = tuple(one for one in figures if one[0] != "0")
        yield Reading(tokens[index].start, tokens[index + 2].end, "duration: left", Duration(parts), 0.96)


REMAINING = Recogniser("duration", _remaining, (("with 0:42 left", "with 42 seconds left"),), numerals=Beside.COLON)
