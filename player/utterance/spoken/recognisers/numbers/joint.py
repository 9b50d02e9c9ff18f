"""What stands between two numbers: a range, a score, a ratio, a size, or a joint in a name."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

from player.utterance.spoken.amounts import VULGAR, number_of
from player.utterance.spoken.grammar import has_determiner
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import is_era
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Joint, Number

_DASHES = "-–—−"
_AROUND = 8
"""How many tokens away a word says that a pair of numbers is a score."""
_SURE = 0.95
"""Confidence of what nothing else makes doubtful."""
_CURRENCY = "$€£¥"
_LONGEST_SUM = 12
"""Tokens to either side."""
_INCHES = 12
"""In a foot."""
_SHORTEST_VARIANT = 3
"""Figures of the longer number of a model: "A350-1000"."""
_LONGEST_CODE = 4
"""Letters before a docket's number."""
_LETTERS, _SMALL_LETTERS = frozenset("ABCDEFGH"), frozenset("abcdefgh")
_CAPITALS = frozenset(ascii_uppercase)
_SPINE = frozenset("CLST")
"""Of vertebrae: "C5–C6"."""
_COMPASS, _MARKS, _RAISED = frozenset("NSEW"), "\"″”'′’", frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a dash: what it means between the numbers beside it."""
    left, right = tokens.before(index), tokens.after(index)
    if tokens.is_sign(right, _CURRENCY):
        right += 1
    before = tokens.before(left) if tokens.is_sign(left, "%") else left
    low, high = _number(tokens, before), _number(tokens, right)
    if high and tokens[index].text == "–" and left == index - 1 and right == index + 1 and _is_unit(tokens, left):
        yield Reading(tokens[index].start, tokens[index].end, "range: of measures", Joint("to"), 0.85)
    parts = high or tokens[right].text in VULGAR
    if parts and tokens[left].text in VULGAR and left == index - 1:  # "½–1 cup"
        yield Reading(tokens[left].end, tokens[right].start, "range: from parts", Joint("to"), 0.9)
    if high and left == index - 1 and _is_marked(tokens, left, right):
        yield Reading(tokens[left].end, tokens[right].start, "range: of marks", Joint("to"), 0.9)
    if _has_letters(tokens, index):
        yield Reading(tokens[index].start, tokens[index].end, "range: with letters", Joint("to"), 0.9)
    if left == index - 1 and right == index + 1 and _is_lettered(tokens, index):
        yield Reading(tokens[index].start, tokens[index].end, "range: of letters", Joint("to"), 0.85)
    if low is None or high is None:
        return
    counted = len(tokens[right].text) < 3 and tokens[right + 1].text == " " and tokens[right + 2].text.islower()
    if _is_part(tokens, left - 2) and (counted or _is_part(tokens, right)):  # "1/4-1/2 tsp", "3/4-1 inch"
        start, end = tokens[left].end, tokens[tokens.past_blank(index + 1)].start
        yield Reading(start, end, "range: from parts", Joint("to"), 0.95)
    start, end = tokens[left].end, tokens[tokens.past_blank(index + 1)].start
    falling = (len(low.whole), low.whole) > (len(high.whole), high.whole)
    apart = falling and tokens[index + 1].kind is Kind.SPACE and tokens.is_sign(right - 1, _CURRENCY)
    doubt = 0.3 if apart or _is_longer(tokens, left, right) or _is_dated(tokens, before, right, low, high) else 1.0
    for kind, told, confidence in (*_as_name(tokens, before, right), *_as_range(tokens, before, right, low, high)):
        sure = confidence if confidence >= _SURE else confidence * doubt
        yield Reading(start, end, f"{'range' if kind else 'joint'}: {told}", Joint(kind), sure)


def _is_marked(tokens: Tokens, left: int, right: int) -> bool:
    """Return True for two numbers with the same mark: "3"–4"", "40°N–50°N", "10³–10⁶"."""
    mark, number = tokens[left].text, left - 1
    if mark in _COMPASS and tokens.is_sign(left - 1, "°"):
        number = left - 2
        return (
            tokens[number].kind is Kind.NUMERAL
            and tokens.is_sign(right + 1, "°")
            and tokens[right + 2].text in _COMPASS
        )
    if mark and mark in _RAISED:
        return tokens[number].text == tokens[right].text and tokens[right + 1].text in _RAISED
    same = tokens[right + 1].text == mark or tokens[right + 1].kind is Kind.NUMERAL
    return bool(mark) and mark in _MARKS and tokens[number].kind is Kind.NUMERAL and same


def _has_letters(tokens: Tokens, index: int) -> bool:
    """ "junctions J10–J11", "514a–520a": numbers that rise, with a letter before or behind each."""
    first, last = tokens[index - 1], tokens[index + 1]
    if first.kind is Kind.NUMERAL:
        ahead, behind, number, free = tokens[index - 2], last, tokens[index + 2], index + 3
        alike = ahead.text == behind.text and tokens[index - 3].kind in (Kind.SPACE, Kind.EDGE, Kind.SIGN)
        low, high = first.text, number.text
        alike = alike and tokens[index].text != "-" and not (ahead.text in _SPINE and len(high) == 1)
    else:
        ahead, behind, free = tokens[index - 2], last, index + 3
        alike = len(tokens[index + 2].text) == 1 and tokens[index + 2].text.islower() and first.text.islower()
        low, high = ahead.text, behind.text
        alike = alike and tokens[index - 3].kind in (Kind.SPACE, Kind.EDGE, Kind.SIGN)
    letter = ahead if first.kind is Kind.NUMERAL else first
    rising = low.isdecimal() and high.isdecimal() and int(low[:6]) < int(high[:6]) and len(high) <= len(low) + 1
    loose = tokens[free].kind not in (Kind.WORD, Kind.NUMERAL) and not tokens.is_sign(free, "-–")
    return alike and rising and loose and (letter.text in _SMALL_LETTERS or letter.text in _CAPITALS)


def _is_lettered(tokens: Tokens, index: int) -> bool:
    """ "Figs. 3a–c", "on pages 12A-D": letters of the same number."""
    first, last = tokens[index - 1].text, tokens[index + 1].text
    lettered = last in _SMALL_LETTERS if first in _SMALL_LETTERS else first in _LETTERS and last in _LETTERS
    return (
        lettered
        and first < last
        and tokens[index - 2].kind is Kind.NUMERAL
        and tokens[index + 2].kind is not Kind.NUMERAL
    )


def _is_unit(tokens: Tokens, last: int) -> bool:
    """ "18 mos.", "5 cm": a number and a unit end here."""
    unit = last - 1 if tokens.is_sign(last, ".") else last
    counted = tokens[unit].kind is Kind.WORD and tokens[tokens.before(unit)].kind is Kind.NUMERAL
    return counted and read_unit(tokens, unit) is not None


def _is_part(tokens: Tokens, index: int) -> bool:
    """ "1/2", "3/4", small enough for a part of one, and nothing more hanging on it."""
    over, under = tokens[index].text, tokens[index + 2].text
    small = len(over) == 1 and len(under) < 3 and under.isdecimal() and over.isdecimal() and int(over) < int(under)
    return (
        small
        and tokens.is_sign(index + 1, "/⁄")
        and not tokens.is_sign(index - 1, "/")
        and not tokens.is_sign(index + 3, "/")
    )


def _number(tokens: Tokens, index: int) -> Number | None:
    token = tokens[index]
    return number_of(token.text) if token.kind is Kind.NUMERAL else None


def _as_name(tokens: Tokens, left: int, right: int) -> Iterator[tuple[str, str, float]]:
    """Yield the joint of numbers that are said one after the other: "24-7", "No. 19-1392", "the 747-400 jet"."""
    known = tokens.vocabulary
    before, after = tokens.before(left), tokens.after(right)
    if tokens[before].text == ".":
        before = tokens.before(before)
    leading, following = tokens.word(before), tokens.word(after)
    day = tokens.word(tokens.before(before)) if tokens[before].text == ":" else leading  # "Sun: 10-4"
    open_hours = day.removesuffix("s") in known.words("calendar", "weekdays")  # "Sundays 10-4"
    if _is_height(tokens, left, right):
        yield "", "name", 0.97
    if not open_hours and _is_known(tokens, f"{tokens[left].text}-{tokens[right].text}", leading, following):
        yield "", "known pair", 0.95
    if tokens[left].text in known.words("joints", "models") and leading not in known.words("joints", "pages"):
        yield "", "name", 0.95
    beats = f"{tokens[left].text}/{tokens[right].text}" in known.words("joints", "beats")
    if beats and following in known.words("joints", "beaten"):
        yield "", "name", 0.95  # "in 3-4 time"
    coded = tokens[before].text.isupper() and 1 < len(leading) <= _LONGEST_CODE  # "HB 12-1001"
    wide = len(tokens[right].text) > len(tokens[left].text) + 1
    if coded and len(tokens[left].text) > 2 and len(tokens[right].text) < len(tokens[left].text):
        yield "", "name", 0.95  # "EN 1090-1"
    several = leading in known.words("joints", "names_of_several") or _is_listed(tokens, left, leading)
    if wide and (coded or several):
        yield "", "name", 0.95
    if _is_model(tokens, left, right):
        yield "", "model", _SURE
    last = right
    while last < right + _LONGEST_SUM and tokens.is_sign(last + 1, "-–") and tokens[last + 2].kind is Kind.NUMERAL:
        last += 2  # "a 4-4-2 formation"
    named = tokens.word(tokens.after(last)) in known.words("joints", "name_of")
    section = tokens[tokens.before(left)].text == "§" and tokens[tokens.before(left) - 1].text != "§"  # "§ 2-207"
    if leading in known.words("joints", "names") or named or section:
        yield "", "name", 0.95


def _is_model(tokens: Tokens, left: int, right: int) -> bool:
    """ "an A320-200", "an A350-1000", "a DC-10-30"; not "junctions J9-10", "vitamins B1-3"."""
    letters, first, second = tokens[left - 1], tokens[left].text, tokens[right].text
    if tokens.is_sign(left - 1, "-") and right == left + 2:
        return tokens[left - 2].kind is Kind.WORD and tokens[left - 2].text.isupper()
    glued = tokens[right + 1].kind is Kind.WORD or tokens.is_sign(right + 1, "-–")
    if tokens[left - 2].kind is Kind.NUMERAL or glued:
        return False  # "SN 4X7-220-B", "the X7-220B"
    longer = len(second) > len(first) and len(second) >= _SHORTEST_VARIANT
    falling = len(second) == len(first) and second < first
    glued = letters.kind is Kind.WORD and letters.text.isupper() and len(letters.text) < _LONGEST_CODE
    return glued and right == left + 2 and (longer or falling)


def _is_height(tokens: Tokens, left: int, right: int) -> bool:
    """ "a 6-2, 220-pound back", "a 6-8 forward": feet and inches of a player."""
    known, feet, inches = tokens.vocabulary, tokens[left].text, tokens[right].text
    if feet not in known.words("joints", "feet_of_players") or not inches.isdecimal() or int(inches[:3]) >= _INCHES:
        return False
    if has_determiner(tokens, left) and tokens.word(tokens.after(right)) in known.words("joints", "players"):
        return True
    pounds = tokens.after(right + 1)
    heavy = tokens.is_sign(right + 1, ",") and tokens[pounds].kind is Kind.NUMERAL and len(tokens[pounds].text) == 3
    unit = pounds + 2 if tokens.is_sign(pounds + 1, "-") else tokens.after(pounds)
    return heavy and tokens.word(unit) in known.words("joints", "pounds")


def _is_listed(tokens: Tokens, left: int, leading: str) -> bool:
    """Return True for the second of two of a kind: "Nos. 19-1392 and 19-1393"."""
    last = tokens.before(tokens.before(left))
    joined = leading in tokens.vocabulary.words("joints", "linking") and tokens[last].kind is Kind.NUMERAL
    return joined and tokens.is_sign(last - 1, _DASHES) and tokens[last - 2].text == tokens[left].text


def _as_range(tokens: Tokens, left: int, right: int, low: Number, high: Number) -> Iterator[tuple[str, str, float]]:
    """Yield the joint of numbers that differ: "5–10", "They won 3-2", "8 - 3 = 5"."""
    known = tokens.vocabulary
    if tokens.word(tokens.before(left)) in known.words("grammar", "before_ranges"):
        yield "and", "between", 0.92
    if _is_subtracted(tokens, right):
        yield "minus", "in a row", 0.95
    elif tokens.is_sign(tokens.after(tokens.after(right) if tokens.is_sign(right + 1, "%") else right), "=<>≤≥"):
        yield "minus", "in a sum", 0.92
    if (len(low.whole), low.whole) <= (len(high.whole), high.whole):
        yield "to", "rising", 0.9
        return
    if is_era(tokens, tokens.after(right)):
        yield "to", "before Christ", 0.95  # "3000–2500 BC"
    if high.whole == "1" and tokens.word(tokens.after(right)) in known.words("joints", "odds"):
        yield "to", "odds", 0.92  # "a 100-1 shot"
    if len(low.whole) > 2 and has_determiner(tokens, left):
        yield "", "designation", 0.8  # "the 787-9"
    if low.whole[-len(high.whole) :] < high.whole:
        yield "to", "shortened", 0.75  # "pages 123-8"
    around = (*range(left - _AROUND, left), *range(right + 1, right + _AROUND))
    if not {tokens.word(at) for at in around}.isdisjoint(known.words("joints", "score")):
        yield "to", "score", 0.9
    small = len(low.whole) < 3 or low.decimals or high.decimals
    if small:
        yield "to", "score", 0.7
    else:
        yield "", "falling", 0.7


def _is_subtracted(tokens: Tokens, right: int) -> bool:
    """Return True for one of several numbers that a result follows: "60-15-25 = 20"."""
    first = last = right
    while last < right + _LONGEST_SUM and tokens.is_sign(last + 1, "-") and tokens[last + 2].kind is Kind.NUMERAL:
        last += 2
    while first > right - _LONGEST_SUM and tokens.is_sign(first - 1, "-") and tokens[first - 2].kind is Kind.NUMERAL:
        first -= 2
    plain = all(tokens[at].text.isdecimal() and tokens[at].text[0] != "0" for at in range(first, last + 1, 2))
    alone = tokens.is_free(first)
    return last - first > 2 and plain and alone and tokens.is_sign(tokens.after(last), "=")


def _is_known(tokens: Tokens, pair: str, leading: str, following: str) -> bool:
    known = tokens.vocabulary
    if pair in known.words("joints", "fixed"):
        return following != "%"
    if pair in known.words("joints", "fixed_after"):
        return leading in known.words("joints", "after")
    return pair in known.words("joints", "fixed_before") and following in known.words("joints", "before")


def _is_longer(tokens: Tokens, left: int, right: int) -> bool:
    """Return True if more numbers hang on either end: "0-19-852663-6", "A-1-2"; not in "20-30-year-olds"."""
    aperture = tokens.is_sign(left - 1, "/") and tokens.word(left - 2) in tokens.vocabulary.words("joints", "apertures")
    if not aperture and tokens.is_sign(left - 1, "/-–") and tokens[left - 2].kind in (Kind.NUMERAL, Kind.WORD):
        return True
    if tokens[right + 1].text in _LETTERS:
        return True  # "District 8-4A"
    tie_break = tokens.is_sign(right + 1, "(") and tokens[right + 2].text.isdecimal() and tokens.is_sign(right + 3, ")")
    set_won = tie_break and {tokens[left].text, tokens[right].text} == {"6", "7"}  # "7-6(4)"
    if tokens[left - 1].kind is Kind.WORD or tokens.is_sign(left - 1, ")"):
        return True
    if tokens.is_sign(right + 1, "/(") and not set_won:
        return True
    more = tokens[right + 2]
    return tokens.is_sign(right + 1, "-–") and (more.kind is Kind.NUMERAL or more.text[:1].isupper())


def _is_dated(tokens: Tokens, left: int, right: int, low: Number, high: Number) -> bool:
    """Return True if it may be years, or days of a month beside it."""
    months = tokens.vocabulary.words("calendar", "months")
    beside = (tokens.before(left), tokens.before(tokens.before(left)), tokens.after(right))
    if any(tokens.word(at) in months and tokens[at].text[:1].isupper() for at in beside):
        return True
    is_year = len(low.whole) == 4 and "1100" <= low.whole < "2100" and not low.decimals and low.figures.isdecimal()
    is_year = is_year and not tokens.is_sign(tokens.before(left), "§¶")
    until = high.whole if len(high.whole) == 4 else low.whole[:2] + high.whole if len(high.whole) == 2 else ""
    return is_year and low.whole < until < "2100" and high.figures.isdecimal()


RANGE = Recogniser("range", _propose, (("They won 3-2.", "They won 3 to 2."), ("on pages 10–12", "on pages 10 to 12")),
                   signs=_DASHES)  # fmt: skip
