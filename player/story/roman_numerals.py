"""Roman numerals, read and written."""

from __future__ import annotations

_SIGNS = (
    ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90),
    ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1),
)  # fmt: skip
_LONGEST = 15
"""Letters of MMMDCCCLXXXVIII."""


def to_roman(number: int) -> str:
    """Return the numeral of 1 to 3999: "XIV"."""
    said = ""
    for sign, value in _SIGNS:
        said += sign * (number // value)
        number %= value
    return said


def roman(numeral: str, most: int = 99) -> int | None:
    """Return the value of a numeral in capitals, or None if it is above `most` or not as it is written: "IIX".

    Above 99 capitals in prose are letters more often: "CD", "DC", "MM".
    """
    number, at = 0, 0
    for sign, value in _SIGNS if len(numeral) <= _LONGEST else ():
        while numeral.startswith(sign, at):
            number += value
            at += len(sign)
    return number if 0 < number <= most and to_roman(number) == numeral else None
