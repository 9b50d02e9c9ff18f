"""Times without a word for hours: "10.00–14.00", "Sa. von 10", "um ½ 9"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.sentences.language import language_of
from player.utterance.spoken.amounts import past_dash
from player.utterance.spoken.languages import CODES
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.abroad.clock import is_hour, said_time
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary

_EVEN = 5
"""Minutes between times at which doors open."""
_HALF_A_DAY = 12


def _time(tokens: Tokens, index: int) -> tuple[str, str, int]:
    """Return hours, minutes and the index behind them: "9.30", "9:30"; no hours where no time is."""
    hours, _, minutes = tokens[index].text.partition(".")
    after = index + 1
    if not minutes and tokens.is_sign(after, ":"):
        minutes, after = tokens[after + 1].text, after + 2
    even = len(minutes) == 2 and minutes.isdecimal() and minutes < "60" and int(minutes) % _EVEN == 0
    return (hours, minutes, after) if is_hour(hours) and even else ("", "", index)


def _range(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "10.00–14.00", "8:30 - 12:00"; not "6.00–23.00 €"."""
    hours, minutes, after = _time(tokens, index)
    last = past_dash(tokens, after) if hours else 0
    later, more, end = _time(tokens, last) if last else ("", "", 0)
    before = tokens[index - 1]
    if not later or before.kind is Kind.WORD or tokens.is_sign(index - 1, "-–—.,:/$€£"):
        return
    rising = (int(hours), minutes) < (int(later), more)
    behind = tokens.past_blank(end)
    amount = tokens.is_sign(behind, "%$€£-–/") or (tokens.is_sign(end, ":,") and tokens[end + 1].kind is Kind.NUMERAL)
    if rising and not amount and not read_unit(tokens, behind) and tokens[end].kind is not Kind.WORD:
        to = tokens.vocabulary.table("grammar", "joints")["to"]
        said = f"{said_time(tokens, hours, minutes)}{to}{said_time(tokens, later, more)}"
        yield Reading(tokens[index].start, tokens[end - 1].end, "time: range of hours", Words(said), 0.85)


HOURS = Recogniser(
    "time",
    _range,
    (("offen 10.00–14.30", "offen 10 Uhr bis 14 Uhr 30"),),
    numerals=Beside.POINT | Beside.COLON,
    languages=CODES,
)


def _days(known: Vocabulary) -> dict[str, str]:
    return {**language_of(known.code).tables["date"], **known.table("calendar", "short")}


def _weekday(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the day of "Sa. von 10–14 Uhr", "le sam. de 10h", "los sáb. de 10 a 14 h"."""
    at = tokens.past_blank(index + 2)
    if tokens.word(at) not in tokens.vocabulary.words("calendar", "before_hours"):
        return
    hours = tokens[at + 2].text.partition(".")[0]
    if tokens[at + 1].kind is Kind.SPACE and is_hour(hours):
        day = _days(tokens.vocabulary)[tokens.word(index)]
        many = tokens.word(tokens.before(index)) in tokens.vocabulary.words("calendar", "before_days")
        said = Words(f"{day}s" if many and day[-1] != "s" else day)
        yield Reading(tokens[index].start, tokens[index + 1].end, "date: day before hours", said, 0.96)


DAY_OF_HOURS = Recogniser(
    "date", _weekday, (("Sa. von 10 bis 14 Uhr", "Samstag von 10 bis 14 Uhr"),), stopped=_days, languages=CODES
)


def _parts_of_hours(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the sign of "um ½ 9", "um ¼ nach 3"."""
    clock, before = tokens.vocabulary.table("clock"), tokens.word(tokens.before(index))
    if before not in tokens.vocabulary.words("clock", "before_half") or tokens[index + 1].text != " ":
        return
    past = tokens.word(index + 2) in tokens.vocabulary.words("clock", "past")
    hour = tokens[index + 4 if past else index + 2].text
    if hour.isdecimal() and 1 <= int(hour[:3]) <= _HALF_A_DAY and past == (tokens[index].text == "¼"):
        said = Words(clock["quarter" if past else "half"])
        yield Reading(tokens[index].start, tokens[index].end, "time: part of an hour", said, 0.96)


PARTS_OF_HOURS = Recogniser(
    "time",
    _parts_of_hours,
    (("um ½ 9 Uhr", "um halb 9 Uhr"), ("um ¼ nach 3", "um Viertel nach 3")),
    signs="½¼",
    languages=("de",),
)
