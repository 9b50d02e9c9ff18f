"""Numbers among tokens, with what belongs to them: fractions, magnitudes, the other end of a range."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Amount, Fraction, Number

DASHES = "-–—−"
VULGAR: Mapping[str, tuple[int, int]] = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
"""Signs of fractions."""
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}")
_ELSEWHERE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{2}")
_EXCHANGED = str.maketrans(".,", ",.")
_LONGEST_GROUP = 3
"""Figures between two blanks."""
_LONGEST_UNIT = 3
"""Letters of a unit, at most: "2 400 ml" may be two numbers in a row."""
_SURE_GROUPS = 3
"""Groups of a number with plain blanks."""
_LARGEST_PART = 64
"""A mixed number is written with parts down to these: "5 3/16 inches"."""


class Found(NamedTuple):
    """A number, and where it ends."""

    amount: Amount
    next: int
    """Index of the first token behind it."""


@lru_cache(maxsize=1024)
def number_of(numeral: str, decimal: str = ".") -> Number | None:
    """Return a numeral's value; None for what is no single number, such as "3.11.2" or "1,24".

    >>> number_of("1,200.50")
    Number(figures='1,200.50', whole='1200', decimals='50', sign='')
    """
    if decimal == ",":
        numeral = numeral.translate(_EXCHANGED)
    if _ELSEWHERE.fullmatch(numeral):
        numeral = numeral.translate(_EXCHANGED)
    whole, point, decimals = numeral.partition(".")
    if "." in decimals or "," in decimals or ("," in whole and not _GROUPED.fullmatch(whole)):
        return None
    figures = whole + point + decimals
    return Number(figures.translate(_EXCHANGED) if decimal == "," else figures, whole.replace(",", ""), decimals)


def read_number(tokens: Tokens, index: int) -> tuple[Number | Fraction, int] | None:
    """Return the number that begins with this token, and the index behind it; None when none does."""
    if index not in tokens.numbers:
        tokens.numbers[index] = _read_number(tokens, index)
    return tokens.numbers[index]


def _read_number(tokens: Tokens, index: int) -> tuple[Number | Fraction, int] | None:
    token = tokens[index]
    if token.kind is not Kind.NUMERAL:
        vulgar = VULGAR.get(token.text)
        return (Fraction("", *vulgar), index + 1) if vulgar else None
    number = number_of(token.text, tokens.vocabulary.table("numbers").get("decimal", "."))
    if number is None:
        return None
    if number.figures.isdecimal():
        return _parts(tokens, index, number) or _spaced(tokens, index) or _marked(tokens, index) or (number, index + 1)
    return number, index + 1


def _parts(tokens: Tokens, index: int, number: Number) -> tuple[Fraction, int] | None:
    """ "2½", "2 1/2", "2-1/2", "1/2"; not "1/2/2020"."""
    at = index + 1
    if tokens.is_sign(at, "-–") or tokens[at].kind is Kind.SPACE:  # "1–1/2" falls, and is no range
        at += 1
    vulgar = VULGAR.get(tokens[at].text)
    if vulgar:
        return Fraction(number.whole, *vulgar), at + 1
    if at > index + 1:
        parts = _slashed(tokens, at)
        return (Fraction(number.whole, *parts), at + 3) if parts and len(number.whole) < 4 else None
    return None


def _slashed(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Two numerals with a slash between that are parts of one: 1/2."""
    over, under = tokens[index].text, tokens[index + 2].text
    if not (over.isdecimal() and under.isdecimal() and tokens.is_sign(index + 1, "/⁄")) or len(over + under) > 4:
        return None
    more = tokens.is_sign(index + 3, "/-") and tokens[index + 4].kind is Kind.NUMERAL
    return (int(over), int(under)) if 0 < int(over) < int(under) <= _LARGEST_PART and not more else None


def read_parts(tokens: Tokens, index: int) -> Found | None:
    """Parts without a whole number, "3/4", and what is written like them: "120/80"."""
    over, under = tokens[index].text, tokens[index + 2].text
    if tokens.is_sign(index - 1, "/") or not tokens.is_sign(index + 1, "/⁄") or not (over + under).isdecimal():
        return None
    if len(over + under) > 6 or under.strip("0") == "":
        return None
    return Found(Amount(Fraction("", int(over), int(under))), index + 3)


def _spaced(tokens: Tokens, index: int) -> tuple[Number, int] | None:
    """ "10 000", with any digits behind blanks that do not break: "12 345"."""
    groups = [tokens[index].text]
    at = index + 1
    doubtful = False
    while tokens[at].kind is Kind.SPACE and len(tokens[at + 1].text) == 3 and tokens[at + 1].text.isdecimal():
        doubtful |= tokens.written[tokens[at].start] == " " and tokens[at + 1].text != "000"
        groups.append(tokens[at + 1].text)
        at += 2
    if groups[0][0] == "0" or len(groups[0]) > _LONGEST_GROUP:
        return None
    whole, _, decimals = tokens[at + 1].text.replace(",", ".").partition(".")
    usual = tokens.vocabulary.table("numbers").get("decimal", ".") in tokens[at + 1].text
    exact = tokens[at].kind is Kind.SPACE and len(whole) == _LONGEST_GROUP and (whole + decimals).isdecimal()
    if exact and decimals and (usual or len(decimals) < _LONGEST_GROUP) and not _is_in_row(tokens, index):  # "1 234,56"
        groups.append(whole)
        return Number(f"{','.join(groups)}.{decimals}", "".join(groups), decimals), at + 2
    if len(groups) == 1 or (tokens[at].kind is Kind.SPACE and tokens[at + 1].text.isdecimal()):
        return None
    if doubtful and len(groups) < _SURE_GROUPS and not _is_counted(tokens, index, at):  # "12 345", but "12 345 678"
        return None
    return Number(",".join(groups), "".join(groups)), at


def _is_in_row(tokens: Tokens, index: int) -> bool:
    """Return True behind another number, as in a row of a table: "2 1 234.5"."""
    return tokens[tokens.before(index)].kind is Kind.NUMERAL and not _groups_with_blanks(tokens)


def _is_counted(tokens: Tokens, index: int, after: int) -> bool:
    """Return True for "12 345 km", "unas 1 500 personas" in languages that part thousands with blanks; in some only
    before a word, and a figure alone, which may number something, only within a sentence: "Halle 3 150 Personen"."""
    if _groups_with_blanks(tokens):
        return True
    counted, led = tokens[after + 1], tokens[tokens.before(index)]
    before_words = tokens.vocabulary.table("numbers").get("blanks_before_words")
    if not before_words or tokens[after].kind is not Kind.SPACE or _is_in_row(tokens, index):
        return False
    if len(tokens[index].text) > 1:
        return counted.kind is Kind.WORD or counted.text in tokens.vocabulary.table("currencies", "signs")
    return counted.kind is Kind.WORD and len(counted.text) > _LONGEST_UNIT and led.text.islower()


def _groups_with_blanks(tokens: Tokens) -> bool:
    """Return True in a language that parts thousands with blanks: "6 492 000"."""
    return bool(tokens.vocabulary.table("numbers").get("blanks"))


def _marked(tokens: Tokens, index: int) -> tuple[Number, int] | None:
    """ "1'000"; in Spanish "3'5 %", "1'80 m" as well."""
    decimals = tokens[index + 2].text
    if not tokens.vocabulary.table("numbers").get("decimal_apostrophe") or not tokens.is_sign(index + 1, "'’"):
        return _swiss(tokens, index)
    known = tokens.vocabulary.words("units", "behind_apostrophes")
    measured = tokens[tokens.past_blank(index + 3)].text in known
    if measured and decimals.isdecimal() and len(decimals) < _LONGEST_GROUP:
        whole = tokens[index].text
        return Number(f"{whole}.{decimals}", whole, decimals), index + 3
    return _swiss(tokens, index)


def _swiss(tokens: Tokens, index: int) -> tuple[Number, int] | None:
    """ "1'000", "1'250.50", as the Swiss write."""
    groups = [tokens[index].text]
    at, decimals = index + 1, ""
    while tokens.is_sign(at, "'’") and not decimals and len(groups[0]) < 4:
        group, _, decimals = tokens[at + 1].text.partition(".")
        if tokens[at + 1].kind is not Kind.NUMERAL or len(group) != 3 or not (group + decimals).isdecimal():
            break
        groups.append(group)
        at += 2
    if len(groups) == 1 or tokens[at].kind is Kind.WORD:
        return None
    figures = ",".join(groups) + (f".{decimals}" if decimals else "")
    return Number(figures, "".join(groups), decimals), at


def read_magnitude(tokens: Tokens, index: int, short: Mapping[str, str]) -> tuple[str, int]:
    """ "bn", " million", "-million" at this token: its name and the index behind it; an empty name when none is here.

    `short` holds the abbreviations that count here.
    """
    at = index + 1 if tokens[index].kind is Kind.SPACE or tokens.is_sign(index, "-") else index
    written = tokens[at].text
    if tokens[at].kind is not Kind.WORD:
        return "", index
    if at > index or written.lower() in tokens.vocabulary.words("magnitudes", "words"):  # "£38million"
        word = written.lower()
        words = tokens.vocabulary.words("magnitudes", "words")
        name = word if word in words else word.removesuffix("s") if word.removesuffix("s") in words else ""
        more = tokens.word(at + 2) if name and tokens[at + 1].text == " " else ""
        if more in words and tokens.vocabulary.code == "en":
            return f"{name} {more}", at + 3  # "2 lakh crore"
        if name:
            return name, at + 1
    name = short.get(written) or short.get(written.lower(), "")
    return (name, at + 1) if name and not tokens.is_sign(index, "-") else ("", index)


def read_amount(tokens: Tokens, index: int, short: Mapping[str, str]) -> Found | None:
    """Return a number with its magnitude: "3.5bn", "10 000", "2½ million"."""
    number = read_number(tokens, index)
    if number is None:
        return None
    magnitude, after = read_magnitude(tokens, number[1], short)
    return Found(Amount(number[0], magnitude), after)


def past_dash(tokens: Tokens, index: int) -> int:
    """Return the index behind a dash here, with the blanks beside it; 0 when no dash is here."""
    at = tokens.past_blank(index)
    return tokens.past_blank(at + 1) if tokens.is_sign(at, DASHES) else 0
