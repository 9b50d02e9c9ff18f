"""Years, ranges of them and decades: "in 1999", "1914–18", "2019/20", "2009–present", "the 1990s", "the ’90s"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.calendar_values import Date, Decade, Year, Years
from player.utterance.spoken.grammar import ends_clause, has_determiner, is_changing, is_plural
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import is_era, is_year, read_month
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Digits, Joint

_DASHES = "-–—"
_CROSSES = ("×", "x")
_BEFORE = (("grammar", "before_years"), ("calendar", "before_dates"), ("calendar", "before_future"))
"""The lists of words that make a number after them a year."""
_CITED = frozenset("abcdef")
"""Behind the year of a work that is cited."""
_LONGEST_REIGN = 500
"""Years, of a dynasty."""
_APOSTROPHES = "'’‘"


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    text = tokens[index].text
    if len(text) != 4 or not text.isdecimal():
        return
    yield from _life(tokens, index)
    if not _may_begin(tokens, index):
        return
    yield from _range(tokens, index)
    yield from _cited(tokens, index)
    after = tokens[index + 1]
    if (
        after.kind is Kind.WORD
        or (after.text and after.text in "%°")
        or (tokens[index + 2].kind is Kind.NUMERAL and _is_joined(tokens, index + 1))
    ):
        return
    sized = _is_crossed(tokens, index)
    sure = 0.0 if sized else _sure(tokens, index)
    if sure and not is_changing(tokens, index):
        yield Reading(tokens[index].start, tokens[index].end, "year", Year(text), sure)


def _is_crossed(tokens: Tokens, index: int) -> bool:
    """ "1920 × 1080", either number."""
    after, before = tokens.after(index), tokens.before(index)
    first = tokens[after].text in _CROSSES and tokens[tokens.after(after)].kind is Kind.NUMERAL
    return first or (tokens[before].text in _CROSSES and tokens[tokens.before(before)].kind is Kind.NUMERAL)


def _cited(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "Smith et al., 2019a", "(Lee 2020b)"."""
    letter, behind = tokens[index + 1], index + 2
    ends = tokens.is_sign(behind, ",;:)") or tokens[behind].kind is Kind.EDGE
    before = tokens.before(index)
    named = tokens.is_sign(before, ",(;") or tokens[before].text.istitle() or tokens.is_sign(before, ".")
    if letter.text in _CITED and ends and named and is_year(tokens[index].text):
        year = Year(tokens[index].text, letter.text)
        yield Reading(tokens[index].start, letter.end, "year: cited", year, 0.9)


def _may_begin(tokens: Tokens, index: int) -> bool:
    before = tokens[index - 1]
    if before.kind is Kind.WORD or before.text in ("$", "€", "£", "/", ":", "+", "#", "§", ",", "_", "="):
        return False
    if before.text == ".":
        return tokens.word(index - 2) in tokens.vocabulary.words("calendar", "circa")
    if before.text and before.text in _DASHES:  # "mid-1999", "1990-1999"
        return tokens[index - 2].text.islower() and tokens[index - 2].kind is Kind.WORD
    return not (before.kind is Kind.SPACE and (tokens.is_sign(index - 2, "§") or _is_numbered(tokens, index - 2)))


def _is_numbered(tokens: Tokens, index: int) -> bool:
    """ "No. " before a number."""
    return tokens.is_sign(index, ".") and tokens.word(index - 1) in tokens.vocabulary.words("calendar", "number_signs")


def _is_joined(tokens: Tokens, index: int) -> bool:
    """Return True if a sign here makes one number of two: "1999:5", "1999/5", "1234-567"."""
    if tokens.is_sign(index, ":/"):
        return True
    return tokens.is_sign(index, "-") and len(tokens[index + 1].text) == 3


def _sure(tokens: Tokens, index: int) -> float:
    """Return how sure it is that four figures are a year: after "in" or a month they are, before a plural hardly."""
    text = tokens[index].text
    known = tokens.vocabulary
    before, after = tokens.before(index), tokens.after(index)
    leading = tokens.word(before)
    if tokens.is_sign(before, "."):
        pointed = tokens.is_sign(before - 2, ".")
        leading = (tokens.word(before - 3) if pointed else "") + tokens.word(before - 1)  # "A.D. 1066", "c. 1066"
    dated = any(leading in known.words(*those) for those in _BEFORE)
    counted = tokens[index + 1].kind is Kind.SPACE and (
        is_plural(tokens, after) or tokens.word(after) in known.words("calendar", "counted")
    )
    if tokens.is_sign(after, _DASHES) and is_plural(tokens, tokens.after(after)):
        counted = True
    if tokens[before].kind is Kind.NUMERAL and before < index - 1:
        quarter = tokens.word(before - 1) in ("q", "h")
        if not quarter:
            return 0.0
    if tokens[index + 1].kind is Kind.SPACE and len(tokens[index + 2].text) == 3 and tokens[index + 2].text.isdecimal():
        return 0.0
    if leading in known.words("calendar", "eras") or is_era(tokens, after):
        dated = True  # "AD 1066"
    if not is_year(text):
        medieval = "1010" <= text < "1100"
        ahead = "2100" <= text < "3000" and leading in known.words("calendar", "before_future")
        return 0.8 if dated and not counted and (medieval or ahead) else 0.0
    of_year = read_month(tokens, before) or leading in known.words("calendar", "of_year")
    prefixed = tokens.is_sign(index - 1, _DASHES) and tokens[index - 2].text.islower()  # "pre-1990 cars"
    if counted and (prefixed or of_year or is_of_a_year(tokens, index)):
        return 0.85
    if counted:
        in_that_year = leading in known.words("grammar", "before_years") and tokens.word(after) != "hours"
        return 0.7 if in_that_year and not ends_clause(tokens, after) else 0.4
    return 0.9 if dated or read_month(tokens, before) else 0.75


def is_of_a_year(tokens: Tokens, index: int) -> bool:
    """Return True for a plural that a year goes with: "the 2004 Olympics", "the 1848 revolutions"; not "1999 men"."""
    following = tokens[tokens.after(index)]
    if _is_dated_thing(tokens, index):
        return True
    recent = "1900" <= tokens[index].text < "2100"
    named = following.text[:1].isupper() and not following.text.isupper()
    exact = tokens[index].text[-1] != "0" and tokens.word(tokens.before(index)) in tokens.vocabulary.words(
        "calendar", "before_that_year"
    )
    leading = tokens.word(tokens.before(index))
    of_it = has_determiner(tokens, index) and leading not in tokens.vocabulary.words("grammar", "quantifiers")
    return exact or (recent and of_it and (named or tokens[index].text > "2000"))


def _is_dated_thing(tokens: Tokens, index: int) -> bool:
    """ "the Schools Act of 1996 recognises", "Office 2002 licenses", "from 1914 to 1945 wars raged"."""
    text, at = tokens[index].text, tokens.before(index)
    if not is_year(text):
        return False
    thing = tokens[at]
    named, joint = thing, tokens.before(at)
    if thing.text == "to":
        led = tokens.word(tokens.before(joint)) in tokens.vocabulary.words("grammar", "before_years_and_to")
        return led and is_year(tokens[joint].text) and tokens[joint].text < text
    if thing.text == "of":
        named, joint = tokens[joint], tokens.before(joint)
    recent = thing.text == "of" or "1985" <= text < "2035"
    name = named.kind is Kind.WORD and len(named.text) > 2 and named.text.istitle()
    return name and recent and text[2:] != "00" and tokens[joint].kind is Kind.WORD


def _life(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the last year of "Avicenna (981–1037)", "Shen Kuo (1031–1095)"."""
    first, last, opened = tokens[index - 2].text, tokens[index].text, tokens.before(index - 2)
    if tokens.is_sign(opened, ".") and tokens.word(opened - 1) in tokens.vocabulary.words("calendar", "circa"):
        opened = tokens.before(opened - 1)
    early = first.isdecimal() and last < "2100" and (len(first) == 3 or "1000" <= first < "1100")
    lived = tokens.is_sign(index - 1, _DASHES) and early and 0 < int(last) - int(first) < _LONGEST_REIGN
    closed = tokens.is_sign(index + 1, ");,") or is_era(tokens, tokens.after(index))
    if lived and closed and tokens.is_sign(opened, "("):
        yield Reading(tokens[index - 2].start, tokens[index].end, "years: of a life", Years(first, last), 0.96)


def _range(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "1914–18", "1990 - 2000", "2019/20", "1999/2000"; "2009–present" and "1990s–2000s" have only their dash read."""
    first = tokens[index].text
    if not is_year(first) or tokens.is_sign(index - 1, "-"):
        return
    dash = tokens.past_blank(index + 1)
    last = tokens.past_blank(dash + 1)
    text = tokens[last].text
    if tokens[last + 1].kind is Kind.WORD or tokens.is_sign(last + 1, "-–%/") or not text.isdecimal():
        return
    following = (int(first) + 1) % 100
    start, end = tokens[index].start, tokens[last].end
    value = Years(first, text)
    if tokens.is_sign(dash, "/") and dash == index + 1:
        if len(text) in (2, 4) and int(text[-2:]) == following and text[-4:-2] in ("", "19", "20"):
            yield Reading(start, end, "years: season", value, 0.95)
        elif len(text) == 1 and text == str(following)[-1] and text > first[-1]:  # "2003/4"
            yield Reading(start, end, "years: season", Years(first, first[2] + text), 0.9)
    elif tokens.is_sign(dash, _DASHES):
        ancient = is_year(text) and text < first and is_era(tokens, tokens.after(last))  # "1200–1150 BC"
        rising = ancient or text > first if is_year(text) else text > first[2:] or int(text) == following
        if rising and (len(text) == 2 or is_year(text)):
            yield Reading(start, end, "years", value, 0.93)
        elif len(text) == 2 and dash == index + 1 and 1 <= int(text) <= 12:
            month = Date(int(text), 0, 0, first)
            yield Reading(start, end, "years: month", month, 0.9)


YEAR = Recogniser(
    "year",
    _propose,
    (("in 1999", "in nineteen ninety-nine"), ("mid-1914", "mid-nineteen fourteen")),
    numerals=Beside.FOUR,
)


def _decade(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "1990s", "1990's", "'90s"; and the dash between two, or before "present"."""
    text = tokens[index].text
    quoted = tokens.is_sign(index - 1, _APOSTROPHES) and tokens[index - 2].kind in (Kind.SPACE, Kind.EDGE)
    stopped = tokens.is_sign(index + 1, ".") and tokens[index + 2].kind in (Kind.SPACE, Kind.EDGE)
    free = stopped or (tokens[index + 1].kind is not Kind.WORD and not tokens.is_sign(index + 1, "'’\"”:.%"))
    if quoted and free and len(text) == 2 and text[0] == "0" and text.isdecimal():
        year = Digits((text,), oh=True)
        yield Reading(tokens[index - 1].start, tokens[index].end, "year: short", year, 0.9)  # "Dec. '09"
        return
    end = index + 2 if tokens.is_sign(index + 1, _APOSTROPHES) else index + 1
    if tokens[end].text == "s" and text.endswith("0") and text.isdecimal():
        if len(text) == 4 and is_year(text) and not tokens.is_sign(index - 1, "$€£.,"):
            yield Reading(tokens[index].start, tokens[end].end, "decade", Decade(int(text)), 0.95)
        led = tokens.word(tokens.before(index))
        if len(text) == 3 and text[0] != "0" and led in tokens.vocabulary.words("calendar", "before_decades"):
            yield Reading(tokens[index].start, tokens[end].end, "decade: of three figures", Decade(int(text)), 0.9)
        if text == "00" and (quoted or led in tokens.vocabulary.words("calendar", "before_decades")):
            start = tokens[index - 1 if quoted else index].start
            yield Reading(start, tokens[end].end, "decade: short", Decade(2000), 0.9)
        short = len(text) == 2 and text >= "20"
        if (
            short
            and tokens.is_sign(index - 1, _APOSTROPHES)
            and tokens[index - 2].kind not in (Kind.NUMERAL, Kind.WORD)
        ):
            value = Decade(1900 + int(text), short=True)
            yield Reading(tokens[index - 1].start, tokens[end].end, "decade: short", value, 0.95)
        elif short and tokens.is_sign(index - 1, "-–/") and tokens[index - 2].text == "s":
            yield Reading(tokens[index].start, tokens[end].end, "decade: short", Decade(1900 + int(text), True), 0.9)
        end += 1
    elif not is_year(text):
        return
    else:
        end = index + 1
    dash = tokens.past_blank(end)
    last = tokens.past_blank(dash + 1)
    if not tokens.is_sign(dash, _DASHES):
        return
    following = last + 1 if tokens.is_sign(last, _APOSTROPHES) else last
    now = tokens.word(last) in tokens.vocabulary.words("calendar", "now")
    ended = tokens[following + 1].text == "s" and is_year(tokens[following].text)  # "1990–2000s"
    decades = (end > index + 1 or ended) and tokens[following].text.isdecimal() and tokens[following].text.endswith("0")
    if now or decades:
        yield Reading(tokens[end - 1].end, tokens[last].start, "years: until", Joint("to"), 0.95)


DECADE = Recogniser(
    "decade",
    _decade,
    (("the 1990s", "the nineteen nineties"), ("the ’90s", "the nineties")),
    numerals=Beside.FOUR | Beside.AFTER_APOSTROPHE | Beside.AFTER_DASH | Beside.GLUED_WORD,
)
