"""Measures: units, heights, angles, and what is so much per something."""

from __future__ import annotations

import re

from player.utterance.spoken.rules.model import BLANKS, DIGITS, Rule, pairs, says
from player.utterance.spoken.speakers.english.number_words import plural

_FEET = re.compile(r"(?<![\d.,])(\d{1,2})\s?['′’]\s?(\d{1,2})(?:[\"″”]|'')?(?![\w])")
_PER_WHAT = {"hr": "hour", "h": "hour", "kg": "kilogram", "lb": "pound", "oz": "ounce", "mo": "month", "yr": "year"}
_PER = re.compile(
    r"(?<=[\d€£])/(?P<what>hour|hr|h|day|week|month|mo|year|yr|night|person|head|mile|kg|lb|oz|gallon|litre|liter)\b"
    r"|(?<=[a-z]{3})/(?P<each>hour|second|minute|day|week|month|year|person|gallon|capita)\b"
)
_INCHES = re.compile(
    r"(?<![\w.,])\d{1,3}(?:\.\d+)?(?P<it>″|(?<=\d\.\d)\"(?=[\s,;)])|\"(?=\s(?:screen|monitor|[tT][vV]|display|laptop|tablet|pipe|wheel|ty?ire|disk"
    r"|nail|board|long|wide|tall|deep|thick|high|in diameter|of (?:snow|rain)|pizza|round|square)))"
)
"""A straight mark is nearly always a quotation's."""
_MEASURED = re.compile(r" (?:long|wide|tall|deep|thick|high|in|of|by|x|and|or)\b")
_DEGREES = re.compile(r"(?<![\w.,])(\d{1,3})°\s?(\d{1,2})[′'’]\s?(?:(\d{1,2})(?:\.\d+)?[″\"”]\s?)?([NSEW])\b")
_DIRECTIONS = {"N": "north", "S": "south", "E": "east", "W": "west"}
_TALL = re.compile(r"(?<![\w.,'])\d{1,2}(?P<it>['’])(?=\s(?:tall|high|wide|long|deep|x)\b)")
_PRIME = re.compile(r"(?<![\w.,°])\d+(?P<it>′)(?!\s?\d)")
_HOURS = re.compile(r"(?<![\w.,])(\d{1,2}) ?h(?:rs?)? ?(\d{1,2}) ?m(?:ins?)?\b")


def _per(match: re.Match[str]) -> str:
    what = match["what"] or match["each"]
    return f" per {_PER_WHAT.get(what, what)}"


def _inch(match: re.Match[str]) -> str | None:
    """Not where the mark closes what somebody says."""
    if match["it"] == '"' and match.string.count('"', 0, match.start("it")) % 2:
        return None
    said = match.string[match.end() :]
    return " inches" if said[:1] != " " or _MEASURED.match(said) else " inch"


def _hours(match: re.Match[str]) -> str:
    return f"{match[1]} {plural('hour', match[1])} {match[2]} {plural('minute', match[2])}"


def _degrees(match: re.Match[str]) -> str:
    said = f"{match[1]} {plural('degree', match[1])} {match[2]} {plural('minute', match[2])} "
    return said + (f"{match[3]} {plural('second', match[3])} " if match[3] else "") + _DIRECTIONS[match[4]]


def _feet(match: re.Match[str]) -> str | None:
    return f"{match[1]} foot {match[2]}" if int(match[2]) < 12 else None


MARKED = (
    Rule("height", ("6'2\"", "6 foot 2"), _FEET, _feet,
         pairs("'′’", DIGITS | BLANKS), pairs(DIGITS | BLANKS, "'′’")),
    Rule("inches", ('a 27" screen', "a 27 inch screen"), _INCHES, _inch, pairs(DIGITS, '"″')),
    Rule("degrees", ("at 51°30′N", "at 51 degrees 30 minutes north"), _DEGREES, _degrees, pairs(DIGITS, "°")),
    Rule("feet", ("a 6′ wall", "a 6 foot wall"), _PRIME, says(" foot"), pairs(DIGITS, "′")),
    Rule("feet", ("6' tall", "6 feet tall"), _TALL, says(" feet"), pairs(DIGITS, "'’")),
)  # fmt: skip
"""Told by marks and words of their own."""
