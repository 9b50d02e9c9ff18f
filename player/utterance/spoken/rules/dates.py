"""Dates, years, decades and times of day."""

from __future__ import annotations

import re

from player.utterance.manner import Reads
from player.utterance.sentences.language import language_of
from player.utterance.spoken.rules.model import BLANKS, DASHES, DIGITS, Rule, pairs, says
from player.utterance.spoken.speakers.english.number_words import decade, ordinal, two_digits, year

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FULL = {
    **{m: m for m in _MONTHS},
    **{short.capitalize(): full for short, full in language_of("en").tables["date"].items() if full in _MONTHS},
}
_MONTH = "|".join(sorted(_FULL, key=len, reverse=True))
_MONTH_STARTS = frozenset(month[:2] for month in _FULL)
_YEAR = r"1[1-9]\d\d|20\d\d"
_YEAR_STARTS = pairs("1", "123456789") | {"20"}
_DAY_FIRST = frozenset({"en-GB", "en-AU", "en-NZ", "en-IE", "en-IN", "en-ZA"})
"""Where 3/4/2025 is in April (CLDR, short date formats)."""
_COUNTED = (
    r"people|persons?|men|women|children|soldiers|troops|students|workers|members|votes|points|jobs|cases|deaths"
    r"|dollars|euros|pounds|percent|per cent|miles|meters|metres|kilometers|kilometres|feet|inches|yards|acres"
    r"|tons|tonnes|kilograms|grams|calories|hours|minutes|seconds|days|years|times|words|pages|copies|homes"
    r"|million|billion|trillion|or so|others"
    r"|staff|employees|residents|inhabitants|users|visitors|visits|participants|patients|species|villages|houses"
    r"|ships|boats|cars|vehicles|units|animals|birds|fish|trees|volunteers|refugees|prisoners|officers|sheep|cattle"
    r"|kg|g|mg|km|m|cm|mm|ft|lbs?|MW|kW|MHz|rpm|hp|cc|ml|kcal|watts|volts|tickets|seats|beds|rooms|books|letters"
)
_YEARS = re.compile(
    rf"(?=[12])(?:(?<=\bc\.)|(?<![\w.,$€£/:#+-]))(?<![\d]–)(?<!No\. )(?<!§ )(?<!§)(?:(?<=[QH]\d )|(?<!\d ))({_YEAR})"
    rf"(?![\w%°]|[.,:/]\d|-\d{{3}}|\s?[–-]?\s?(?:{_COUNTED})\b|\s\d{{3}}\b)"
)
_MEDIEVAL = re.compile(
    r"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Uu]ntil )|(?<=\b[Bb]efore )|(?<=\b[Aa]fter ))10[1-9]\d"
    rf"(?![\w%°]|[.,:/]\d|\s(?:{_COUNTED})\b|\s\d{{3}}\b)"
)
_RANGE = re.compile(
    rf"(?<![\d.,$€£/-])({_YEAR})(?:\s?[-–—]\s?((?:{_YEAR})|\d\d)|/((?:20|19)?\d\d))(?![\d.,/]*\d|[-–\w%])"
)
_UNTIL = re.compile(r"(?<=\d)\s?[-–—]\s?(?=(?:present|today|now)\b)|(?<=\d0s)\s?[-–]\s?(?=(?:\d\d|['’])?\d0s)")
_FISCAL = re.compile(r"\bFY\s?((?:20|19)?\d\d)\b")
_NO_YEAR = re.compile(r"(?<=\b[Oo]n )(\d{1,2})/(\d{1,2})(?![\d/])")
_CLOCK_RANGE = re.compile(r"(?:[AaPp]\.?[Mm]\b\.?|[Nn]oon|[Mm]idnight)(?P<it>\s?[-–—]\s?)(?=\d|noon|midnight)")
_POINTED_CLOCK = re.compile(
    r"(?<![\d:.,$€£])(1?\d|2[0-4])(?P<it>\.([0-5]\d))"
    r"(?=\s?(?:to|until|and|-|–)\s?\d{1,2}(?:[.:][0-5]\d)?\s?[ap]\.?m\b)"
)
_DECADES = re.compile(r"(?<![\d.,$€£])(1[1-9]\d0|20\d0)['’]?s\b")
_SHORT_DECADES = re.compile(r"(?:(?<![\d.,$€£\w])['‘’]|(?<=0s[-–]))([2-9])0['’]?s\b")
_MONTH_DAY = re.compile(
    rf"(?=[A-Z])\b({_MONTH})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[-–]\s?(\d{{1,2}}))?(?![\w:%]|[.,]\d|\s(?:{_COUNTED})\b)"
    rf"(?:,?\s({_YEAR})\b(?!%))?"
)
_DAY_MONTH = re.compile(
    rf"(?=\d)(?<![\d.,:/])\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[-–]\s?(\d{{1,2}})(?:th|st|nd|rd)?)?"
    rf"\s({_MONTH})\b\.?(?:,?\s({_YEAR})\b)?(?!\s\d)"
)
_ISO = re.compile(r"(?<![\w/-])(\d{4})([-/])(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?:T(?=\d\d:\d\d)|(?![\w/-]))")
_NUMERIC = re.compile(
    r"(?<![\w/.-])(\d{1,2})/(\d{1,2})/((?:19|20)?\d\d)(?![\w/])|(?<![\w/.-])(\d{1,2})-(\d{1,2})-((?:19|20)\d\d)(?![\w/-])"
)
_CONTINENTAL = re.compile(r"(?<![\w/.-])(\d{1,2})\. ?(\d{1,2})\. ?((?:19|20)\d\d)(?![\w/]|\.\d)")
_MONTH_YEAR = re.compile(rf"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?(?=,?\s(?:{_YEAR})\b)")
_SHORT_DAYS = {s.capitalize(): d for s, d in language_of("en").tables["date"].items() if d.endswith("day")}
_SHORT_NAMES = _FULL | _SHORT_DAYS
_SHORT_NAME = "|".join(sorted(_SHORT_NAMES, key=len, reverse=True))
_CALENDAR_RANGE = re.compile(
    rf"\b({_SHORT_NAME})\.?\s?[-–]\s?({_SHORT_NAME})\b(?!\.?\s?\d{{1,2}}\b)(?:\.(?=[,;:)]|\s[a-z\d]))?"
)
_DAY_BEFORE_DATE = re.compile(
    rf"\b({'|'.join(sorted(_SHORT_DAYS, key=len, reverse=True))})(?=,? (?:\d{{1,2}} )?(?:{_MONTH})\b)"
)
_MILITARY = re.compile(
    r"\b([01]\d|2[0-3])([0-5]\d)(?= hours\b)(?:(?<=0\d\d\d)|(?<=at \d{4})|(?<=by \d{4})|(?<=until \d{4}))"
)
_CLOCK = re.compile(
    r"(?=\d)(?<![\d:.,$€£])([01]?\d|2[0-4])(?:[:.]([0-5]\d))?(?P<gap>\s?)([AaPp])(\.[Mm]\.|\.?[Mm]\b)(?!\.\w)"
)
_PLAIN_CLOCK = re.compile(r"(?<![\d:.,$€£-])([01]?\d|2[0-4]):(0\d)(?![\d:]|\s?[AaPp]\.?[Mm]\b)")


def _day(number: str) -> str | None:
    return ordinal(int(number)) if 1 <= int(number) <= 31 else None


def _with_year(words: str, written: str | None) -> str:
    return f"{words}, {year(int(written))}" if written else words


def _month_day(match: re.Match[str]) -> str | None:
    day = _day(match[2])
    if day is None:
        return None
    until = f" to {_day(match[3])}" if match[3] and _day(match[3]) else ""
    if match[3] and not until:
        return None
    return _with_year(f"{_FULL[match[1]]} {day}{until}", match[4])


def _day_month(match: re.Match[str]) -> str | None:
    day = _day(match[1])
    if day is None or (match[2] and not _day(match[2])):
        return None
    until = f" to the {_day(match[2])}" if match[2] else ""
    article = "" if match.string[: match.start()].lower().endswith("the ") else "the "
    return _with_year(f"{article}{day}{until} of {_FULL[match[3]]}", match[4])


def _date(day: int, month: int, written_year: str) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    number = int(written_year)
    if number < 100:
        number += 1900 if number > 50 else 2000
    said = year(number) if 1100 <= number < 2100 else str(number)
    return f"{_MONTHS[month - 1]} {ordinal(day)}, {said}"


def _iso(match: re.Match[str]) -> str | None:
    said = _date(int(match[4]), int(match[3]), match[1])
    return f"{said}, at " if said and match.group().endswith("T") else said


def _day_first(match: re.Match[str]) -> str | None:
    day, month, written_year = filter(None, match.groups())
    return _date(int(day), int(month), written_year) or _date(int(month), int(day), written_year)


def _month_first(match: re.Match[str]) -> str | None:
    month, day, written_year = filter(None, match.groups())
    return _date(int(day), int(month), written_year) or _date(int(month), int(day), written_year)


def _military(match: re.Match[str]) -> str:
    hour = f"oh {match[1][1]}" if match[1][0] == "0" else match[1]
    return hour + (" hundred" if match[2] == "00" else f" {match[2]}")


def _calendar_range(match: re.Match[str]) -> str | None:
    first, last = match[1], match[2]
    if (first in _SHORT_DAYS) != (last in _SHORT_DAYS) or first == "May":
        return None
    return f"{_SHORT_NAMES[first]} to {_SHORT_NAMES[last]}"


def _year_range(match: re.Match[str]) -> str | None:
    last = match[2] or match[3]
    if match[3] and int(last) % 100 != (int(match[1]) + 1) % 100:
        return None  # "2020/12"
    until = year(int(last)) if len(last) == 4 else f"oh {two_digits(int(last))}" if last[0] == "0" else ""
    return f"{year(int(match[1]))} to {until or two_digits(int(last))}"


def _clock(match: re.Match[str]) -> str:
    hour, minute, half, mark = match[1], match[2], match[4].upper(), match[5]
    said = str(int(hour))
    if minute and minute != "00":
        said += f" oh {minute[1]}" if minute[0] == "0" else f" {minute}"
    ends = mark.endswith(".") and not match.string[match.end() :].strip("\"'”’)] ")
    return f"{said} {half}M" + ("." if ends else "")


def _plain_clock(match: re.Match[str]) -> str | None:
    hour, minute = int(match[1]), match[2]
    if minute != "00":
        return f"{hour} oh {minute[1]}"
    if hour == 0 or (len(match[1]) == 2 and match[1][0] == "0"):
        return f"{hour or 'zero'} hundred"
    return f"{hour} o'clock" if hour <= 12 else f"{hour} hundred"


def _fiscal(match: re.Match[str]) -> str:
    return "fiscal year " + (year(int(match[1])) if len(match[1]) == 4 else match[1])


def _no_year(month: str, day: str) -> str | None:
    return f"{_MONTHS[int(month) - 1]} {ordinal(int(day))}" if 1 <= int(month) <= 12 and _day(day) else None


def _pointed(match: re.Match[str]) -> str:
    return f" {match[3]}" if match[3] != "00" else ""


def _short_decade(match: re.Match[str]) -> str:
    return decade(1900 + 10 * int(match[1])).removeprefix("nineteen ")


RULES = (
    Rule("date", ("on 2025-02-13", "on February thirteenth, twenty twenty-five"), _ISO, _iso, pairs(DIGITS, "-/")),
    Rule("date", ("on 13/2/2025", "on February thirteenth, twenty twenty-five"), _NUMERIC, _day_first,
         pairs(DIGITS, "/-"), languages=_DAY_FIRST),
    Rule("date", ("on 13.2.2025", "on February thirteenth, twenty twenty-five"), _CONTINENTAL, _day_first,
         pairs(DIGITS, ".")),
    Rule("date", ("on 2/13/2025", "on February thirteenth, twenty twenty-five"), _NUMERIC, _month_first,
         pairs(DIGITS, "/-")),
    Rule("date", ("open Mon-Fri", "open Monday to Friday"), _CALENDAR_RANGE, _calendar_range, DASHES),
    Rule("date", ("on Mon Feb 13", "on Monday February thirteenth"), _DAY_BEFORE_DATE, lambda m: _SHORT_DAYS[m[1]],
         frozenset(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]), _MONTH_STARTS),
    Rule("date", ("Feb. 13, 2025", "February thirteenth, twenty twenty-five"), _MONTH_DAY, _month_day,
         _MONTH_STARTS, pairs(BLANKS, DIGITS)),
    Rule("date", ("13 Feb. 2025", "the thirteenth of February, twenty twenty-five"), _DAY_MONTH, _day_month,
         _MONTH_STARTS, pairs(DIGITS, BLANKS | frozenset("snrt"))),
    Rule("date", ("in Feb. 2025", "in February twenty twenty-five"), _MONTH_YEAR, lambda m: _FULL[m[1]],
         _MONTH_STARTS, pairs(BLANKS, "12")),
    Rule("date", ("on 25/12", "on December twenty-fifth"), _NO_YEAR, lambda m: _no_year(m[2], m[1]),
         pairs(DIGITS, "/"), languages=_DAY_FIRST),
    Rule("date", ("on 12/25", "on December twenty-fifth"), _NO_YEAR,
         lambda m: _no_year(m[1], m[2]) or _no_year(m[2], m[1]), pairs(DIGITS, "/")),
    Rule("time of day", ("noon–2 p.m.", "noon to 2 PM."), _CLOCK_RANGE, says(" to "), DASHES),
    Rule("time of day", ("9.30 to 10.30am", "9 30 to 10 30 AM"), _POINTED_CLOCK, _pointed,
         pairs(DIGITS, "."), pairs(".", DIGITS)),
    Rule("time of day", ("at 0800 hours", "at oh 8 hundred hours"), _MILITARY, _military,
         pairs(DIGITS, DIGITS), frozenset(["ho"])),
    Rule("time of day", ("10:30 a.m. on Monday", "10 30 AM on Monday"), _CLOCK, _clock,
         pairs("AaPp", ".Mm"), pairs(DIGITS, BLANKS | frozenset("AaPp"))),
    Rule("time of day", ("at 10:05", "at 10 oh 5"), _PLAIN_CLOCK, _plain_clock, pairs(DIGITS, ":")),
    Rule("years", ("in 2019-20", "in twenty nineteen to twenty"), _RANGE, _year_range,
         _YEAR_STARTS, pairs("-–—/", DIGITS | BLANKS)),
    Rule("years", ("2009–present", "two thousand nine to present"), _UNTIL, says(" to "), DASHES),
    Rule("year", ("in FY2023", "in fiscal year twenty twenty-three"), _FISCAL, _fiscal, frozenset(["FY"])),
    Rule("decade", ("the 1990s", "the nineteen nineties"), _DECADES, lambda m: decade(int(m[1])),
         pairs("0", "s'’")),
    Rule("decade", ("the ’90s", "the nineties"), _SHORT_DECADES, _short_decade, pairs("'‘’-–", "23456789")),
    Rule("year", ("in 1066", "in ten sixty-six"), _MEDIEVAL, lambda m: year(int(m.group())), frozenset(["10"]),
         unless=Reads.YEARS),
    Rule("year", ("in 1999", "in nineteen ninety-nine"), _YEARS, lambda m: year(int(m[1])), _YEAR_STARTS,
         unless=Reads.YEARS),
)  # fmt: skip
