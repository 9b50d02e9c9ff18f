"""Times of day: "09:00", "10:30 a.m.", "5pm", "9.30 to 10.30am", "noon–2 p.m.", "0800 hours"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from player.utterance.spoken.calendar_values import Clock, Military
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import is_year
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit, units
from player.utterance.spoken.values import Joint, Words

_DASHES = "-–—−"
_CLOSING = "\"'”’)]"


class Half(NamedTuple):
    """ "a.m." behind an hour."""

    name: str
    """ "AM", "PM"; empty when none is here."""
    next: int
    stop: bool
    """True if its full stop is the last sign of the text."""


def _half(tokens: Tokens, index: int) -> Half:
    """ "pm", " p.m.", "p.m": half a day at this token."""
    at = tokens.past_blank(index)
    word = tokens.word(at)
    end, pointed = at + 1, False
    last = tokens.past_blank(at + 2)  # "7 P. M."
    halves = tokens.vocabulary.words("calendar", "halves_of_days")
    if tokens.is_sign(at + 1, ".") and word and tokens.word(last) and word + tokens.word(last) in halves:
        word, end = word + tokens.word(last), last + 1
        pointed = tokens.is_sign(end, ".")
    lettered = f"{word}m" in halves and at == index and tokens.is_sign(index - 2, ":")  # "6:15a"
    if lettered and tokens[at + 1].kind is not Kind.NUMERAL and not tokens.is_sign(at + 1, "-'’"):
        return Half(f"{word}m".upper(), at + 1, stop=False)
    if word not in halves or (pointed and tokens[end + 1].kind in (Kind.WORD, Kind.NUMERAL)):
        return Half("", index, stop=False)
    if not pointed:
        return Half(word.upper(), end, stop=False)
    last = end + 1
    while tokens[last].text and tokens[last].text in _CLOSING and last < end + 5:
        last += 1
    return Half(word.upper(), end + 1, stop=tokens[last].kind is Kind.EDGE)


def _hour(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 3 and int(text) <= 24 else None


def _sixty(text: str) -> bool:
    return len(text) == 2 and text.isdecimal() and text.isascii() and text < "60"


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the numeral of the hour."""
    before = tokens[index - 1]
    listed = before.text == "/" and tokens[index - 2].kind is Kind.WORD  # "7pm ET/4pm PT"
    if before.kind is Kind.WORD or (before.text in (":", ".", ",", "$", "€", "£", "/") and not listed):
        return
    token = tokens[index]
    if "." in token.text:
        yield from _pointed(tokens, index)
        return
    hour = _hour(token.text)
    if hour is None:
        return
    at, minute, second = index + 1, "", ""
    if tokens.is_sign(at, ":") and _sixty(tokens[at + 1].text):
        at, minute = at + 2, tokens[at + 1].text
        if tokens.is_sign(at, ":") and _sixty(tokens[at + 1].text):
            at, second = at + 2, tokens[at + 1].text
    half = _half(tokens, at)
    zoned = bool(minute) and _is_zone(tokens, at)
    if zoned:
        yield Reading(tokens[at].start, tokens[at].end, "time of day: zone", Words(f" {tokens[at].text}"), 0.9)
    ahead = tokens[index - 2].text
    offset = before.text in ("+", *_DASHES) and ahead in tokens.vocabulary.words("joints", "zones")
    if minute and offset and not half.name:  # "UTC−08:00"
        said = str(hour) if minute == "00" else f"{hour} {minute}"
        yield Reading(token.start, tokens[at - 1].end, "time of day: offset", Words(said), 0.97)
        return
    unit = tokens.past_blank(at)
    named = tokens.word(unit) in tokens.vocabulary.words("calendar", "hours") or tokens[at].text == "h"
    if named and minute == "00" and len(token.text) == len(minute):  # "08:00 hrs"
        yield Reading(token.start, tokens[at - 1].end, "time of day: hours", Military(token.text + minute), 0.97)
        yield Reading(tokens[at - 1].end, tokens[unit].end, "time of day: hours", Words(" hours"), 0.9)
    if tokens.is_sign(at, ":") or (not half.name and (not minute or (tokens[at].kind is Kind.WORD and not zoned))):
        return
    value = Clock(
        hour, minute, second, half.name, half.stop, _is_bare(tokens, at), tokens.text[token.start : tokens[at - 1].end]
    )
    timed = tokens.word(tokens.before(index)) in tokens.vocabulary.words("grammar", "before_times")
    sure = 0.95 if half.name else 0.4 if second and len(token.text) < 2 and timed else 0.8
    if (
        before.text
        and before.text in _DASHES
        and not half.name
        and tokens[index - 2].kind is not Kind.NUMERAL
        and before.text == "-"
    ):
        sure = 0.4
    yield Reading(token.start, tokens[half.next - 1].end, "time of day", value, sure)
    if listed and half.name:
        yield Reading(before.start, before.end, "range: times", Joint("list"), 0.95)
    yield from _dash_after(tokens, half.next)
    yield from _dash_before(tokens, index, half)


def _is_zone(tokens: Tokens, index: int) -> bool:
    """Return True if "GMT" or the like is here."""
    return tokens[index].text.isupper() and tokens.word(index) in tokens.vocabulary.words("calendar", "zones")


def _is_bare(tokens: Tokens, index: int) -> bool:
    """Return True if "o'clock" follows."""
    at = tokens.past_blank(index)
    return tokens.word(at) == "o" and tokens.word(at + 2) == "clock"


def _pointed(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "9.30am", "from 9.30 to 10.30am", "at 9.30 on Monday"."""
    token = tokens[index]
    hour, _, minute = token.text.partition(".")
    number = _hour(hour)
    if number is None or not _sixty(minute):
        return
    half = _half(tokens, index + 1)
    value = Clock(number, minute, "", half.name, half.stop, _is_bare(tokens, index + 1))
    if half.name:
        yield Reading(token.start, tokens[half.next - 1].end, "time of day: point", value, 0.95)
        yield from _dash_after(tokens, half.next)
        return
    known = tokens.vocabulary
    dash = tokens.before(index)
    opened = tokens.before(dash)
    day = tokens.word(tokens.before(opened)).removesuffix("s") in known.words("calendar", "weekdays")
    if tokens.is_sign(dash, _DASHES) and day and _hour(tokens[opened].text) is not None:  # "Mon-Sat 9-5.30"
        yield Reading(token.start, token.end, "time of day: point", value, 0.85)
    if _is_zone(tokens, tokens.past_blank(index + 1)):
        yield Reading(token.start, token.end, "time of day: point", value, 0.85)
        return
    joint = tokens.after(index)
    round_hour = len(hour) > 1 and minute[-1] in "05" and tokens[index + 1].kind is Kind.SPACE
    if round_hour and tokens.word(joint) in known.words("calendar", "begun"):  # "18.30 kick-off"
        yield Reading(token.start, token.end, "time of day: point", value, 0.75)
    if tokens.is_sign(joint, _DASHES) or tokens.word(joint) in known.words("calendar", "between_times"):
        later = tokens.after(joint)
        whole, _, rest = tokens[later].text.partition(".")
        end = later + 1
        if tokens.is_sign(end, ":"):
            rest, end = tokens[end + 1].text, end + 2
        opening = tokens.word(tokens.before(index)) in known.words("calendar", "before_hours") or (
            hour[0] == "0" and len(hour) > 1
        )
        hours = opening and _sixty(rest) and {minute[-1], rest[-1]} <= {"0", "5"}  # "open 9.00–17.30"
        if hours and _hour(whole) is not None and "." in tokens[later].text:
            yield Reading(token.start, token.end, "time of day: opening", value, 0.9)
            until = Clock(int(whole), rest)
            yield Reading(tokens[later].start, tokens[later].end, "time of day: opening", until, 0.9)
        elif _hour(whole) is not None and (not rest or _sixty(rest)) and _half(tokens, end).name:
            yield Reading(token.start, token.end, "time of day: point", value, 0.9)
    at = tokens.before(index)
    before = tokens.before(at)
    timed = tokens.word(before) in known.words("calendar", "before_at_times") or tokens[before].text.isdecimal()
    timed = timed and (is_year(tokens[before].text) or not tokens[before].text.isdecimal())  # "8 Sep 2010 at 10.15"
    timed = timed or tokens.word(tokens.after(index)) in known.words("calendar", "after_times")
    if tokens.word(at) == "at" and timed:
        yield Reading(token.start, token.end, "time of day: point", value, 0.75)


def _dash_after(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Yield the dash between two times: "9:00–17:00", "noon–2 p.m.", "9 a.m.–noon"."""
    dash = tokens.past_blank(index)
    last = tokens.past_blank(dash + 1)
    if not tokens.is_sign(dash, _DASHES):
        return
    hour = _hour(tokens[last].text.partition(".")[0]) is not None
    if hour and not _half(tokens, last + 1).name and read_unit(tokens, tokens.past_blank(last + 1)):
        return  # "12:45pm - 3lbs"
    if hour or tokens.word(last) in tokens.vocabulary.words("calendar", "named_times"):
        yield Reading(tokens[index - 1].end, tokens[last].start, "range: times", Joint("to"), 0.95)


def _dash_before(tokens: Tokens, index: int, half: Half) -> Iterator[Reading]:
    """Yield the dash before a time whose half of the day counts for both: "10–2pm"."""
    dash = tokens.before(index)
    first = tokens.before(dash)
    if half.name and tokens.is_sign(dash, _DASHES) and _hour(tokens[first].text) is not None:
        yield Reading(tokens[first].end, tokens[index].start, "range: times", Joint("to"), 0.95)


CLOCK = Recogniser(
    "time of day",
    _propose,
    (
        ("10:30 a.m. on Monday", "10 30 AM on Monday"),
        ("at 10:05", "at 10 oh 5"),
        ("from 09:00–17:00", "from 9 o'clock to 17 hundred"),
        ("9.30 to 10.30am", "9 30 to 10 30 AM"),
    ),
    numerals=Beside.POINT | Beside.COLON | Beside.SHORT_WORD,
)
CLOCK_RANGE = Recogniser(
    "range",
    lambda tokens, index: _dash_after(tokens, index + 1),
    (("noon–2 p.m.", "noon to 2 PM."),),
    words=lambda known: known.words("calendar", "named_times"),
)


def _military(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "hours": the four figures before it."""
    at = index - 1 if tokens[index - 1].kind is Kind.NUMERAL else index - 2
    token, known = tokens[at], tokens.vocabulary
    text = token.text
    if not _is_military(text):
        return
    leading = tokens.word(tokens.before(at))
    dated = leading in known.words("grammar", "before_times") or at == index - 1
    earlier = tokens.before(tokens.before(at))
    first = tokens[earlier]
    if leading in known.words("calendar", "between_times") and first.text[:1] == "0" and _is_military(first.text):
        dated = True  # "between 0800 and 1700 hours"
        if tokens.word(tokens.before(earlier)) in known.words("grammar", "no_nouns"):
            yield Reading(first.start, first.end, "time of day: hours", Military(first.text), 0.9)
    if tokens.word(index) in known.words("calendar", "zones"):  # "1500 GMT"
        dated = leading not in known.words("grammar", "before_years") and tokens[index].text.isupper()
        if not dated or (text[:2] in ("19", "20") and text[2:] > "30"):
            return
    if (
        tokens[at + 1].kind in (Kind.SPACE, Kind.WORD)
        and (text[0] == "0" or dated)
        and tokens[at - 1].kind is not Kind.WORD
    ):
        yield Reading(token.start, token.end, "time of day: hours", Military(text), 0.9)
        full = units(known).names.get(tokens[index].text)
        if full:  # "hrs"
            yield Reading(token.end, tokens[index].end, "time of day: hours", Words(f" {full[1]}"), 0.9)


def _is_military(text: str) -> bool:
    """Return True for four figures that are a time: "0830"."""
    return len(text) == 4 and text.isdecimal() and text < "2400" and _sixty(text[2:])


MILITARY = Recogniser(
    "time of day",
    _military,
    (("at 0800 hours", "at oh 8 hundred hours"),),
    words=lambda known: known.words("calendar", "hours") | known.words("calendar", "zones"),
    with_number=True,
)


def _military_range(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "Mon–Fri 0600–2330", at the first time."""
    first, last = tokens[index], tokens[index + 2]
    texts = (first.text, last.text)
    timed = all(len(text) == 4 and text.isdecimal() and text < "2401" and _sixty(text[2:]) for text in texts)
    free = tokens.is_free(index)
    ends = tokens[index + 3].kind is not Kind.WORD and not tokens.is_sign(index + 3, "-–/")
    full = timed and all(text[3] in "05" for text in texts) and "0" in (first.text[0], last.text[0])
    if full and free and ends and tokens.is_sign(index + 1, _DASHES):
        yield Reading(first.start, first.end, "time of day: hours", Military(first.text), 0.85)
        yield Reading(first.end, last.start, "range: times", Joint("to"), 0.85)
        yield Reading(last.start, last.end, "time of day: hours", Military(last.text), 0.85)


MILITARY_RANGE = Recogniser(
    "time of day",
    _military_range,
    (("open 0600–2330", "open oh 6 hundred to 23 30"),),
    numerals=Beside.DASH,
)
