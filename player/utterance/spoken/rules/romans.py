"""Roman numerals: they count chapters and wars, and tell kings apart; "I" and "Vitamin C" are none."""

from __future__ import annotations

import re

from player.story.roman_numerals import roman
from player.utterance.spoken.rules.model import BLANKS, Rule, pairs, says, word_lists
from player.utterance.spoken.speakers.english.number_words import ordinal

_LISTS = word_lists("names")
_COUNTED = frozenset(word.lower() for word in _LISTS["counted"])
_COUNTS = "|".join(sorted(_COUNTED, key=len, reverse=True))
_REGNAL = "|".join(sorted(_LISTS["regnal"], key=len, reverse=True))
_OTHERWISE = frozenset({"CC", "CV", "XL", "XXL", "LL", "LC", "CI", "VC", "XX"})
"""Sizes and other letters, nearly always."""

_NUMERAL = re.compile(
    r"\b([A-Z][\w’'-]*\.?)\s(?P<it>[IVXLC]+)\b(?!\.\w|['’]m|['’]ve|['’]ll|['’]d|-| centur| [Dd]ynasty)"
)
_SMALL_COUNTED = re.compile(
    rf"\b(?:(?:{_COUNTS})s?|(?:ch|chap|vol|pt|sec|bk|art|fig|app)\.)\s"
    r"(?P<it>(?!CC|CV|XL|XXL|LL|LC|CI|VC)(?:[IVXLC]{2,}|V))\b(?!['’.-]\w)"
)
_COUNTED_ON = re.compile(
    rf"\b(?i:{_COUNTS})s?\s[IVXLC]+(?:, [IVXLC]+)*(?:,? (?:and|or|to|through) |[-–, ]+)"
    r"(?P<it>(?!I\b)[IVXLC]+)\b(?!['’]\w)"
)
_CENTURY = re.compile(r"\b(?P<it>[IVX]+)(?:th|st|nd|rd)?(?=[ -](?:century|centuries|[Dd]ynasty)\b)")
_FRONT_PAGE = re.compile(r"\b(?:[Pp]ages?|pp?\.)\s(?P<it>[ivxl]+)\b")
_ALONE = re.compile(
    r"(?<![\w.'’-])(?:ii|iii|(?<!an )iv(?! drip| fluid| line)|vii|viii|ix|xii|xiii|xiv|xv"
    r"|II|III|VII|VIII|XII|XIII|XIV|XVI{0,3}|XIX|XXI{1,3})(?![\w'’-])"
)
_FIRST_OF_LINE = re.compile(
    rf"\b(?:{_REGNAL}) (?P<it>I)"
    r"(?=['’]s\b| of [A-Z]| and [IVX]+\b| \(|[,.;:]?$|[,;] (?:[Kk]ing|[Qq]ueen|who|[Ee]mperor|1\d{3})\b"
    r"| (?:ruled|reigned|died|became|married|succeeded|abdicated|invaded|ascended)\b"
    r"| was (?:\w+ed|king|queen|born)\b)"
)
_AND_ANOTHER = re.compile(rf"\b(?:{_REGNAL}) [IVX]+,? and (?P<it>[IVX]+)\b(?! \w+ed\b|['’][dm])")
_MARK = re.compile(r"\bMk\.?(?= (?:\d|[IVX]+\b))")
_INITIALED = re.compile(r"\.\s\S")
"""Behind a letter: a full stop in a sentence belongs to an initial."""

_TWO_WORDS = 80
"""Characters before a name that hold the two words before it; looking through all of them is quadratic."""


def _numeral(match: re.Match[str]) -> str | None:
    """After a word with a capital: "Chapter 4", "Louis the fourteenth", but "Malcolm X"."""
    name, numeral = match[1], match["it"]
    number = roman(numeral)
    if number is None or numeral in ("C", "L") or (name == "Series" and numeral == "X"):
        return None  # letters, nearly always
    if name.rstrip(".").lower() in _COUNTED or name.lower().removesuffix("s") in _COUNTED:
        return str(number)
    return None if len(numeral) == 1 and _INITIALED.match(match.string, match.end()) else _of_a_line(match, number)


def _of_a_line(match: re.Match[str], number: int) -> str | None:
    name, numeral = match[1], match["it"]
    before = match.string[max(match.start() - _TWO_WORDS, 0) : match.start()].split()[-2:]
    ruler = any(word in _LISTS["rulers"] for word in before)
    if ruler or (name in _LISTS["regnal"] and numeral != "I"):
        return f"the {ordinal(number)}"
    if len(numeral) == 1 or numeral in _OTHERWISE:
        return None
    full_name = bool(before) and before[-1][:1].isupper()
    return f"the {ordinal(number)}" if full_name and number < 10 else str(number)


def _count(match: re.Match[str]) -> str | None:
    number = roman((match.groupdict().get("it") or match.group()).upper())
    return str(number) if number else None


def _ordinal(match: re.Match[str]) -> str | None:
    number = roman(match.groupdict().get("number") or match["it"])
    return ordinal(number) if number else None


RULES = (
    Rule("Roman numeral", ("Louis XIV", "Louis the fourteenth"), _NUMERAL, _numeral,
         frozenset("IVX"), pairs(BLANKS, "IVXLC")),
    Rule("Roman numeral", ("type II diabetes", "type 2 diabetes"), _SMALL_COUNTED, _count,
         frozenset("IVX"), pairs(BLANKS, "IVXLC")),
    Rule("Roman numeral", ("Volumes II and III", "Volumes 2 and 3"), _COUNTED_ON, _count,
         pairs("IVXLC", "IVXLC") | pairs(" -–", "VX"), pairs(BLANKS, "IVXLC")),
    Rule("Roman numeral", ("the XIX century", "the nineteenth century"), _CENTURY, _ordinal, frozenset("IVX"),
         frozenset(["ce", "dy", "Dy"])),
    Rule("Roman numeral", ("see page xii", "see page 12"), _FRONT_PAGE, _count,
         pairs(" ", "ivxl"), frozenset(["ge", "es", "p."])),
    Rule("Roman numeral", ("Charles I of England", "Charles the first of England"), _FIRST_OF_LINE,
         says("the first"), frozenset([" I"]), frozenset(name[:2] for name in _LISTS["regnal"])),
    Rule("Roman numeral", ("James VI and I", "James the sixth and the first"), _AND_ANOTHER,
         lambda m: f"the {_ordinal(m)}", frozenset(["d "]), pairs(" ", "IVX")),
    Rule("Roman numeral", ("a Mk II tank", "a Mark 2 tank"), _MARK, says("Mark"), frozenset(["Mk"])),
    Rule("Roman numeral", ("part (iii) of it", "part (3) of it"), _ALONE, _count,
         frozenset(["ii", "iv", "ix", "xv", "II", "IV", "IX", "XV"])),
)  # fmt: skip
