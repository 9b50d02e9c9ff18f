"""Times of day: "12:30 Uhr", "14h30", "om 12.30 uur"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import past_dash
from player.utterance.spoken.languages import CODES
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit, units
from player.utterance.spoken.values import Words


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    hours = tokens[index].text
    if tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, ":,./"):
        return
    known = tokens.vocabulary
    pointed, _, rest = hours.partition(".")
    if "," in hours and tokens.word(_led(tokens, index)) in known.words("clock", "before_commas"):
        pointed, _, rest = hours.partition(",")  # "alle ore 21,30"
        rest = "" if _is_amount(tokens, index + 1) else rest
    if rest:
        hours, minutes, at = pointed, rest, index + 1
    elif tokens.is_sign(index + 1, ":") and tokens[index + 2].kind is Kind.NUMERAL:
        minutes, at = tokens[index + 2].text, index + 3
    else:
        yield from _french(tokens, index)
        yield from _lasting(tokens, index)
        return
    if not (is_hour(hours) and len(minutes) == 2 and minutes.isdecimal() and minutes < "60"):
        return
    if tokens.is_sign(at, ":") and tokens[at + 1].kind is Kind.NUMERAL:
        yield from _exact(tokens, index, hours, minutes, at + 1)
        return
    named = tokens.word(tokens.past_blank(at))
    last = past_dash(tokens, at)
    if not last and named == str(tokens.vocabulary.table("grammar", "joints")["to"]).strip():
        later = tokens.past_blank(tokens.past_blank(at) + 1)  # "van 9.00 tot 17.00 uur"
        if rest and _ends_named(tokens, later):
            said = Words(said_time(tokens, hours, minutes))
            yield Reading(tokens[index].start, tokens[at - 1].end, "time: range", said, 0.9)
    if rest and last and _ends_named(tokens, last):
        to = str(tokens.vocabulary.table("grammar", "joints")["to"])
        said = Words(said_time(tokens, hours, minutes) + to)
        yield Reading(tokens[index].start, tokens[last].start, "time: range", said, 0.95)
    if named in known.words("clock", "after"):
        end = _past_stop(tokens, tokens.past_blank(at))
        yield Reading(tokens[index].start, end, "time: named", Words(said_time(tokens, hours, minutes)), 0.95)
    elif (rest or hours == "1") and tokens.word(_led(tokens, index)) in known.words("clock", "before"):
        said = Words(said_time(tokens, hours, minutes))
        yield Reading(tokens[index].start, tokens[at - 1].end, "time: after its word", said, 0.9)


def _led(tokens: Tokens, index: int) -> int:
    """Return the index of the word before this token, less its full stop: "h. 21,30"."""
    before = tokens.before(index)
    return before - 1 if tokens.is_sign(before, ".") else before


def _is_amount(tokens: Tokens, index: int) -> bool:
    """Return True if what is behind a number makes it so much of something."""
    at = tokens.past_blank(index)
    return tokens.is_sign(at, "€$£%°") or read_unit(tokens, at) is not None


def _past_stop(tokens: Tokens, index: int) -> int:
    """Return where a word for hours ends, with its full stop: "14:30 hrs. de", "7.42 u. van"."""
    following = tokens[tokens.past_blank(index + 2)]
    goes_on = following.text[:1].islower() or following.text[:1] == "("
    return tokens[index + 1].end if tokens.is_sign(index + 1, ".") and goes_on else tokens[index].end


def _exact(tokens: Tokens, index: int, hours: str, minutes: str, at: int) -> Iterator[Reading]:
    """ "17:05:30", "02:02:23 Uhr"; at its seconds."""
    seconds, known = tokens[at].text, tokens.vocabulary
    names = units(known).names
    if len(seconds) != 2 or not seconds.isdecimal() or seconds > "59" or tokens.is_sign(at + 1, ":,."):
        return
    named = tokens.past_blank(at + 1)
    lasting = tokens.word(named) in known.words("clock", "lasting")
    end = tokens[named].end if lasting or tokens.word(named) in known.words("clock", "after") else tokens[at].end
    parts = [f"{int(figures)} {names[sign][figures != '01']}" for figures, sign in ((minutes, "min"), (seconds, "s"))]
    length = known.table("clock").get("length") or known.table("clock")["many"]
    hour = f"{int(hours)} {names['h'][hours not in ('1', '01')]}" if lasting else str(length).format(int(hours))
    said = f"{hour}, {parts[0]}{known.table('grammar', 'joints')['and']}{parts[1]}"
    yield Reading(tokens[index].start, end, "time: exact", Words(said), 0.9)


def _ends_named(tokens: Tokens, index: int) -> bool:
    """ "10.00 Uhr", "10 Uhr"."""
    hours, _, minutes = tokens[index].text.partition(".")
    named = tokens.word(tokens.past_blank(index + 1)) in tokens.vocabulary.words("clock", "after")
    return is_hour(hours) and (not minutes or len(minutes) == 2) and named


def _french(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "14h30", "14 h 30"."""
    letter = tokens.past_blank(index + 1)
    minutes = tokens.past_blank(letter + 1)
    hours, written = tokens[index].text, tokens[minutes].text
    if tokens.word(letter) not in tokens.vocabulary.words("clock", "between") or not is_hour(hours):
        return
    if len(written) == 2 and written.isdecimal() and written < "60":
        end = tokens[minutes].end
        if tokens.word(minutes + 1) in tokens.vocabulary.words("clock", "behind_minutes"):
            end = tokens[minutes + 1].end
        said = said_time(tokens, hours, written)
        yield Reading(tokens[index].start, end, "time: h", Words(said), 0.95)
        last = past_dash(tokens, minutes + 1)  # "8h30-12h"
        until = tokens[tokens.past_blank(last + 1)] if last and is_hour(tokens[last].text) else tokens[-1]
        if until.text in tokens.vocabulary.words("clock", "between"):
            to = str(tokens.vocabulary.table("grammar", "joints")["to"])
            later = tokens[last + 2].text
            timed = len(later) == 2 and later.isdecimal() and later < "60"
            said += to + said_time(tokens, tokens[last].text, later if timed else "0")
            stop = tokens[last + 2].end if timed else until.end
            yield Reading(tokens[index].start, stop, "time: h, range", Words(said), 0.96)


def _lasting(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "31m31s", "1m14,5s"."""
    names, known = units(tokens.vocabulary).names, tokens.vocabulary
    glued = tokens[index + 1].text == "m" and tokens[index + 2].kind is Kind.NUMERAL and tokens[index + 3].text == "s"
    minutes, seconds = tokens[index].text, tokens[index + 2].text
    if (
        not glued
        or not minutes.isdecimal()
        or tokens[index + 4].kind is Kind.NUMERAL
        or not {"min", "s"} <= names.keys()
    ):
        return
    joint = known.table("grammar", "joints")["and"]
    said = f"{minutes} {names['min'][minutes != '1']}{joint}{seconds.lstrip('0') or '0'} {names['s'][1]}"
    yield Reading(tokens[index].start, tokens[index + 3].end, "time: lasting", Words(said), 0.95)


def is_hour(text: str) -> bool:
    """Return True for figures from 0 to 24."""
    return text.isdecimal() and len(text) < 3 and int(text) < 25


def said_time(tokens: Tokens, hours: str, minutes: str) -> str:
    """ "12 Uhr 30"; the words around are the language's."""
    table = tokens.vocabulary.table("clock")
    hour = int(hours)
    named = {1: table["one"], 2: table.get("two")}.get(hour)
    said = str(named or table["many"].format(hour))
    return said + (str(table["minutes"]).format(int(minutes)) if int(minutes) else "")


CLOCK = Recogniser("time", _propose, (("um 12:30 Uhr", "um 12 Uhr 30"),), numerals=Beside.ANYTHING, languages=CODES)
