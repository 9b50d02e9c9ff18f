"""Dates with a month's name: "Feb. 13, 2025", "13 February", "the 3rd–5th of May", "9-May-2006", "25 jul 2012"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.calendar_values import Date
from player.utterance.spoken.grammar import has_determiner, is_ordinal_ending, is_plural
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import (
    Day,
    full_year,
    is_day,
    is_year,
    past_stop,
    read_day,
    read_month,
    read_year,
)
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Joint, Numbered

_JOINTS = "-–/."
_MOST_DAYS = 4
"""Behind the first one, in "May 5, 6 and 7"."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a month's name."""
    month = read_month(tokens, index)
    if tokens[index - 1].kind is Kind.NUMERAL:
        return
    yield from _hyphened(tokens, index, month)
    yield from _month_first(tokens, index, month)
    yield from _day_first(tokens, index, month)


def _sure(tokens: Tokens, index: int, year: str) -> float:
    """Return how sure it is that the name is one of a month: "may 5" and "mar 5" hardly are."""
    if not tokens[index].text.islower():
        return 0.9
    unsure = tokens.word(index) in tokens.vocabulary.words("calendar", "also_words")
    return 0.85 if year or not unsure else 0.3


def _month_first(tokens: Tokens, index: int, month: int) -> Iterator[Reading]:
    after = past_stop(tokens, index)
    if tokens[after].kind is not Kind.SPACE:
        return
    day = read_day(tokens, after + 1)
    figures, _, year = tokens[after + 1].text.partition(",")
    if is_year(year) and figures.isdecimal() and is_day(month, int(figures[:3])):  # "February 19,1674"
        value = Date(month, int(figures), 0, year)
        yield Reading(tokens[index].start, tokens[after + 1].end, "date: glued", value, 0.92)
    apart = tokens[index - 2].kind is Kind.NUMERAL or tokens.is_sign(index - 2, "-")
    if day is None or (tokens.is_sign(index - 1, "-") and not apart):
        return
    if not is_day(month, max(day.first, day.last)):
        return
    year, end = read_year(tokens, day.next)
    sure = _sure(tokens, index, year)
    earlier = tokens.before(index)
    led = tokens[tokens.before(earlier)]
    if (
        not year
        and is_year(tokens[earlier].text)
        and (led.kind is Kind.EDGE or led.text in ("(", ",", ";", ":", "“", '"'))
    ):
        value = Date(month, day.first, day.last, tokens[earlier].text)  # "2020 Jan 5"
        yield Reading(tokens[earlier].start, tokens[end - 1].end, "date: year first", value, 0.93)
    if not year:
        sure *= _is_end(tokens, after + 1, day.next)
    value = Date(month, day.first, day.last, year)
    yield Reading(tokens[index].start, tokens[end - 1].end, "date: month first", value, sure)
    yield from _until(tokens, end, month_first=True)
    if not year:
        yield from _more_days(tokens, day.next, month, max(day.first, day.last))


def _more_days(tokens: Tokens, index: int, month: int, last: int) -> Iterator[Reading]:
    """Yield the other days of "May 5, 6 and 7"; not the number of "May 5 and 10 people"."""
    found = []
    for _ in range(_MOST_DAYS):
        at = tokens.past_blank(index + 1 if tokens.is_sign(index, ",") else index)
        if tokens[at].text.lower() in tokens.vocabulary.words("calendar", "between_days"):
            at = tokens.past_blank(at + 1)
        day = read_day(tokens, at) if at > index else None
        if day is None or day.last or not last < day.first or not is_day(month, day.first):
            break
        found.append(Reading(tokens[at].start, tokens[day.next - 1].end, "date: more days", _ordinal(day), 0.9))
        index, last = day.next, day.first
    behind = tokens[tokens.after(index - 1)]
    ends = behind.kind is Kind.EDGE or (behind.text and behind.text in ',.;:!?)”"')
    if ends or behind.text in tokens.vocabulary.words("grammar", "no_nouns"):
        yield from found


def _ordinal(day: Day) -> Numbered:
    return Numbered(day.first, "ordinal")


def _is_end(tokens: Tokens, first: int, after: int) -> float:
    """Return how well what is behind a day goes with a date: "March 12" does, "March 12 people" and "May 5:30" do
    not."""
    more = tokens[after + 1].kind in (Kind.NUMERAL, Kind.WORD)
    if tokens.is_sign(after, "-/") and read_month(tokens, after + 1):
        return 1.0
    if tokens.is_sign(after, ":%/°") or (tokens.is_sign(after, "-") and more) or tokens[first - 2].kind is Kind.EDGE:
        return 0.3
    at = tokens.after(after - 1)
    counted = tokens.word(at) in tokens.vocabulary.words("calendar", "counted") or is_plural(tokens, at)
    if not counted or tokens[after].kind is not Kind.SPACE:
        return 1.0
    month = first - 2 if tokens[first - 2].kind is Kind.WORD else first - 3
    dated = tokens.word(tokens.before(month)) in tokens.vocabulary.words("calendar", "before_dated_plurals")
    ordinal = is_ordinal_ending(tokens, after - 1)
    return 0.9 if dated or ordinal else 0.4


def _until(tokens: Tokens, index: int, *, month_first: bool) -> Iterator[Reading]:
    """Yield the dash between two dates: "May 5–June 7", "5 May – 7 June"."""
    dash = tokens.past_blank(index)
    at = tokens.past_blank(dash + 1)
    if not tokens.is_sign(dash, "-–—/"):
        return
    if not month_first:
        day = read_day(tokens, at)
        at = tokens.past_blank(day.next) if day else -1
    if read_month(tokens, at):
        end = tokens[tokens.past_blank(dash + 1)].start
        joint = Joint("list" if tokens.is_sign(dash, "/") else "to")  # "October 31/November 1"
        yield Reading(tokens[index - 1].end, end, "range: dates", joint, 0.95)


def _day_first(tokens: Tokens, index: int, month: int) -> Iterator[Reading]:
    first, day = _day_before(tokens, index)
    name = first - 3 if tokens.is_sign(first - 2, ".") else first - 2
    behind_date = tokens.is_sign(first - 1, "-/") and (read_month(tokens, name) or is_year(tokens[name].text))
    if (
        day is None
        or tokens[first - 1].kind is Kind.WORD
        or (
            tokens.is_sign(first - 1, ".,:/$€£-") and not behind_date  # "5 May-8 June"
        )
    ):
        return
    if not is_day(month, max(day.first, day.last)):
        return
    name = past_stop(tokens, index)
    year, end = read_year(tokens, name)
    if not year:
        end = name if name > index + 1 and tokens[name].text not in ("", '"', "”", ")") else index + 1
        if tokens[name].kind is Kind.SPACE and tokens[name + 1].kind is Kind.NUMERAL:
            return
    article = has_determiner(tokens, first)  # "a 25 December wedding"
    value = Date(month, day.first, day.last, year, day_first=True, article=article)
    sure = _sure(tokens, index, year)
    yield Reading(tokens[first].start, tokens[end - 1].end, "date: day first", value, sure)
    joint = tokens[first - 2].text.lower()
    between = joint in tokens.vocabulary.words("calendar", "between_days_and_month")
    earlier = read_day(tokens, first - 4) if between else None
    if earlier and earlier.next == first - 3 and earlier.first < day.first and _begins(tokens, first - 4):
        said = Numbered(earlier.first, "ordinal" if article else "ruler")  # "on 9 and 10 November"
        yield Reading(tokens[first - 4].start, tokens[first - 4].end, "date: more days", said, sure)
        if joint == "&":
            yield Reading(tokens[first - 4].end, tokens[first].start, "date: more days", Joint("and"), sure)
    yield from _until(tokens, end, month_first=False)


def _begins(tokens: Tokens, index: int) -> bool:
    """Return True if a date may begin here: "on 9", "from 9"; not "the 9"."""
    before = tokens.before(index)
    known = tokens.vocabulary
    led = tokens.word(before) in known.words("calendar", "before_dates") | known.words("grammar", "before_ranges")
    return tokens[before].kind is Kind.EDGE or led


def _day_before(tokens: Tokens, index: int) -> tuple[int, Day | None]:
    """Return the days that end before this token, and the index of the first of them."""
    end = index - 1
    if tokens.word(index - 2) == "of" and tokens[index - 3].kind is Kind.SPACE:  # "25th of December"
        end = index - 3
    for first in range(max(end - 7, 0), end):
        if tokens[first].kind is Kind.NUMERAL:
            day = read_day(tokens, first)
            ordinal = tokens[end - 1].kind is Kind.WORD or tokens.word(tokens.before(first)) == "the"  # "the 5 of May"
            if day and day.next == end and tokens[end].kind is Kind.SPACE and (ordinal or end == index - 1):
                return first, day
    return index, None


def _hyphened(tokens: Tokens, index: int, month: int) -> Iterator[Reading]:
    """ "9-May-2006", "9/May/06"; "May-9-2006"."""
    yield from _hyphen_before(tokens, index, month)
    joint = tokens[index + 1].text
    if not joint or joint not in _JOINTS:
        return
    figures = tokens[index + 2].text
    day = read_day(tokens, index - 2) if tokens[index - 1].text == joint else None
    if day and not day.last and (is_year(figures) or (len(figures) == 2 and figures.isdecimal())):
        year = full_year(figures)
        if tokens[index + 3].kind is not Kind.WORD:
            value = Date(month, day.first, 0, year, day_first=True)
            yield Reading(tokens[index - 2].start, tokens[index + 2].end, "date: hyphens", value, 0.95)
    yield from _unusual(tokens, index, month, joint, day)
    year = tokens[index + 4].text
    first = read_day(tokens, index + 2)
    if first and tokens[index + 3].text == joint and is_year(year) and tokens[index - 1].text != joint:
        value = Date(month, first.first, 0, year)
        yield Reading(tokens[index].start, tokens[index + 4].end, "date: hyphens", value, 0.9)


def _unusual(tokens: Tokens, index: int, month: int, joint: str, day: Day | None) -> Iterator[Reading]:
    """ "2019-Aug-12", "Aug-2019", "Jan-15"."""
    before, after, behind = tokens[index - 2], tokens[index + 2], tokens[index + 3]
    ends = behind.kind is not Kind.WORD and not (behind.text and behind.text in _JOINTS and joint != ".")
    if tokens[index - 1].text == joint and is_year(before.text):
        last = read_day(tokens, index + 2)
        if last and not last.last and ends:
            yield Reading(before.start, after.end, "date: hyphens", Date(month, last.first, 0, before.text), 0.95)
    elif joint == "-" and is_year(after.text) and ends and tokens[index - 1].text != joint:
        yield Reading(tokens[index].start, after.end, "date: hyphens", Date(month, 0, 0, after.text), 0.9)
    elif (
        joint == "-" and ends and len(after.text) == 2 and tokens[index].text.istitle() and len(tokens[index].text) < 4
    ):
        day = read_day(tokens, index + 2)
        free = tokens[index - 1].kind in (Kind.SPACE, Kind.EDGE)
        if day and not day.last and free:
            yield Reading(tokens[index].start, after.end, "date: hyphens", Date(month, day.first), 0.8)


def _hyphen_before(tokens: Tokens, index: int, month: int) -> Iterator[Reading]:
    """ "15-Jan"."""
    day = read_day(tokens, index - 2) if tokens.is_sign(index - 1, "-") else None
    free = tokens.is_free(index - 2)
    if day and not day.last and free and tokens[index].text[0].isupper() and not tokens.is_sign(index + 1, "-'’"):
        value = Date(month, day.first, day_first=True, article=has_determiner(tokens, index - 2))
        yield Reading(tokens[index - 2].start, tokens[index].end, "date: hyphens", value, 0.9)


DATE = Recogniser(
    "date",
    _propose,
    (
        ("Feb. 13, 2025", "February thirteenth, twenty twenty-five"),
        ("13 Feb. 2025", "the thirteenth of February, twenty twenty-five"),
        ("9-May-2006", "the ninth of May, two thousand six"),
    ),
    words=lambda known: known.table("calendar", "month"),
)
