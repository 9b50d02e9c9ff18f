"""Languages whose amounts are said alike, by their data: German, French, Spanish, Italian, Portuguese, Dutch.

Figures stay figures; units, currencies and magnitudes are said by name, in the singular or the plural.
"""

from __future__ import annotations

from collections.abc import Mapping

from player.utterance.spoken.agreement import in_words
from player.utterance.spoken.amounts import VULGAR
from player.utterance.spoken.calendar_values import Date, Year
from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.units import units
from player.utterance.spoken.values import Amount, Factor, Fraction, Joint, Measure, Money, Number
from player.utterance.spoken.vocabulary import Vocabulary

_SIGN_OF = {parts: sign for sign, parts in VULGAR.items()}


def say_number(number: Number, saying: Saying) -> str:
    """ "10000", "3,5": without groups, with the language's mark."""
    sign = str(saying.vocabulary.table("numbers")["minus"]) + " " if number.sign == "-" else ""
    return sign + (number.whole or "0") + (f",{number.decimals}" if number.decimals else "")


def say_amount(amount: Amount, saying: Saying) -> str:
    """ "5 Millionen", "10 bis 12"."""
    said = _figures(amount.number, saying)
    if amount.magnitude:
        one, many = saying.vocabulary.table("magnitudes", "names")[amount.magnitude]
        one_of_it = not amount.until and _is_single(amount.number, saying)
        said = f"{_counted('1', one, saying) if said == '1' else said} {one if one_of_it else many}"
    if amount.until:
        to = saying.vocabulary.table("grammar", "joints")["to"]
        return f"{said}{to}{say_amount(amount.until, saying)}"
    return said


def _figures(number: Number | Fraction, saying: Saying) -> str:
    if isinstance(number, Number):
        return say_number(number, saying)
    parts = _SIGN_OF.get((number.over, number.under), f" {number.over}/{number.under}")
    return (number.whole + parts).strip()


def _is_single(number: Number | Fraction, saying: Saying) -> bool:
    """Return True if what is counted stands in the singular: 1; in French and Portuguese all below 2."""
    if isinstance(number, Fraction):
        return number.whole in ("", "0") or (number.whole == "1" and _below_two(saying))
    if number.decimals.strip("0") or number.whole in ("", "0"):
        return _below_two(saying) and number.whole in ("", "0", "1")
    return number.whole == "1"


def _below_two(saying: Saying) -> bool:
    return bool(saying.vocabulary.table("numbers").get("singular_below_two"))


def _counted(figures: str, name: str, saying: Saying) -> str:
    """Return a small number as it goes with a name: "una", "ein"."""
    feminine = name.partition(" ")[0] in saying.vocabulary.words("numbers", "feminine")
    table = saying.vocabulary.table("numbers", "with_feminine" if feminine else "with_masculine")
    return str(table.get(figures, "")) or in_words(figures, saying.vocabulary, feminine=feminine) or figures


def _joined(amount: Amount, one: str, many: str, saying: Saying) -> str:
    """Return an amount and what it counts: "5 millions d'euros"."""
    name = one if not amount.until and not amount.magnitude and _is_single(amount.number, saying) else many
    said = say_amount(amount, saying)
    last = amount.until or amount
    known = saying.vocabulary
    vowels, link_before_vowel = known.words("letters", "elided"), known.table("magnitudes").get("of_before_vowel")
    bare = last.magnitude in known.words("magnitudes", "without_of")
    link = "" if bare else str(known.table("magnitudes").get("of", ""))
    millions = isinstance(last.number, Number) and _is_in_millions(last.number)
    if not last.magnitude and not (link and millions):
        counted = _counted(said, name, saying)
        elided = saying.vocabulary.table("numbers").get("elided", "")
        return f"{elided}{name}" if elided and counted == "una" and name[0] in vowels else f"{counted} {name}"
    if link and link_before_vowel and name[0] in vowels:
        return f"{said} {link_before_vowel}{name}"
    return f"{said} {link} {name}" if link else f"{said} {name}"


def _is_in_millions(number: Number) -> bool:
    """Return True for 1000000 and its multiples, which are said like the word: "2000000 de euros"."""
    return number.whole.endswith("000000") and not number.decimals.strip("0")


def say_money(money: Money, saying: Saying) -> str:
    """ "5 Euro", "3 euros 50", "50 Cent"."""
    one, many, *small = saying.vocabulary.table("currencies", "names")[money.currency]
    amount, number = money.amount, money.amount.number
    plain = isinstance(number, Number) and not amount.magnitude and not amount.until and len(small) == 2
    if not plain or not isinstance(number, Number) or len(number.decimals) != 2:
        return _joined(amount, one, many, saying)
    part = int(number.decimals)
    if not number.whole.strip("0") and part:
        name = small[part != 1]
        minus = str(saying.vocabulary.table("numbers")["minus"]) + " " if number.sign == "-" else ""
        return f"{minus}{_counted(str(part), name, saying)} {name}"
    whole = Number(number.whole, number.whole, "", number.sign)
    said = _joined(Amount(whole), one, many, saying)
    if not part:
        return said
    last = f"{_counted(str(part), small[part != 1], saying)} {small[part != 1]}" if part < 10 else str(part)
    return f"{said}{saying.vocabulary.table('currencies')['and']}{last}"


def say_measure(measure: Measure, saying: Saying) -> str | None:
    """ "5 Kilometer", "10 à 12 kilomètres par heure"."""
    names = units(saying.vocabulary).names
    over = [_name(factor, names) for factor in measure.unit.over]
    under = [_name(factor, names) for factor in measure.unit.under]
    if not all(over) or not all(under):
        return None
    one, many = ("-".join(part) for part in zip(*(name for name in over if name), strict=True))
    per = saying.vocabulary.table("grammar", "joints")["per"]
    below = "".join(f"{per}{name[0]}" for name in under if name)
    return _joined(measure.amount, one, many, saying) + below


def _name(factor: Factor, names: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    sign = factor.sign + {1: "", 2: "²", 3: "³"}[factor.power]
    return names.get(sign)


def say_joint(joint: Joint, saying: Saying) -> str | None:
    """ " bis "; None for what the language leaves as it is written."""
    said: str | None = saying.vocabulary.table("grammar", "joints").get(joint.kind)
    return said


def say_date(date: Date, saying: Saying) -> str:
    """ "dritten Oktober neunzehnhundertneunzig", "3 octobre 1990", "3 de octubre de 1990"."""
    table = saying.vocabulary.table("calendar")
    day = str(date.day)
    ordinals = str(saying.vocabulary.table("ordinals")["words"]).split()
    if date.ending and date.day <= len(ordinals):
        day = ordinals[date.day - 1] + date.ending
    elif date.day == 1 and table["first"]:
        day = table["first"]
    month = str(table["months"]).split()[date.month - 1]
    template = str(table["date" if date.year else "day"])
    return template.format(day=day, month=month, year=year_in_words(date.year, saying.vocabulary))


def say_year(year: Year, saying: Saying) -> str:
    """As `year_in_words`."""
    return year_in_words(year.figures, saying.vocabulary)


def year_in_words(figures: str, known: Vocabulary) -> str:
    """ "neunzehnhundertneunzig" where a language says years otherwise than counts; else in figures."""
    table = known.table("years")
    if not table or not "1100" <= figures < "2000":
        return figures
    ones, tens = str(table["ones"]).split(), str(table["tens"]).split()
    high, low = divmod(int(figures), 100)
    said = f"{ones[high - 1]}hundert"
    if low < len(ones) + 1:
        return said + (ones[low - 1] if low else "")
    ten, one = divmod(low, 10)
    last = tens[ten - 2]
    return said + (("ein" if one == 1 else ones[one - 1]) + "und" if one else "") + last


SAYS: Says = {
    Date: say_date,
    Year: say_year,
    Amount: say_amount,
    Joint: say_joint,
    Measure: say_measure,
    Money: say_money,
    Number: say_number,
}
