"""Amounts: "5 km", "€ 3,50", "5 Mio. Euro", "10–12 kg", "1 234" with a blank that does not break."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.sentences.language import language_of
from player.utterance.spoken.amounts import DASHES, Found, past_dash, read_amount, read_number
from player.utterance.spoken.languages import CODES
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit, units
from player.utterance.spoken.values import Amount, Measure, Money, Number, Words

_GLUED = (Kind.WORD, Kind.NUMERAL)
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_CURRENCIES = ("signs", "codes", "words")


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    before = tokens[index - 1]
    sized = before.text == "x" and tokens[index - 2].kind is Kind.NUMERAL  # "5x3 m"
    if before.kind is Kind.WORD and not sized and not _sign_before(tokens, index)[0]:
        return
    per = tokens.is_sign(index - 1, "/") and tokens[index - 2].kind is Kind.WORD  # "5 l/100 km"
    if (tokens.is_sign(index - 1, ".,/:") and not per) or (
        tokens.is_sign(index - 1, DASHES) and _is_joined(tokens, index - 1)
    ):
        return
    yield from _hyphened(tokens, index)
    found = _amount(tokens, index)
    if found is None:
        return
    until = _until(tokens, found)
    yield from _readings(tokens, index, until or found)


def _hyphened(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "ein 5-km-Lauf", "ein 20-€-Schein"."""
    if not tokens.is_sign(index + 1, "-"):
        return
    read = read_unit(tokens, index + 2)
    currency, end = _currency(tokens, index + 2)
    names = tokens.vocabulary.table("currencies", "names").get(currency) if currency else None
    after = end if names else read[1] if read else index
    if not (tokens.is_sign(after, "-") and tokens[after + 1].kind is Kind.WORD):
        return
    if read and not read[0].under and len(read[0].over) == 1:
        names = names or units(tokens.vocabulary).names.get(read[0].over[0].sign)
    if names:
        said = Words(f"{tokens[index].text}-{names[0]}")
        yield Reading(tokens[index].start, tokens[after - 1].end, "measure: hyphens", said, 0.95)


def _is_joined(tokens: Tokens, dash: int) -> bool:
    return tokens[dash - 1].kind in (Kind.WORD, Kind.NUMERAL)


def _amount(tokens: Tokens, index: int) -> Found | None:
    """Return a number with its magnitude, which may be an abbreviation with a full stop."""
    short = tokens.vocabulary.table("magnitudes", "always")
    found = read_amount(tokens, index, short) or _with_point(tokens, index)
    if found is None or not found.amount.magnitude:
        return found
    if tokens.is_sign(found.next, ".") and tokens[found.next - 1].text in short and not _is_end(tokens, found.next):
        return Found(found.amount, found.next + 1)
    return found


def _with_point(tokens: Tokens, index: int) -> Found | None:
    """ "$19.99", "3.50 €", as the English write."""
    whole, point, decimals = tokens[index].text.partition(".")
    priced = _sign_before(tokens, index)[0] or _currency(tokens, tokens.past_blank(index + 1))[0]
    if not point or len(decimals) != 2 or not (whole + decimals).isdecimal() or not priced:
        return None
    return Found(Amount(Number(f"{whole},{decimals}", whole, decimals)), index + 1)


def _is_end(tokens: Tokens, stop: int) -> bool:
    """Return True if a full stop here ends the sentence."""
    after = tokens[tokens.past_blank(stop + 1)]
    return after.kind is Kind.EDGE or after.text in '"”’“»)'


def _until(tokens: Tokens, found: Found) -> Found | None:
    at = past_dash(tokens, found.next)
    if not at:
        unit = read_unit(tokens, tokens.past_blank(found.next))
        at = past_dash(tokens, unit[1]) if unit else 0
    end = _amount(tokens, at) if at else None
    if end is None or (tokens.is_sign(end.next, DASHES) and tokens[end.next + 1].kind is Kind.NUMERAL):
        return None
    return Found(found.amount.but(until=end.amount), end.next)


def _sign_before(tokens: Tokens, index: int) -> tuple[str, int]:
    """Return the currency before a number, and the index of its first token: "€ 5", "US$ 5"."""
    at = tokens.before(index)
    signs, codes = (tokens.vocabulary.table("currencies", name) for name in ("signs", "codes"))
    if tokens[at].kind is Kind.SIGN:
        for first in (at - 2, at - 1):  # "US-$", "US$"
            longer = signs.get(tokens.text[tokens[first].start : tokens[at].end]) if first >= 0 else None
            if longer and tokens[first].kind is Kind.WORD:
                return longer, first
        if tokens[at].text == "." and _is_plain_sum(tokens, index):
            return tokens.vocabulary.table("currencies", "stopped").get(tokens[at - 1].text, ""), at - 1
        return signs.get(tokens[at].text, ""), at
    of_other = tokens[tokens.before(at)].kind is Kind.NUMERAL and tokens[at].text in (
        tokens.vocabulary.table("currencies", "words")
    )
    rate = tokens.is_sign(at - 1, "/") and tokens[at - 2].text in codes  # "EUR/USD 1,08"
    return "" if of_other or rate else codes.get(tokens[at].text, ""), at  # "5 Euro 50"


def _is_plain_sum(tokens: Tokens, index: int) -> bool:
    """ "20.–" behind "Fr.", "135.000" behind "L.", which are a day and a law before other numbers."""
    rounded = tokens.is_sign(index + 1, ".,") and tokens.is_sign(index + 2, DASHES)
    grouped = tokens.is_sign(index + 1, "'’") or _GROUPED.fullmatch(tokens[index].text) is not None
    return rounded or (grouped and not tokens.is_sign(index + 1, "/"))


def _currency(tokens: Tokens, index: int) -> tuple[str, int]:
    """Return the currency whose sign, letters or name are here, and the index behind them: "€", "$ US", "Euro"."""
    known = tokens.vocabulary
    tables = [known.table("currencies", name) for name in _CURRENCIES]
    for after in (index + 3, index + 2, index + 1):
        written = tokens.text[tokens[index].start : tokens[after - 1].end]
        found = next((table[written] for table in tables if written in table), "")
        if found:
            return found, after
    return "", index


def _readings(tokens: Tokens, index: int, found: Found) -> Iterator[Reading]:
    amount, after = found
    start, number = tokens[index].start, amount.number
    end = after + 2 + tokens.is_sign(after + 2, "-–—")
    whole = tokens.is_sign(after, ",.") and tokens.is_sign(after + 1, "-–—") and tokens[end].kind not in _GLUED
    if whole and _is_priced(tokens, index, end):  # "850,- €", "€ 5,--", "14.- €"
        after = end
    if tokens.is_sign(index - 1, DASHES) and isinstance(number, Number):
        start, amount = tokens[index - 1].start, amount.but(number=number.but(sign="-"))
    currency, first = _sign_before(tokens, index)
    if currency:
        yield Reading(tokens[first].start, tokens[after - 1].end, "money: sign before", Money(amount, currency), 0.9)
        return
    at = tokens.past_blank(after)
    of = tokens.vocabulary.table("magnitudes").get("of")
    if (amount.until or amount).magnitude and of and tokens.word(at) == of:
        at = tokens.past_blank(at + 1)  # "5 millions de km"
    currency, end = _currency(tokens, at)
    if currency and tokens[end].kind not in (Kind.WORD, Kind.NUMERAL):
        yield Reading(start, tokens[end - 1].end, "money: sign after", Money(amount, currency), 0.9)
        return
    strokes = tokens.vocabulary.table("grammar", "strokes")
    read = None if any(tokens.matches(at, written) for written in strokes) else read_unit(tokens, at)  # "1 t/m 5"
    law = read and len(tokens[at].text) == 1 and tokens.is_sign(read[1], ".") and tokens.is_sign(read[1] + 3, "/")
    years = (
        read and tokens[at].text in tokens.vocabulary.words("units", "not_before_stop") and tokens.is_sign(read[1], ".")
    )
    if read and not (law or years) and not tokens.is_sign(read[1], "'’"):  # "art. 70 l. 633/1941"
        end = read[1] + _has_stop(tokens, read[1])
        sure = 0.85 if len(tokens[at].text) > 1 or amount.number else 0.7
        yield Reading(start, tokens[end - 1].end, "measure: unit", Measure(amount, read[0]), sure)
    elif amount.magnitude:
        yield Reading(start, tokens[after - 1].end, "magnitude: short", amount, 0.9)
    elif amount.until is None and isinstance(number, Number):
        single = read_number(tokens, index)
        if single and single[1] > index + 1:
            yield Reading(tokens[index].start, tokens[single[1] - 1].end, "cardinal: blanks", number, 0.8)


def _is_priced(tokens: Tokens, index: int, after: int) -> bool:
    """Return True if a currency is before or behind an amount."""
    return bool(_sign_before(tokens, index)[0] or _currency(tokens, tokens.past_blank(after))[0])


def _has_stop(tokens: Tokens, index: int) -> bool:
    """Return True if a full stop here belongs to the unit: "5 Std. lang", not "5 km." at the end."""
    known = language_of(tokens.vocabulary.code).abbreviations
    return tokens.is_sign(index, ".") and tokens.word(index - 1) in known and not _is_end(tokens, index)


AMOUNT = Recogniser(
    "amount",
    _propose,
    (),
    numerals=Beside.ANYTHING,
    languages=CODES,
)


def _large_and_small(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first figures of "1m80", "3€50": so much, and so many hundredths."""
    unit, rest, known = tokens[index + 1].text, tokens[index + 2].text, tokens.vocabulary
    free = tokens[index - 1].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index - 1, '(«“"')
    ends = tokens[index + 3].kind is not Kind.WORD and not tokens.is_sign(index + 3, "'’\"")
    if not (free and ends and tokens[index].text.isdecimal() and len(rest) == 2 and rest.isdecimal()):
        return
    sign = known.table("currencies", "signs").get(unit)
    name = known.table("currencies", "names").get(sign) if sign else units(known).names.get(unit if unit == "m" else "")
    if name:
        whole, joint = tokens[index].text, str(known.table("clock")["minutes"])
        said = f"{whole} {name[whole != '1']}{joint.format(int(rest))}"
        yield Reading(tokens[index].start, tokens[index + 2].end, "measure: and hundredths", Words(said), 0.96)


HUNDREDTHS = Recogniser(
    "measure",
    _large_and_small,
    (("il mesure 1m80", "il mesure 1 mètre 80"), ("pour 3€50", "pour 3 euros 50")),
    numerals=Beside.GLUED_WORD | Beside.SIGN,
    languages=("fr", "nl", "pt", "it"),
)
