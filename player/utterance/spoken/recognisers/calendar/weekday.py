"""Short names of months and days: "Mon-Fri", "on Mon Feb 13", "in Feb. 2025"; not the newspaper "the Sun"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from player.utterance.spoken.grammar import has_determiner, is_ordinal_ending
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import is_year, read_month
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Joint, Numbered, Words
from player.utterance.spoken.vocabulary import Vocabulary

_MOST_JOINTS = 2
"""Between two days: ", and"."""
_LONGEST_HOUR = 2
"""Figures in an hour."""


def _names(known: Vocabulary) -> Mapping[str, str]:
    names: Mapping[str, str] = known.table("calendar", "short")
    return names


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a short name, or at "May" and "June", which begin ranges too."""
    token = tokens[index]
    small = _is_dated(tokens, index) or _is_small_day(tokens, index) or _is_small_range(tokens, index)
    if tokens[index - 1].kind is Kind.NUMERAL or not (token.text[0].isupper() or small):
        return
    names = _names(tokens.vocabulary)
    name = names.get(token.text.lower(), token.text)
    day = not read_month(tokens, index)
    after = index + 2 if tokens.is_sign(index + 1, ".") else index + 1
    yield from _range(tokens, index, after)
    if day:
        yield from _days_with_dates(tokens, index, after)
    at = tokens.past_blank(after + 1 if tokens.is_sign(after, ",") else after)
    if name == token.text:
        return
    end = tokens[after - 1].end
    listed = day and token.text.istitle() and (_is_listed(tokens, after, 1) or _is_listed(tokens, index, -1))
    if listed:
        ends = tokens[after].kind is Kind.EDGE
        yield Reading(token.start, token.end if ends else end, "date: day of the week", Words(name), 0.9)
        return
    stroked = tokens.is_sign(after, "/") and read_month(tokens, after + 1)  # "Nov/Dec 1999"
    if not day and (stroked or (tokens.is_sign(index - 1, "/") and read_month(tokens, index - 2))):
        yield Reading(token.start, end, "date: month", Words(name), 0.9)
        return
    timed = at > after and (_is_time(tokens, at) or _is_open(tokens, index, at))
    timed = timed or (_is_behind_time(tokens, index) and not _is_capital(tokens[tokens.past_blank(after)].text))
    if day and (timed or (tokens.is_sign(after, ":") and _is_open(tokens, index, tokens.after(after)))):
        ended = timed and tokens[after].kind is Kind.EDGE
        yield Reading(token.start, token.end if ended else end, "date: day of the week", Words(name), 0.9)
    led = tokens.word(tokens.before(index)) in tokens.vocabulary.words("calendar", "before_days")
    meant = after == index + 2 or (_is_alone(tokens, index) and not _is_capital(tokens[tokens.after(index)].text))
    if day and led and meant and token.text.istitle():  # "on Sat.", "at noon on Tue?"
        ends = tokens[after].kind is Kind.EDGE
        yield Reading(token.start, token.end if ends else end, "date: day of the week", Words(name), 0.88)
    if day:
        at = _past_day(tokens, at)
        also = tokens.word(at) in tokens.vocabulary.words("calendar", "also_words")
        if at > after and read_month(tokens, at) and (small or tokens[at].text[0].isupper() or not also):
            sure = 0.3 if has_determiner(tokens, index) or _is_newspaper(tokens, index) else 0.9
            yield Reading(token.start, end, "date: day of the week", Words(name), sure)
    elif at > after and (is_year(tokens[at].text) or _is_short_year(tokens, at)):
        yield Reading(token.start, end, "date: month", Words(name), 0.9)
    elif tokens.is_sign(index - 1, "-") and tokens.word(index - 2) in tokens.vocabulary.words(
        "calendar", "parts_of_months"
    ):
        end = token.end if tokens[after].kind is Kind.EDGE else end
        yield Reading(token.start, end, "date: month", Words(name), 0.9)


def _is_alone(tokens: Tokens, index: int) -> bool:
    """Return True for a day without a full stop, but for one that is a star as well: "on Sun"."""
    star = tokens.word(index) in tokens.vocabulary.words("calendar", "newspapers")
    return not star and not tokens.is_sign(index + 1, "-'’")


def _is_listed(tokens: Tokens, index: int, step: int) -> bool:
    """Return True if another day stands beside it in a list: "Sat, Sun and Mon", "Sat. and Sun."."""
    known, at, joined = tokens.vocabulary, index if step > 0 else tokens.before(index), False
    for _ in range(_MOST_JOINTS):
        joint = tokens.past_blank(at) if step > 0 else at
        if not (tokens.is_sign(joint, ",&/") or tokens.word(joint) in known.words("calendar", "between_days")):
            break
        joined, at = True, tokens.after(joint) if step > 0 else tokens.before(joint)
    at = tokens.past_blank(at) if step > 0 else tokens.before(at) if tokens.is_sign(at, ".") else at
    return joined and tokens[at].text.istitle() and tokens.word(at) in known.words("calendar", "weekdays")


def _is_time(tokens: Tokens, index: int) -> bool:
    """ "5pm", "5 p.m.", "10:30"."""
    if tokens[index].kind is not Kind.NUMERAL or len(tokens[index].text) > _LONGEST_HOUR:
        return False
    half = tokens.past_blank(index + 1)
    halves = tokens.vocabulary.words("calendar", "halves_of_days")
    pointed = tokens.is_sign(half + 1, ".") and tokens.word(half) + tokens.word(half + 2) in halves  # "5 p.m."
    timed = tokens.is_sign(index + 1, ":") and tokens[index + 2].kind is Kind.NUMERAL
    until = tokens.is_sign(index + 1, "-–") and tokens[index + 2].kind is Kind.NUMERAL  # "3-5pm"
    ranged = until and tokens.word(tokens.past_blank(index + 3)) in halves
    return timed or pointed or ranged or tokens.word(half) in halves


def _is_behind_time(tokens: Tokens, index: int) -> bool:
    """ "10 p.m. Fri.", "22:00 Sat"."""
    before = tokens.before(index)
    minutes = tokens.is_sign(before - 1, ":") and tokens[before].kind is Kind.NUMERAL and len(tokens[before].text) == 2
    return minutes or tokens.word(before) in tokens.vocabulary.words("calendar", "halves_of_days")


def _is_capital(text: str) -> bool:
    return text[:1].isupper()


def _is_open(tokens: Tokens, index: int, hours: int) -> bool:
    """ "Sun: 10-4", "Mon: Closed"; not "The Sun: 10 dead"."""
    until = tokens.is_sign(hours + 1, "-–") and tokens[hours + 2].kind is Kind.NUMERAL
    ranged = tokens[hours].kind is Kind.NUMERAL and (until or _is_time(tokens, hours))
    closed = tokens.word(hours) in tokens.vocabulary.words("calendar", "closed")
    return (ranged or closed) and not has_determiner(tokens, index)


def _is_small_day(tokens: Tokens, index: int) -> bool:
    """ "mon, jan 5", "thu 3 apr": a day in small letters before a date."""
    known = tokens.vocabulary
    if tokens.word(index) not in known.words("calendar", "weekdays"):
        return False
    comma = tokens.is_sign(index + 1, ",.")
    if tokens.word(index) in known.words("calendar", "also_words") and not comma:
        return False
    at = tokens.past_blank(index + 1 + comma)
    month = _past_day(tokens, at)
    numbered = month > at or tokens[tokens.after(month)].kind is Kind.NUMERAL
    return (
        bool(read_month(tokens, month)) and tokens.word(month) not in known.words("calendar", "also_words") and numbered
    )


def _is_dated(tokens: Tokens, index: int) -> bool:
    """ "oct 2020", "sept. 2001" in small letters."""
    stop = tokens.is_sign(index + 1, ".")
    also = tokens.word(index) in tokens.vocabulary.words("calendar", "also_words") and not stop
    return bool(read_month(tokens, index)) and not also and is_year(tokens[tokens.past_blank(index + 1 + stop)].text)


def _is_small_range(tokens: Tokens, index: int) -> bool:
    """ "jan-mar 2020": months in small letters before a year."""
    short = {tokens.word(index), tokens.word(index + 2)} <= _names(tokens.vocabulary).keys()
    return short and tokens.is_sign(index + 1, "-–") and is_year(tokens[index + 4].text)


def _is_short_year(tokens: Tokens, index: int) -> bool:
    """ "'21"."""
    figures = tokens[index + 1].text
    return tokens.is_sign(index, "'’") and len(figures) == 2 and figures.isdecimal()


def _is_newspaper(tokens: Tokens, index: int) -> bool:
    """ "Edmonton Sun, August 16"."""
    papers = tokens.vocabulary.words("calendar", "newspapers")
    before = tokens.before(index)
    name = tokens[before].text
    adverb = tokens.word(before) in tokens.vocabulary.words("calendar", "before_days")
    return tokens.word(index) in papers and not adverb and name[:1].isupper() and name[1:].islower() and name.isalpha()


def _past_day(tokens: Tokens, index: int) -> int:
    """Return the index behind a day of the month here, "4th of" and the blank too."""
    if tokens[index].kind is not Kind.NUMERAL:
        return index
    after = index + 2 if is_ordinal_ending(tokens, index + 1) else index + 1
    if tokens[after].kind is not Kind.SPACE:
        return index
    return after + 3 if tokens.word(after + 1) == "of" else after + 1


def _range(tokens: Tokens, index: int, after: int) -> Iterator[Reading]:
    """ "Mon-Fri", "Jan.–Mar."; not "Mar-a-Lago", "a May-December marriage"."""
    dash = tokens.past_blank(after)
    last = tokens.past_blank(dash + 1)
    names = _names(tokens.vocabulary)
    if not tokens.is_sign(dash, "-–") or tokens.word(index) == "may":
        return
    if not tokens[last].text[:1].isupper() and not _is_small_range(tokens, index):
        return
    months = bool(read_month(tokens, index)), bool(read_month(tokens, last))
    known = tokens.word(last) in names or months[1]
    following = tokens[tokens.past_blank(last + 1)].text
    dated = months[0] and following.isdecimal() and not is_year(following)
    if not known or months[0] != months[1] or dated:
        return
    first, second = (names.get(tokens.word(at), tokens[at].text) for at in (index, last))
    stop = tokens.is_sign(last + 1, ".") and tokens.word(last) in names
    more = tokens[last + 2]
    goes_on = (
        tokens.is_sign(last + 2, ",;:)") or tokens[last + 3].text[:1].islower() or tokens[last + 3].text.isdecimal()
    )
    end = last + 1 if stop and more.kind is not Kind.EDGE and goes_on else last
    yield Reading(tokens[index].start, tokens[end].end, "date: range", Words(f"{first} to {second}"), 0.95)


def _days_with_dates(tokens: Tokens, index: int, after: int) -> Iterator[Reading]:
    """At the first day of "Mon 3 – Fri 7 May"."""
    names, first = tokens.vocabulary.table("calendar", "short"), tokens.past_blank(after)
    dash = tokens.past_blank(first + 1)
    weekday = tokens.past_blank(dash + 1)
    last = tokens.past_blank(weekday + 2 if tokens.is_sign(weekday + 1, ".") else weekday + 1)
    days = [tokens[at].text for at in (first, last)]
    dated = all(day.isdecimal() and len(day) < 3 for day in days) and read_month(tokens, tokens.past_blank(last + 1))
    if not (dated and first > after and tokens.is_sign(dash, "-–") and tokens.word(weekday) in _days(tokens)):
        return
    name = names.get(tokens.word(index), tokens[index].text)
    yield Reading(tokens[index].start, tokens[after - 1].end, "date: day of the week", Words(name), 0.95)
    yield Reading(tokens[first].start, tokens[first].end, "date: day", Numbered(int(days[0]), "ruler"), 0.95)
    yield Reading(tokens[first].end, tokens[weekday].start, "range: dates", Joint("to"), 0.96)


def _days(tokens: Tokens) -> frozenset[str]:
    return tokens.vocabulary.words("calendar", "weekdays")


DATE_NAME = Recogniser(
    "date",
    _propose,
    (
        ("open Mon-Fri", "open Monday to Friday"),
        ("on Mon Feb 13", "on Monday February thirteenth"),
        ("in Feb. 2025", "in February twenty twenty-five"),
    ),
    words=lambda known: [*known.table("calendar", "month"), *known.table("calendar", "short")],
)


def _letters(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first letter of "M-F 9-5", "M–Th, 8 to 5"."""
    last = tokens[index + 2]
    names = tokens.vocabulary.table("calendar", "letters")
    after = index + 4 if tokens.is_sign(index + 3, ",:") else index + 3
    timed = tokens[after].kind is Kind.SPACE and tokens[after + 1].kind is Kind.NUMERAL
    earlier = tokens.before(index)
    earlier = earlier - 1 if tokens.is_sign(earlier, ".,") else earlier
    timed = timed or tokens.word(earlier) in tokens.vocabulary.words("calendar", "ends_of_times")
    free = tokens.is_free(index)
    if tokens[index].text == "M" and tokens.is_sign(index + 1, "-–") and last.text in names and timed and free:
        said = Words(f"{names['M']} to {names[last.text]}")
        yield Reading(tokens[index].start, last.end, "date: letters", said, 0.92)


DATE_LETTERS = Recogniser(
    "date", _letters, (("open M-F 9-5", "open Monday to Friday 9 to 5"),), words=lambda _: ("m",), with_number=True
)
