"""Days, months and years among tokens."""

from __future__ import annotations

from typing import NamedTuple

from player.utterance.spoken.grammar import is_ordinal_ending
from player.utterance.spoken.tokens import Kind, Tokens

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DASHES = "-–—−"
_FIRST_OF_LAST_CENTURY = "40"
"""Years of two figures from here on are those of the last century."""


class Day(NamedTuple):
    """Days of a month, and where they end."""

    first: int
    last: int
    """0 for one day."""
    next: int
    """Index of the first token behind them."""


def read_month(tokens: Tokens, index: int) -> int:
    """Return the month whose name is here, 1 for January; 0 when none is."""
    number: int = tokens.vocabulary.table("calendar", "month").get(tokens.word(index), 0)
    return number


def full_year(figures: str) -> str:
    """Return a year in four figures: "44" is 1944, "24" is 2024."""
    return figures if len(figures) != 2 else ("20" if figures < _FIRST_OF_LAST_CENTURY else "19") + figures


def is_day(month: int, day: int) -> bool:
    """Return True if a month has such a day: not April 31."""
    return 1 <= month <= len(_LENGTHS) and 1 <= day <= _LENGTHS[month - 1]


def past_stop(tokens: Tokens, index: int) -> int:
    """Return the index behind a month's name: behind its full stop if that is one of an abbreviation within the
    text."""
    known = tokens.vocabulary
    short = tokens.word(index) not in known.words("calendar", "full_months")
    return index + 2 if short and tokens.is_sign(index + 1, ".") else index + 1


def read_day(tokens: Tokens, index: int) -> Day | None:
    """ "5", "5th", "5-7", "5/6", "5th to 7th": days of a month; None when none are here."""
    first, after = _one_day(tokens, index)
    if not first:
        return None
    dash = tokens.past_blank(after)
    if tokens.is_sign(dash, _DASHES + "/"):
        last, end = _one_day(tokens, tokens.past_blank(dash + 1))
        if last > first and (last == first + 1 or not tokens.is_sign(dash, "/")):
            return Day(first, last, end)
    return Day(first, 0, after)


def _one_day(tokens: Tokens, index: int) -> tuple[int, int]:
    text = tokens[index].text
    if not (text.isdecimal() and text.isascii() and len(text) < 3 and 1 <= int(text) <= 31):
        return 0, index
    after = index + 1
    if is_ordinal_ending(tokens, after):
        after += 1
    return (0, index) if tokens[after].kind is Kind.WORD else (int(text), after)


def is_era(tokens: Tokens, index: int) -> bool:
    """Return True if "BC" or the like is here, with full stops or without: "B.C.", "B.C.E."."""
    letters, at = tokens.word(index), index
    while len(tokens.word(at)) == 1 and tokens.is_sign(at + 1, ".") and len(tokens.word(at + 2)) == 1:
        at += 2
        letters += tokens.word(at)
    return letters in tokens.vocabulary.words("calendar", "eras")


def is_year(figures: str) -> bool:
    """Return True if four figures are a year from 1100 to 2099."""
    return len(figures) == 4 and figures.isdecimal() and figures.isascii() and "1100" <= figures < "2100"


def read_year(tokens: Tokens, index: int) -> tuple[str, int]:
    """Return the year behind a date, with the comma before it, and the index behind that; empty when none is
    written."""
    at = index + 1 if tokens.is_sign(index, ",") else index
    at = tokens.past_blank(at)
    figures = tokens[at].text
    glued = tokens[at + 1].kind is Kind.WORD or tokens.is_sign(at + 1, "%°")
    known = is_year(figures) or (len(figures) == 4 and figures.isdecimal() and figures[:2] == "10")
    return (figures, at + 1) if at > index and known and not glued else ("", index)
