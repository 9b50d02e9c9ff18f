"""English dates, years and times of day."""

from __future__ import annotations

from player.utterance.manner import Reads
from player.utterance.spoken.calendar_values import Clock, Date, Decade, Military, PartOfYear, Year, Years
from player.utterance.spoken.speakers.english.number_words import decade, known, ordinal, two_digits, year
from player.utterance.spoken.speakers.saying import Saying, Says


def _year(figures: str) -> str:
    """ "twenty twenty-five"; "1066 BC" and years before 1000 stay in figures."""
    number = int(figures)
    return year(number) if 1000 <= number < 10000 else figures


def say_date(date: Date, saying: Saying) -> str:
    """ "February thirteenth, twenty twenty-five", "the third to the fifth of May"."""
    name = saying.vocabulary.table("calendar")["names"][date.month - 1]
    if not date.day:
        return f"{name} {_year(date.year)}"
    said = ordinal(date.day)
    if date.day_first:
        until = f" to the {ordinal(date.until)}" if date.until else ""
        said = f"{'' if date.article else 'the '}{said}{until} of {name}"
    else:
        said = f"{name} {said}" + (f" to {ordinal(date.until)}" if date.until else "")
    if date.year:
        said = f"{said}, {_year(date.year)}"
    return f"{said}, at " if date.leads else said


def say_year(value: Year, saying: Saying) -> str:
    """ "nineteen ninety-nine"; in figures for engines that read years."""
    letter = f" {value.letter}".rstrip().replace(" a", " eh" if Reads.INITIALS not in saying.manner.reads else " A")
    return (value.figures if Reads.YEARS in saying.manner.reads else _year(value.figures)) + letter


def say_years(years: Years, saying: Saying) -> str:
    """ "nineteen fourteen to eighteen", "two thousand five to oh six"."""
    last = years.last
    if len(last) == 4:
        until = _year(last)
    elif last == "00":
        until = _year(f"{int(years.first[:2]) + 1}00")
    else:
        until = f"oh {two_digits(int(last))}" if last[0] == "0" else two_digits(int(last))
    return f"{_year(years.first)} to {until}"


def say_decade(value: Decade, saying: Saying) -> str:
    """ "the nineteen nineties", "nineties"."""
    said = decade(value.first)
    return said.removeprefix("nineteen ") if value.short else said


def say_part_of_year(value: PartOfYear, saying: Saying) -> str:
    """ "the second quarter of twenty twenty-two", "fiscal year twenty twenty-three", "fiscal year 23"."""
    if not value.part:
        said = "fiscal year " + (_year(value.year) if len(value.year) == 4 else value.year)
        if not value.until:
            return said
        if len(value.until) == len("2020"):
            return f"{said} to {_year(value.until)}"
        return f"{said} to {two_digits(int(value.until)) if len(value.year) == len('2020') else value.until}"
    said = f"{known('parts_of_years')[value.part - 1]} {'half' if value.half else 'quarter'}"
    written = f"20{value.year}" if len(value.year) == 2 else value.year
    joint = " of " if value.article else " "
    return ("the " if value.article else "") + said + (joint + _year(written) if written else "")


def say_clock(clock: Clock, saying: Saying) -> str | None:
    """ "10 oh 5", "9 o'clock", "17 hundred", "5 PM", "10, 0 minutes and 5 seconds AM"."""
    half = (f" {clock.half}" if clock.half else "") + ("." if clock.stop else "")
    hour, minute, second = str(clock.hour), clock.minute, clock.second
    if half and second == "00":
        second = ""
    if second:
        seconds = f"{int(second)} second{'s' if int(second) != 1 else ''}"
        named = hour if half else f"{hour} hour{'s' if clock.hour != 1 else ''}"
        return f"{named}, {int(minute)} minute{'s' if int(minute) != 1 else ''} and {seconds}{half}"
    if minute and minute != "00":
        if clock.written and not half and minute[0] != "0" and clock.hour:
            return None  # "7:45"
        return hour + (f" oh {minute[1]}" if minute[0] == "0" else f" {minute}") + half
    if clock.half or clock.bare:
        return hour + half
    if clock.hour == 0:
        return "midnight"
    return f"{hour} o'clock" if clock.hour <= 12 else f"{hour} hundred"


def say_military(time: Military, saying: Saying) -> str:
    """ "oh 8 hundred", "14 30"."""
    hour, minute = time.figures[:2], time.figures[2:]
    said = f"oh {hour[1]}" if hour[0] == "0" else hour
    return said + (" hundred" if minute == "00" else f" oh {minute[1]}" if minute[0] == "0" else f" {minute}")


SAYS: Says = {
    Date: say_date,
    Year: say_year,
    Years: say_years,
    Decade: say_decade,
    PartOfYear: say_part_of_year,
    Clock: say_clock,
    Military: say_military,
}
