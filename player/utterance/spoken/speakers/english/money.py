"""English money."""

from __future__ import annotations

from player.utterance.spoken.speakers.english.number_words import known, two_digits
from player.utterance.spoken.speakers.english.numbers import is_one, say_amount
from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.values import Amount, Fraction, Money, Notes, Number, OldMoney, TensOf


def say_money(money: Money, saying: Saying) -> str:
    """ "3.5 billion dollars", "19 euros and 99 cents", "a 5 dollar note"."""
    one, many, *small = _names(money.currency, saying)
    amount = money.amount
    number = amount.number
    plain = not amount.magnitude and not amount.until
    if amount.until:
        amount = _without_zeros(amount)
    if plain and isinstance(number, Number) and len(number.decimals) == 1 and not number.whole.strip("0"):
        number = number.but(figures=f"{number.figures}0", decimals=f"{number.decimals}0")  # "$0.5"
    if plain and len(small) == 2 and isinstance(number, Number) and len(number.decimals) == 2:
        return _with_cents(number, (one, many, *small), saying)
    if isinstance(number, Fraction) and not number.whole and plain:
        return f"{say_amount(amount, saying)} of {'an' if one[0] in 'aeio' else 'a'} {one}"
    single = money.before_noun and money.currency not in saying.vocabulary.words("currencies", "never_single")
    return f"{say_amount(amount, saying)} {one if single or is_one(amount) else many}"


def _without_zeros(amount: Amount) -> Amount:
    """ "50 to 100" for "50.00–100.00"."""
    numbers = [one.number for one in (amount, amount.until) if one]
    if not all(isinstance(one, Number) and one.decimals == "00" for one in numbers):
        return amount
    first, last = (one.but(figures=one.figures[:-3], decimals="") for one in numbers if isinstance(one, Number))
    return amount.but(number=first, until=amount.until.but(number=last) if amount.until else None)


def _names(currency: str, saying: Saying) -> list[str]:
    tables = saying.vocabulary.table("currencies")
    names: list[str] = tables["names"].get(currency) or tables["hundredths"][currency]
    return names


def _with_cents(number: Number, names: tuple[str, ...], saying: Saying) -> str:
    one, many, cent, cents = names
    part = int(number.decimals)
    small = f"{part} {cent if part == 1 else cents}"
    if not number.whole.strip("0") and part:
        return f"minus {small}" if number.sign else small
    figures = number.figures.rpartition(".")[0]
    whole = number.but(figures=figures, decimals="")
    large = f"{say_amount(Amount(whole), saying)} {one if number.whole == '1' else many}"
    return f"{large} and {small}" if part else large


def say_tens(tens: TensOf, saying: Saying) -> str:
    """ "hundreds of dollars"."""
    return f"{known('sums')[str(tens.size)]} of {_names(tens.currency, saying)[1]}"


def say_old_money(sum_: OldMoney, saying: Saying) -> str:
    """ "3 pounds, 10 shillings and sixpence"."""
    coins: tuple[tuple[str, str], ...] = tuple(saying.vocabulary.table("currencies", "old_coins").values())
    pence = coins[-1][1]
    parts = [(part, name) for part, name in zip((sum_.pounds, sum_.shillings, sum_.pence), coins, strict=True) if part]
    worth = [(figures, name) for figures, name in parts if figures.strip("0")]
    words = saying.vocabulary.table("currencies", "old_pence")
    *first, last = [
        (words.get(figures) if many == pence else None)
        or f"{figures} {one if figures == '1' or (sum_.before_noun and many != pence) else many}"
        for figures, (one, many) in worth or parts
    ]
    return f"{', '.join(first)} and {last}" if first else last


def say_notes(notes: Notes, saying: Saying) -> str:
    """ "twenties", "fives", "ones"."""
    name = two_digits(notes.size)
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}es" if name.endswith("x") else f"{name}s"


SAYS: Says = {OldMoney: say_old_money, Money: say_money, Notes: say_notes, TensOf: say_tens}
