"""A slash beside a number, a unit or a currency: "$20/hour", "$1,199/€1,449", "f/2.8", "5mg/10ml"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import VULGAR
from player.utterance.spoken.grammar import is_plural
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Joint, Per

_CURRENCY = "$€£¥₹"
_POWERS = frozenset("²³ⁿ")
_LONGEST_ROW = 16
"""Tokens to either side."""
_SHORTEST_THING = 3
"""Letters of what a price is for."""


def _slash(tokens: Tokens, index: int) -> Iterator[Reading]:
    left, right = tokens[index - 1], tokens[index + 1]
    start, end = tokens[index].start, tokens[index].end
    if tokens.is_sign(index - 1, "/") or tokens.is_sign(index + 1, "/"):
        return
    letter = (
        right.kind is Kind.WORD
        and len(right.text) == 1
        and right.text in tokens.vocabulary.words("mathematics", "variables")
    )
    below = right.kind is Kind.NUMERAL or (letter and not tokens.is_sign(index + 2, "/"))
    if left.text == ")" and below and tokens[index + 2].kind is not Kind.WORD:
        measured = right.kind is Kind.NUMERAL and read_unit(tokens, index + 2)  # "(fan 160°C)/350°F"
        yield Reading(start, end, "slash: behind bracket", Joint("list" if measured else "divided by"), 0.8)
    if _is_quotient(tokens, index):
        yield Reading(start, end, "slash: of a sum", Joint("divided by"), 0.85)
    if _is_rate(tokens, index):
        yield Reading(start, end, "slash: for one", Joint("per"), 0.8)
    numbers = left.kind is Kind.NUMERAL, right.kind is Kind.NUMERAL
    unit = (tokens[index - 2].kind is Kind.NUMERAL or tokens.is_sign(index - 2, "°")) and left.kind is Kind.WORD
    if numbers[0] and _is_below_one(tokens, index):
        yield Reading(start, end, "slash: below number", Joint("over"), 0.8)
    elif right.kind is Kind.WORD and (
        numbers[0] or unit or len(left.text) > 2 or tokens.is_sign(index - 1, f"{_CURRENCY}%⁰¹²³⁴⁵⁶⁷⁸⁹")
    ):
        yield from _per(tokens, index, after_word=left.kind is Kind.WORD and not unit)
    if numbers[0] and tokens.is_sign(index + 1, _CURRENCY) and tokens[index + 2].kind is not Kind.NUMERAL:  # "¥150/$"
        name = tokens.vocabulary.table("currencies", "names")[
            tokens.vocabulary.table("currencies", "signs")[right.text]
        ][0]
        yield Reading(start, right.end, "slash: per currency", Per(name, named=True), 0.9)
    chained = tokens.is_sign(index - 2, "/-.") or tokens.is_sign(index + 2, "/-")
    if (
        all(numbers)
        and not chained
        and (len(left.text) > 3 or len(right.text) > 3)
        and not _is_dated(left.text, right.text)
    ):
        yield Reading(start, end, "slash: between numbers", Joint("list"), 0.6)
    elif all(numbers) and chained and _is_row(tokens, index):
        yield Reading(start, end, "slash: row", Joint("list"), 0.55)
    elif numbers[0] and _is_act(tokens, index):
        yield Reading(start, end, "slash: of an act", Joint("list"), 0.96)
    elif numbers[1] and left.text.lower() in tokens.vocabulary.table("mathematics", "greek"):
        yield Reading(start, end, "slash: after Greek letter", Joint("over"), 0.85)  # "π/2"
    elif numbers[1] and left.kind is Kind.WORD and len(left.text) == 1 and not (unit or _counts(tokens, index)):
        product = tokens[index + 2].text.lower() in tokens.vocabulary.table("mathematics", "greek")  # "h/2π"
        divided = product or left.text in tokens.vocabulary.words("mathematics", "variables")  # "n/2"
        yield Reading(start, end, "slash: after letter", Joint("over" if divided else ""), 0.7)
    elif _is_below_units(tokens, index):
        yield Reading(start, end, "slash: between measures", Joint("per"), 0.8)  # "mL/min/1.73 m²"
    elif _is_divided(tokens, index):
        yield Reading(start, end, "slash: of a formula", Joint("over"), 0.7)
    elif (unit or _counts(tokens, index)) and numbers[1] and _is_dose(tokens, index):
        yield Reading(start, end, "slash: between measures", Joint("per"), 0.8)
    elif (numbers[0] or unit) and (tokens.is_sign(index + 1, _CURRENCY) or (unit and numbers[1])):
        yield Reading(start, end, "slash: between sums", Joint("list"), 0.8)
    elif (numbers[1] and _counts(tokens, index)) or (
        tokens.is_sign(index - 2, _CURRENCY) and is_plural(tokens, index + 1)
    ):
        yield Reading(start, end, "slash: between measures", Joint("list"), 0.7)  # "1 cup/720 ml", "$12/adults"
    elif unit and (tokens[index + 1].text in VULGAR or (len(right.text) > 2 and right.text.istitle())):
        yield Reading(start, end, "slash: after unit", Joint("list"), 0.85)  # "5mm/¼in", "180°C/Gas Mark 4"
    elif unit and right.kind is Kind.WORD and len(right.text) > 1 and right.text.islower():
        yield Reading(start, end, "slash: after unit", Joint("list"), 0.6)
    else:
        yield from _between_prices(tokens, index)


def _between_prices(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "180C fan/160C", "5€/£4", "the £/$ rate"."""
    left, slash = tokens[index - 1], tokens[index]
    measured = tokens[index + 1].kind is Kind.NUMERAL and read_unit(tokens, index + 2) is not None
    if (measured and left.kind is Kind.WORD and len(left.text) > 2) or (
        left.text in VULGAR and tokens[index + 1].kind is Kind.NUMERAL  # "½/1 cup"
    ):
        yield Reading(slash.start, slash.end, "slash: before measure", Joint("list"), 0.6)
    elif tokens.is_sign(index - 1, _CURRENCY) and tokens.is_sign(index + 1, _CURRENCY):
        joint = Joint("list" if Kind.NUMERAL in (tokens[index - 2].kind, tokens[index + 2].kind) else "")
        yield Reading(slash.start, slash.end, "slash: between currencies", joint, 0.8)


def _is_quotient(tokens: Tokens, index: int) -> bool:
    """ "9000/(2+1)", "x/(y + 1)", "18/-2 = -9", "2000/2 = 1000", "total/3 = 62": what is divided in a sum."""
    left, right = tokens[index - 1], index + 1
    if (left.kind is Kind.NUMERAL or len(left.text) == 1 == len(tokens.word(index - 1))) and tokens.is_sign(right, "("):
        return tokens[right + 1].kind is Kind.NUMERAL or len(tokens[right + 1].text) == 1
    negative = tokens.is_sign(right, "-−")
    right += negative
    if left.kind not in (Kind.NUMERAL, Kind.WORD) or tokens[right].kind is not Kind.NUMERAL:
        return False
    small = (
        left.text.isdecimal() and tokens[right].text.isdecimal() and max(len(left.text), len(tokens[right].text)) < 4
    )
    return tokens.is_sign(tokens.after(right), "=") and (negative or not small)


def _is_below_one(tokens: Tokens, index: int) -> bool:
    """ "1/k of them", "O(1/T)"; not "1/s"."""
    known, letter = tokens.vocabulary, tokens[index + 1].text
    free = tokens[index - 2].kind is not Kind.WORD and not tokens.is_sign(index - 2, f"{_CURRENCY}.-/")
    ends = tokens[index + 2].kind is not Kind.NUMERAL and not tokens.is_sign(index + 2, "'’-./_")
    lettered = letter in known.words("mathematics", "variables") or letter in known.words("mathematics", "below_one")
    led = tokens.is_sign(index - 2, "(") or tokens.is_sign(tokens.before(index - 1), "=")  # "precision (1/variance)"
    quantity = len(letter) > _SHORTEST_THING and letter.islower() and read_unit(tokens, index + 1) is None
    lettered = lettered or (led and quantity and letter not in known.words("units", "per"))
    return tokens[index - 1].text == "1" and lettered and free and ends


def _is_rate(tokens: Tokens, index: int) -> bool:
    """ "$2/egg", "50 cents/can", "100 calories/serving": so much for one thing."""
    known, thing = tokens.vocabulary, tokens[index + 1].text
    nameless = thing in known.words("grammar", "no_nouns") - known.words("grammar", "also_nouns")
    nameless = nameless or thing in known.words("units", "numbers_in_words")
    if len(thing) < _SHORTEST_THING or not (thing.isalpha() and thing.islower()) or nameless:
        return False
    goes_on = tokens[index + 2].kind is Kind.SIGN and tokens[index + 3].kind is Kind.WORD  # "scripts/make.py"
    if goes_on or is_plural(tokens, index + 1) or tokens.is_sign(index + 2, "/-_"):
        return False
    if tokens[index - 1].kind is Kind.NUMERAL:
        return tokens.is_sign(index - 2, _CURRENCY)
    several = _counts(tokens, index) and is_plural(tokens, index - 1)
    return several and not tokens.word(index - 1).startswith(thing)


def _counts(tokens: Tokens, index: int) -> bool:
    """Return True if a number and a word are before a slash: "1 cup/"."""
    number = tokens[index - 3].kind is Kind.NUMERAL or tokens[index - 3].text in VULGAR
    counted = tokens[index - 2].kind is Kind.SPACE and number
    letter = tokens[index + 1].kind is Kind.NUMERAL and read_unit(tokens, index - 1) is not None
    return counted and (letter or len(tokens.word(index - 1)) > 1)


def _is_below_units(tokens: Tokens, index: int) -> bool:
    """Return True if a measure is below others here: "mL/min/1.73 m²"."""
    number = tokens[index - 1].kind is Kind.WORD and tokens[index + 1].kind is Kind.NUMERAL
    return number and tokens.is_sign(index - 2, "/") and bool(read_unit(tokens, tokens.past_blank(index + 2)))


def _is_divided(tokens: Tokens, index: int) -> bool:
    """ "v²/c²", "1/√2", "Δx/Δt": letters, with a sign of mathematics beside them."""
    left, right = tokens[index - 1], tokens[index + 1]
    greek = tokens.vocabulary.table("mathematics", "greek")
    above = left.kind is Kind.NUMERAL or left.text in _POWERS or (left.kind is Kind.WORD and len(left.text) == 1)
    if not above or tokens[index - 2].kind is Kind.NUMERAL:
        return False
    if right.text == "√":
        return True
    letter = right.kind is Kind.WORD and len(right.text) == 1
    powers = left.text in _POWERS and letter and tokens[index + 2].kind is not Kind.WORD
    return powers or (letter and right.text.lower() in greek)


def _is_row(tokens: Tokens, index: int) -> bool:
    """Return True if three numbers or more are written in a row: "100/110/120", "16/32/64 GB"."""
    first, last = index - 1, index + 1
    while first > index - _LONGEST_ROW and tokens.is_sign(first - 1, "/") and tokens[first - 2].kind is Kind.NUMERAL:
        first -= 2
    while last < index + _LONGEST_ROW and tokens.is_sign(last + 1, "/") and tokens[last + 2].kind is Kind.NUMERAL:
        last += 2
    free = tokens.is_free(first)
    days = [tokens[at].text for at in (first, first + 2)]
    dated = last == first + 4 and all(len(day) < 3 and day <= "31" for day in days)  # "2/30/2020"
    return free and not dated and last > first + 2 and not tokens.is_sign(last + 1, "/-")


def _is_dose(tokens: Tokens, index: int) -> bool:
    """ "5mg/10ml", "5 g/100 g"; not "10lb/4.5kg"."""
    known = tokens.vocabulary
    hundredth = tokens[index + 1].text == "100" and tokens[index - 1].text in known.words("units", "of_hundred")
    if hundredth and read_unit(tokens, tokens.past_blank(index + 2)):
        return True
    volume = tokens[tokens.past_blank(index + 2)].text in known.words("units", "volumes")
    return volume and tokens[index - 1].text in known.words("units", "doses")


def _is_act(tokens: Tokens, index: int) -> bool:
    """ "Directive 95/35/EC", "Regulation No 1980/2000", "Regulation (EU) 2016/679"."""
    acts = tokens.vocabulary.words("numbered", "acts")
    last = index + 2 if tokens[index + 1].kind is Kind.NUMERAL else index
    if tokens.is_sign(last, "/") and tokens[last + 1].text in acts:
        return True
    number = tokens.before(index - 1)
    number -= tokens.is_sign(number, ".")
    numbered = tokens.word(number) == "no" or (tokens.is_sign(number, ")") and tokens[number - 1].text in acts)
    return tokens[index + 1].text.isdecimal() and last == index + 2 and numbered


def _is_dated(left: str, right: str) -> bool:
    """ "2019/20", "1999/2000"."""
    return len(left) == 4 and left[:2] in ("19", "20") and left.isdecimal() and right.isdecimal()


def _per(tokens: Tokens, index: int, *, after_word: bool) -> Iterator[Reading]:
    word = tokens.word(index + 1)
    known = tokens.vocabulary
    path = tokens.is_sign(index - 2, "/:~") or tokens.is_sign(index + 2, "-_")  # "images/head-to-toe"
    if path or tokens.is_sign(index + 2, "/'’") or tokens[index + 1].text == "HEAD":
        return
    named = word in known.words("units", "per")
    named = named or (tokens[index - 1].kind is Kind.NUMERAL and word in known.words("units", "per_behind_numbers"))
    found = read_unit(tokens, index + 1)
    if found and not found[0].under and len(found[0].over) == 1 and found[1] > index + 2:  # "/km²", "/sq mi"
        factor = found[0].over[0]
        value = Per(factor.sign, named=False, power=factor.power)
        yield Reading(tokens[index].start, tokens[found[1] - 1].end, "slash: per area", value, 0.9)
        return
    short = known.words("units", "per_after_word" if after_word else "per_short")
    if named or (found and word in short):
        unit = found[0].over[0].sign if found and not named else word
        yield Reading(tokens[index].start, tokens[index + 1].end, "slash: per", Per(unit, named=named), 0.85)


SLASH_OF_AMOUNTS = Recogniser(
    "slash",
    _slash,
    (("20/hour", "20 per hour"), ("$15/hr", "15 dollars per hour"), ("f/2.8", "f 2.8")),
    signs="/",
)
