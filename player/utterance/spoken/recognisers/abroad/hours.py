"""Times without a word for hours, and what clocks are stopped at: "10.00–14.00", "Sa. von 10", "2h01'09"", "9s58"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.sentences.language import language_of
from player.utterance.spoken.amounts import past_dash
from player.utterance.spoken.languages import CODES
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.abroad.clock import is_hour, said_time
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit, units
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary

_EVEN = 5
"""Minutes between times at which doors open."""
_MINUTES, _SECONDS = "'’′", '"”″'
_MOST = 3
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
    languages=("fr", "de", "es", "it", "pt", "nl"),
)


def _large_and_small(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first figures of "1m80", "3€50": so much, and so many hundredths."""
    unit, rest, known = tokens[index + 1].text, tokens[index + 2].text, tokens.vocabulary
    free = tokens[index - 1].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index - 1, '(«“"')
    ends = tokens[index + 3].kind is not Kind.WORD and not tokens.is_sign(index + 3, "'’\"")
    if not (free and ends and tokens[index].text.isdecimal() and len(rest) == 2 and rest.isdecimal()):
        return
    sign = known.table("currencies", "signs").get(unit)
    name = known.table("currencies", "names").get(sign) if sign else units(known).names.get(unit if unit == "m" else "")
    if name:
        whole, joint = tokens[index].text, str(known.table("clock")["minutes"])
        said = f"{whole} {name[whole != '1']}{joint.format(int(rest))}"
        yield Reading(tokens[index].start, tokens[index + 2].end, "measure: and hundredths", Words(said), 0.96)


HUNDREDTHS = Recogniser(
    "measure",
    _large_and_small,
    (("il mesure 1m80", "il mesure 1 mètre 80"), ("pour 3€50", "pour 3 euros 50")),
    numerals=Beside.GLUED_WORD | Beside.SIGN,
    languages=("fr", "nl", "pt", "it"),
)


def _product(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the dot of "5,5 · 10⁻⁷"."""
    spaced = tokens[index - 1].text == tokens[index + 1].text == " "
    if spaced and tokens[index - 2].kind is tokens[index + 2].kind is Kind.NUMERAL:
        said = tokens.vocabulary.table("mathematics", "between")["×"]
        yield Reading(tokens[index].start, tokens[index].end, "product", Words(said), 0.85)


PRODUCT = Recogniser("product", _product, (("5 · 10 m", "5 mal 10 Meter"),), signs="·⋅", languages=CODES)


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
