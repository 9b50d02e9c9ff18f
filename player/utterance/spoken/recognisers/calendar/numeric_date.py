"""Dates in figures: "2025-02-13", "2/13/2025", "13.2.2025", "on 12/25"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.calendar_values import Date
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import full_year, is_day
from player.utterance.spoken.tokens import Kind, Tokens

_MOST_MONTHS = 12


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first numeral."""
    token = tokens[index]
    if tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, "/-.,$€£"):
        return
    if "." in token.text or tokens.is_sign(index + 1, "."):
        yield from _pointed(tokens, index)
        return
    joint = tokens[index + 1].text
    second, third = tokens[index + 2].text, tokens[index + 4].text
    if joint not in ("-", "/") or not (token.text.isdecimal() and second.isdecimal()):
        return
    if tokens[index + 3].text == joint and third.isdecimal():
        yield from _three(tokens, index, joint, (token.text, second, third))
    elif joint == "/" and not tokens.is_sign(index + 3, "/"):
        known = tokens.vocabulary
        weekday = _is_weekday(tokens, index)
        said = tokens.word(tokens.before(index)) == "on" or weekday
        after = tokens[index + 3]
        date = _day_and_month(tokens, token.text, second, "")
        led = weekday or tokens.word(tokens.before(index)) in known.words("calendar", "before_dates")
        goes_on = (
            tokens.word(tokens.after(index + 2)) == "of"
            or after.kind is Kind.WORD
            or (after.text == "." and tokens[index + 4].kind is Kind.NUMERAL)
        )
        yield from _month_and_year(tokens, index, goes_on)
        said = said or _is_span(tokens, index)
        if date and (led or said) and not goes_on:
            yield Reading(token.start, tokens[index + 2].end, "date: no year", date, 0.92 if said else 0.55)


def _is_span(tokens: Tokens, index: int) -> bool:
    """ "from 3/1 to 4/15", either of them; not "from 3/4 to 7/8 of an inch"."""
    known, first = tokens.vocabulary.table("joints", "changes"), index
    if known.get(tokens.word(tokens.before(index))) == "to":
        first = tokens.before(tokens.before(index)) - 2
    led = known.get(tokens.word(tokens.before(first))) == "from" and tokens.is_sign(first + 1, "/")
    joint = tokens.after(first + 2)
    last = tokens.after(joint)
    parts = [tokens[at].text for at in (first, first + 2, last, last + 2)]
    if (
        not led
        or known.get(tokens.word(joint)) != "to"
        or not all(part.isdecimal() and len(part) < 3 for part in parts)
    ):
        return False
    days = int(parts[1]) > _MOST_MONTHS or int(parts[3]) > _MOST_MONTHS
    return days and is_day(int(parts[0]), int(parts[1])) and is_day(int(parts[2]), int(parts[3]))


def _month_and_year(tokens: Tokens, index: int, goes_on: bool) -> Iterator[Reading]:
    """ "06/2020", "in 12/2019"; not "1/2000 of them", "Regulation 06/2020"."""
    month, year, before = tokens[index].text, tokens[index + 2].text, tokens.before(index)
    known = tokens.vocabulary
    led = tokens.word(before) in known.words("calendar", "before_dates") | known.words("grammar", "before_years")
    named = tokens[before].text[:1].isupper() and tokens[before].kind is Kind.WORD and not led
    dated = len(year) == 4 and "1900" < year < "2100" and 1 <= int(month[:3]) <= 12
    if dated and not (goes_on or named) and len(month) < 3 and (month[0] == "0" or led):
        value = Date(int(month), 0, 0, year)
        yield Reading(tokens[index].start, tokens[index + 2].end, "date: month and year", value, 0.85)


def _is_weekday(tokens: Tokens, index: int) -> bool:
    """ "Fri. 5/17", "Tuesday (2/22)", "Friday night (5/18)"."""
    if tokens.is_sign(index - 1, "(") and tokens.word(index - 5) in tokens.vocabulary.words("calendar", "weekdays"):
        return tokens[index - 5].text[:1].isupper()
    at = tokens.before(index - 1 if tokens.is_sign(index - 1, "(") else index)
    at = tokens.before(at) if tokens.is_sign(at, ".,") else at
    return tokens[at].text[:1].isupper() and tokens.word(at) in tokens.vocabulary.words("calendar", "weekdays")


def _three(tokens: Tokens, index: int, joint: str, parts: tuple[str, str, str]) -> Iterator[Reading]:
    first, second, third = parts
    after = tokens[index + 5]
    leads = tokens.word(index + 5) == "t" and tokens[index + 6].kind is Kind.NUMERAL
    if (after.kind is Kind.WORD and not leads) or after.text in ("/", "-"):
        return
    start, end = tokens[index].start, tokens[index + (5 if leads else 4)].end
    written = len(second) == len(third) == 2 or ("1900" < first < "2100" and len(third) < 3)
    if len(first) == 4 and written and is_day(int(second), int(third)):
        value = Date(int(second), int(third), 0, first, leads=leads)
        yield Reading(start, end, "date: year first", value, 0.96)
        return
    dated = len(third) == 4 and third[:2] in ("16", "17", "18", "19", "20")
    if leads or len(first) > 2 or len(second) > 2 or not (dated or (len(third) == 2 and joint == "/")):
        return
    date = _day_and_month(tokens, first, second, third)
    named = tokens[tokens.before(index)].text
    versions = named != named.lower() and named.isalpha() and not _is_weekday(tokens, index)
    rising = len(third) == 2 and int(first) + 1 == int(second) and int(second) < int(third)  # "Windows 7/8/10"
    if date and not (joint == "/" and versions and rising and named.lower() not in _before(tokens)):
        yield Reading(start, end, "date: figures", date, 0.96)


def _before(tokens: Tokens) -> frozenset[str]:
    return tokens.vocabulary.words("calendar", "before_dates")


def _pointed(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "13.2.2025", "13. 2. 2025"."""
    parts = tokens[index].text.split(".")
    end = index
    while len(parts) < 3 and tokens.is_sign(end + 1, ".") and tokens[tokens.past_blank(end + 2)].kind is Kind.NUMERAL:
        end = tokens.past_blank(end + 2)
        parts += tokens[end].text.split(".", 3)
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or len(parts[1]) > 2:
        return
    day, month, year = parts
    if len(day) == 4 and len(month) == len(year) == 2 and is_day(int(month), int(year)) and "1900" < day < "2100":
        yield Reading(tokens[index].start, tokens[end].end, "date: points", Date(int(month), int(year), 0, day), 0.9)
    more = tokens[end + 1].kind is Kind.WORD or tokens.is_sign(end + 1, "/")
    if more or len(day) > 2 or len(year) != 4 or not "16" <= year[:2] <= "20":
        return
    first, second = int(day), int(month)
    value = Date(second, first, 0, year) if is_day(second, first) else Date(first, second, 0, year)
    if is_day(value.month, value.day):
        yield Reading(tokens[index].start, tokens[end].end, "date: points", value, 0.95)


def _day_and_month(tokens: Tokens, first: str, second: str, third: str) -> Date | None:
    """Return a date whose day is first where people of its language write it so, or where it can be nothing else."""
    year = full_year(third)
    orders = [(int(first), int(second)), (int(second), int(first))]
    day_first = tokens.language in tokens.vocabulary.words("calendar", "day_first")
    for month, day in reversed(orders) if day_first else orders:
        if is_day(month, day):
            return Date(month, day, 0, year)
    return None


NUMERIC_DATE = Recogniser(
    "date",
    _propose,
    (
        ("on 2025-02-13", "on February thirteenth, twenty twenty-five"),
        ("on 2/13/2025", "on February thirteenth, twenty twenty-five"),
        ("on 13.2.2025", "on February thirteenth, twenty twenty-five"),
        ("on 12/25", "on December twenty-fifth"),
    ),
    numerals=Beside.POINT | Beside.SLASH | Beside.DASH | Beside.STOP,
)
