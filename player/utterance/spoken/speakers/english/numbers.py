"""English numbers: in figures where engines read those right, else digit by digit or in words."""

from __future__ import annotations

from player.utterance.manner import Reads
from player.utterance.spoken.speakers.english.number_words import known, ordinal
from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.values import Amount, Fraction, Listed, Number


def say_number(number: Number, saying: Saying) -> str:
    """ "1,200.50", "point 4 5" for ".45"."""
    sign = f"{known('signs')[number.sign]} " if number.sign else ""
    if not number.whole:
        return f"{sign}point {' '.join(number.decimals)}"
    if number.decimals and not number.decimals.strip("0") and Reads.POINT_ZERO not in saying.manner.reads:
        return f"{sign}{number.figures.partition('.')[0]} point {' '.join(number.decimals)}"
    return sign + (_grouped(number.figures) if Reads.YEARS in saying.manner.reads else number.figures)


def _grouped(figures: str) -> str:
    """ "4,567" for "4567", which some engines take for a year; "1500" they say right."""
    whole, point, decimals = figures.partition(".")
    is_year = len(whole) == 4 and whole.isdecimal() and not whole.endswith("00")
    return f"{int(whole):,}{point}{decimals}" if is_year else figures


def part_name(over: int, under: int) -> str:
    """ "third", "quarters"; empty where parts have no name."""
    name = str(known("parts").get(str(under), "")) or (ordinal(under) if 1 < under < 100 else "")
    if not name and over == 1 and under > 100:
        return f"{under}{_ending(under)}"
    if over == 1 or not name:
        return name
    return "halves" if under == 2 else name + "s"


def _ending(number: int) -> str:
    """ "th", "st" of "101st"."""
    endings, last = known("endings"), number % 10
    (other,) = known("ending")
    return str(other if number // 10 % 10 == 1 or not 0 < last <= len(endings) else endings[last - 1])


def say_fraction(fraction: Fraction, saying: Saying) -> str:
    """ "one half", "3 quarters", "2 and a half"."""
    over, under = fraction.over, fraction.under
    name = part_name(over, under) if over < under else ""
    if fraction.before_noun and under > 2:
        name = name.removesuffix("s")
    said = f"{'one' if over == 1 else over} {name}" if name else f"{over} over {under}"
    if not fraction.whole:
        return said
    return f"{fraction.whole} and {'a half' if (over, under) == (1, 2) else said}"


def say_amount(amount: Amount, saying: Saying) -> str:
    """ "3.5 billion", "5 to 10 million"."""
    number = amount.number
    said = say_fraction(number, saying) if isinstance(number, Fraction) else say_number(number, saying)
    said = f"{said} {amount.magnitude}" if amount.magnitude else said
    if not amount.until:
        return said
    return f"{said} {'and' if amount.between else 'to'} {say_amount(amount.until, saying)}"


def is_one(amount: Amount) -> bool:
    """Return True if what is counted stands in the singular: 1, a half; not 1 million, 1 to 2."""
    number = amount.number
    single = not number.whole if isinstance(number, Fraction) else number.is_one
    return single and not amount.magnitude and not amount.until


def say_listed(listed: Listed, saying: Saying) -> str:
    """ "1, 24"."""
    return ", ".join(listed.figures)


SAYS: Says = {Listed: say_listed, Amount: say_amount, Fraction: say_fraction, Number: say_number}
