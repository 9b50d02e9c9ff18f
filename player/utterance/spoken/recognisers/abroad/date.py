"""Dates in figures: "am 3.10.1990", "le 3/10/1990", "vom 3.10. bis 5.10.", "1990-10-03"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.sentences.language import language_of
from player.utterance.spoken.calendar_values import Date
from player.utterance.spoken.languages import CODES
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.abroad.ordinal import ending_of
from player.utterance.spoken.recognisers.calendar.parts import full_year, is_day
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary

_JOINTS = "/-"
_DASHES = "-–—"
_UNTIL = "t/m"
"""Dutch: "ma t/m vr"."""
_YEARS = ("1000", "2200")
_MOST_DAYS = 31
_LONGEST_BETWEEN = 3
"""Letters of "und", "au" between two days."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first figures."""
    second = tokens.is_sign(index - 1, "/-") and tokens.is_sign(index - 2, ".") and _is_ranged(tokens, index, index)
    if tokens[index - 1].kind is Kind.WORD or (tokens.is_sign(index - 1, "/-.,:$€") and not second):
        return
    parts, end, joint = _parts(tokens, index)
    if not all(part.isdecimal() and len(part) < 5 for part in parts) or tokens[end + 1].kind is Kind.WORD:
        return
    led = tokens.word(tokens.before(index)) in tokens.vocabulary.words("calendar", "before")
    led = led or _is_behind_day(tokens, tokens.before(index))
    if len(parts) == 3 and len(parts[0]) == 4 and joint == "-":
        parts = parts[::-1]  # "1990-10-03"
    year = parts[2] if len(parts) == 3 else ""
    short = len(year) == 2 and led and joint != "-"
    if short:
        year = full_year(year)
    whole = len(year) == 4 and _YEARS[0] <= year < _YEARS[1]
    until = tokens.word(tokens.past_blank(end + 2)) in tokens.vocabulary.words("calendar", "until")
    ranged = len(parts) == 2 and joint == "." and _is_ranged(tokens, index, end)
    slashed = len(parts) == 2 and joint == "/" and led and len(parts[0]) == len(parts[1]) == 2  # "le 14/07"
    alone = len(parts) == 2 and joint == "." and tokens.is_sign(end + 1, ".") and (led or until or ranged)
    if (
        not (whole or alone or slashed)
        or max(len(parts[0]), len(parts[1])) > 2
        or not is_day(int(parts[1]), int(parts[0]))
    ):
        return
    declined = bool(tokens.vocabulary.table("ordinals").get("declined"))
    value = Date(
        int(parts[1]), int(parts[0]), 0, year, day_first=True, ending=ending_of(tokens, index, "") if declined else ""
    )
    if ranged and tokens.is_sign(tokens.past_blank(end + 2), _DASHES):
        dash = tokens.past_blank(end + 2)
        to = Words(str(tokens.vocabulary.table("grammar", "joints")["to"]))
        yield Reading(tokens[end + 1].end, tokens[tokens.past_blank(dash + 1)].start, "date: until", to, 0.95)
    last = tokens[end + 1].end if alone and not _is_last(tokens, end + 2) else tokens[end].end
    yield Reading(tokens[index].start, last, "date: figures", value, 0.95)


def _is_behind_day(tokens: Tokens, comma: int) -> bool:
    """ "Fr., 5.6.", "Freitag, 5.6."."""
    stop = comma - 1 if tokens.is_sign(comma - 1, ".") else comma
    days = str(tokens.vocabulary.table("calendar").get("before", "")).split()
    day = _short(tokens.vocabulary).get(tokens.word(stop - 1), tokens.word(stop - 1)).lower()
    return tokens.is_sign(comma, ",") and day in days and len(day) > _LONGEST_BETWEEN


def _is_ranged(tokens: Tokens, index: int, end: int) -> bool:
    """Return True for days of which one goes on to the other: "1.1.–31.12."."""
    dash, before = tokens.past_blank(end + 2), tokens.before(index)
    day = tokens[tokens.before(before) - 1].text
    if tokens.is_sign(before, _DASHES + "/") and tokens.is_sign(tokens.before(before), ".") and day.isdecimal():
        return int(day[:3]) <= _MOST_DAYS  # "1.–3.5."
    first = tokens.is_sign(dash, _DASHES) and _is_day_and_month(tokens, tokens.past_blank(dash + 1))
    return first or (tokens.is_sign(before, _DASHES) and _is_day_and_month(tokens, tokens.before(before) - 1))


def _is_day_and_month(tokens: Tokens, index: int) -> bool:
    """Return True for "3.5." and "3.5.2020"."""
    day, _, rest = tokens[index].text.partition(".")
    month, _, year = rest.partition(".")
    ends = tokens.is_sign(index + 1, ".") if not year else len(year) == len("2020") and year.isdecimal()
    return ends and day.isdecimal() and month.isdecimal() and is_day(int(month[:3]), int(day[:3]))


def _parts(tokens: Tokens, index: int) -> tuple[list[str], int, str]:
    """Two or three figures from here on, the index of the last, and what joins them."""
    parts = tokens[index].text.split(".", 3)
    end = index
    while len(parts) < 3 and tokens.is_sign(end + 1, ".") and tokens[tokens.past_blank(end + 2)].kind is Kind.NUMERAL:
        end = tokens.past_blank(end + 2)
        parts += tokens[end].text.split(".", 3)
    if len(parts) > 1:
        return parts, end, "."
    joint = tokens[index + 1].text
    while len(parts) < 3 and joint and joint in _JOINTS and tokens[end + 1].text == joint:
        parts.append(tokens[end + 2].text)
        end += 2
    if tokens[end + 1].text == joint and end > index:
        return [], index, ""
    return parts, end, joint


def _is_last(tokens: Tokens, index: int) -> bool:
    return tokens[tokens.past_blank(index)].kind is Kind.EDGE


DATE = Recogniser(
    "date",
    _propose,
    (("am 3.10.1990", "am dritten Oktober neunzehnhundertneunzig"),),
    numerals=Beside.POINT | Beside.SLASH | Beside.DASH | Beside.STOP,
    languages=CODES,
)


def _short(known: Vocabulary) -> dict[str, str]:
    return {**language_of(known.code).tables["date"], **known.table("calendar", "short")}


def _names(known: Vocabulary) -> dict[str, str]:
    """Days and months in small letters, in full and short: what they are in full."""
    short = _short(known)
    return {full.lower(): full for full in short.values()} | dict(short)


def _range(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first of two days or months: "Mo.–Fr.", "lun-ven"."""
    names = _names(tokens.vocabulary)
    dash = tokens.past_blank(index + 2 if tokens.is_sign(index + 1, ".") else index + 1)
    stroke = tokens.matches(dash, _UNTIL)
    last = tokens.past_blank(stroke or dash + 1)
    if (
        not (stroke or tokens.is_sign(dash, _DASHES))
        or tokens.word(last) not in names
        or tokens.is_sign(index - 1, _DASHES)
    ):
        return
    short = _short(tokens.vocabulary)
    if tokens.is_sign(last + 1, "-–'’") or not {tokens.word(index), tokens.word(last)} & short.keys():
        return
    stop = tokens.is_sign(last + 1, ".") and not _is_last(tokens, last + 2)
    end = tokens[last + 1].end if stop else tokens[last].end
    to = tokens.vocabulary.table("grammar", "joints")["to"]
    to = f" {tokens.vocabulary.table('grammar', 'strokes').get(_UNTIL)} " if stroke else to
    said = f"{names[tokens.word(index)]}{to}{names[tokens.word(last)]}"
    yield Reading(tokens[index].start, end, "date: range", Words(said), 0.97)


DATE_RANGE = Recogniser(
    "date",
    _range,
    (("Mo.–Fr. offen", "Montag bis Freitag offen"),),
    words=_names,
    needs=(*_DASHES, _UNTIL),
    languages=CODES,
)


def _pair(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first of two days or months with a short word between them: "du lun. au ven.", "Sa. und So."."""
    short, names = _short(tokens.vocabulary), _names(tokens.vocabulary)
    between = tokens.past_blank(index + 2)
    last = tokens.past_blank(between + 2 if tokens.is_sign(between + 1, ".") else between + 1)  # "Sa. u. So."
    word = tokens[between].text
    if not word.islower() or len(word) > _LONGEST_BETWEEN or tokens.word(last) not in names:
        return
    yield Reading(tokens[index].start, tokens[index + 1].end, "date: pair", Words(short[tokens.word(index)]), 0.97)
    if tokens.word(last) in short and tokens.is_sign(last + 1, "."):
        end = tokens[last].end if _is_last(tokens, last + 2) else tokens[last + 1].end
        yield Reading(tokens[last].start, end, "date: pair", Words(short[tokens.word(last)]), 0.97)


DATE_PAIR = Recogniser(
    "date", _pair, (("Sa. und So. offen", "Samstag und Sonntag offen"),), stopped=_short, languages=CODES
)


def _stroked(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a slash between two days or months: "Sa./So.", "Mo./Mi./Fr.", "Jan./Feb. 2020"."""
    short, first, last = _short(tokens.vocabulary), index - 1 - tokens.is_sign(index - 1, "."), index + 1
    names = (tokens.word(first), tokens.word(last))
    stopped = first < index - 1 and tokens.is_sign(last + 1, ".")
    if not stopped or not all(name in short for name in names):
        return
    yield Reading(tokens[first].start, tokens[index].end, "date: stroke", Words(f"{short[names[0]]}, "), 0.97)
    if not tokens.is_sign(last + 2, "/"):
        end = tokens[last].end if _is_last(tokens, last + 2) else tokens[last + 1].end
        yield Reading(tokens[last].start, end, "date: stroke", Words(short[names[1]]), 0.97)


STROKED = Recogniser(
    "date", _stroked, (("Sa./So. offen", "Samstag, Sonntag offen"),), signs="/", needs=("./",), languages=CODES
)


def _weekday(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the short day of "Do., 5.6.", "Mi., 14. Mai"."""
    figures = tokens[tokens.past_blank(index + 3)]
    if tokens[index].text[0].isupper() and tokens.is_sign(index + 2, ",") and figures.kind is Kind.NUMERAL:
        said = Words(_short(tokens.vocabulary)[tokens.word(index)])
        yield Reading(tokens[index].start, tokens[index + 1].end, "date: day of the week", said, 0.97)


WEEKDAY = Recogniser(
    "date", _weekday, (("am Mi., 14. Mai", "am Mittwoch, vierzehnter Mai"),), stopped=_short, languages=("de",)
)


def _month(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the short month of "3 ene. 2020", between whose parts a word is missing."""
    day, of = tokens[index - 2], str(tokens.vocabulary.table("magnitudes")["of"])
    month = tokens.word(index) in tokens.vocabulary.words("calendar", "short_months")
    dated = tokens[index - 1].text == " " and day.text.isdecimal() and len(day.text) < 3 and 1 <= int(day.text) <= 31
    if not (month and dated):
        return
    year = tokens[tokens.past_blank(index + 2)]
    goes_on = len(year.text) == 4 and year.text.isdecimal()
    said = f"{of} {_short(tokens.vocabulary)[tokens.word(index)]}" + (f" {of}" if goes_on else "")
    end = tokens[index].end if _is_last(tokens, index + 2) else tokens[index + 1].end
    yield Reading(tokens[index].start, end, "date: short month", Words(said), 0.97)


SHORT_MONTH = Recogniser(
    "date", _month, (("el 3 ene. 2020", "el 3 de enero de 2020"),), stopped=_short, languages=("es", "pt")
)
