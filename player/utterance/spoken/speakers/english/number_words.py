"""English number words, as far as dates, years and names need them."""

from __future__ import annotations

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth",
    "eight": "eighth", "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip


def two_digits(number: int) -> str:
    """0 to 99: "forty-two"."""
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{ONES[ones]}" if ones else "")


def ordinal(number: int) -> str:
    """1 to 99: "forty-second"."""
    head, dash, last = two_digits(number).rpartition("-")
    if last in _IRREGULAR:
        return head + dash + _IRREGULAR[last]
    return head + dash + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def year(number: int) -> str:
    """1000 to 9999: "nineteen oh five", "two thousand five", "twenty twenty-five"."""
    high, low = divmod(number, 100)
    if high % 10 == 0 and low < 10:
        return f"{ONES[high // 10]} thousand" + (f" {ONES[low]}" if low else "")
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
    return f"{two_digits(high)} {'tens' if low == 10 else TENS[low // 10][:-1] + 'ies'}"


def plural(word: str, number: str) -> str:
    """Return the unit for a written number: "1 kilometer", "2.5 kilometers per hour", "6 feet"."""
    if number in ("1", "1.0"):
        return word
    head, per, rest = word.partition(" per ")
    irregular = {"foot": "feet", "inch": "inches", "square foot": "square feet", "cubic foot": "cubic feet"}
    many = (
        head
        if head.endswith(("hertz", "Celsius", "Fahrenheit", "horsepower", "mercury"))
        else irregular.get(head, head + "s")
    )
    return many + per + rest


def spelled(digits: str) -> str:
    """Digit by digit: "5 5 5"."""
    return " ".join(c for c in digits if c.isdecimal())
