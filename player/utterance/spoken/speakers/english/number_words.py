"""English number words, as far as dates, years and names need them."""

from __future__ import annotations

from functools import cache
from typing import Any

from player.utterance.spoken.vocabulary import Vocabulary

_FILE = "number_words"


@cache
def known(name: str) -> Any:
    """Return a list of words, in their order, or a table, as data/en/number_words.toml has it under a name."""
    entry = Vocabulary("en").table(_FILE)[name]
    return tuple(entry.split()) if isinstance(entry, str) else entry


def two_digits(number: int) -> str:
    """0 to 99: "forty-two"."""
    if number < 20:
        return str(known("ones")[number])
    tens, ones = divmod(number, 10)
    return f"{known('tens')[tens - 2]}-{two_digits(ones)}" if ones else str(known("tens")[tens - 2])


def ordinal(number: int) -> str:
    """1 to 99: "forty-second"."""
    head, dash, last = two_digits(number).rpartition("-")
    regular = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return head + dash + str(known("ordinals").get(last, regular))


def year(number: int) -> str:
    """1000 to 9999: "nineteen oh five", "two thousand five", "twenty twenty-five"."""
    high, low = divmod(number, 100)
    if high % 10 == 0 and low < 10:
        return f"{two_digits(high // 10)} thousand" + (f" {two_digits(low)}" if low else "")
    if low == 0:
        return f"{two_digits(high)} hundred"
    return f"{two_digits(high)} {'oh ' if low < 10 else ''}{two_digits(low)}"


def decade(number: int) -> str:
    """1100 to 2090: "nineteen nineties", "eighteen hundreds"."""
    high, low = divmod(number, 100)
    if number == 2000:
        return "two thousands"
    if low == 0:
        return f"{two_digits(high)} hundreds"
    return f"{two_digits(high)} {'tens' if low == 10 else two_digits(low)[:-1] + 'ies'}"


def plural(word: str, number: str) -> str:
    """Return the unit for a written number: "1 kilometer", "2.5 kilometers per hour", "6 feet"."""
    if number in ("1", "1.0"):
        return word
    head, per, rest = word.partition(" per ")
    same = head.endswith(known("without_plural"))
    many = head if same else str(known("plurals").get(head, head + "s"))
    return many + per + rest


def spelled(digits: str) -> str:
    """Digit by digit: "5 5 5"."""
    return " ".join(c for c in digits if c.isdecimal())
