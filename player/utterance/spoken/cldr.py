"""Nouns behind numbers, in languages without tables of their own: units, currencies and millions as CLDR has them, in
the form that the number asks for: "5 km" -> "5 kilometrów", "5 mln zł" -> "5 milionów złotych"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from babel import Locale
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    get_decimal_symbol,
)
from babel.units import format_unit

from player.tables import table
from player.utterance.spoken.tokens import Tokens
from player.utterance.spoken.vocabulary import Vocabulary

_SIZES = (10**3, 10**6, 10**9, 10**12)
_STYLES: tuple[Literal["short", "long"], ...] = ("short", "long")
_MANY = 5
_FORMS = (1, 2, _MANY)
"""Numbers that ask for the forms of a noun that stand behind millions: "milion", "miliony", "milionów"."""
_FIGURES = re.compile(r"[\d.,]*\d")
_LONGEST = 30
"""Figures of a number whose noun is looked for."""
_DIRECTIONS = str.maketrans({"\u200e": "", "\u200f": "", "\u00a0": " ", "\u202f": " "})
_SHORTEST_MAGNITUDE = 2
"""Letters: one alone ("5M") is a unit or a name as well."""


class Counted(NamedTuple):
    """A number as it is written, and what it is worth."""

    figures: str
    worth: Decimal


Noun = Callable[[Counted], str]
"""A number -> it and its noun."""


@dataclass(frozen=True)
class Nouns:
    """What stands behind numbers in a language, and some of it before them."""

    decimal: str
    """The mark before decimals."""
    units: Mapping[str, Noun]
    """Sign -> noun; currencies among them."""
    currencies: Mapping[str, Noun]
    """Those that stand before a number as well: "$", "EUR"."""
    magnitudes: Mapping[str, int]
    """Sign or word -> size: {"mln": 1000000}; a sign without its full stop."""
    by_first: Mapping[str, tuple[str, ...]]
    """First token -> the signs that begin with it, longest first."""
    locale: Locale

    def counted(self, figures: str) -> Counted | None:
        """Return a number; None for what is none, such as "3.11.2"."""
        written = figures.replace(self.decimal, ".") if self.decimal != "." else figures
        if len(figures) > _LONGEST or written.count(".") > 1:
            return None
        try:
            return Counted(figures, Decimal(written))
        except InvalidOperation:
            return None

    def times(self, number: Counted, size: int) -> Counted:
        """Return so many thousands or millions: "2,5 miliona"."""
        decimals = max(-int(number.worth.as_tuple().exponent), 0)
        said = format_compact_decimal(
            number.worth * size, format_type="long", locale=self.locale, fraction_digits=decimals
        )
        return Counted(_with(number.figures, said, number.worth, self.locale), Decimal(int(number.worth * size)))

    def sign_at(self, tokens: Tokens, index: int, among: Mapping[str, object]) -> tuple[str, int]:
        """Return the longest of these signs that begins with this token, and the index behind it; "" for none."""
        for sign in self.by_first.get(tokens[index].text, ()):
            if sign in among and (after := tokens.matches(index, sign)):
                return sign, after
        return "", index


def _with(figures: str, said: str, worth: Decimal, locale: Locale) -> str:
    """Return what is said of a number, with the number as it is written."""
    own = format_decimal(worth, locale=locale, decimal_quantization=False)
    plain = " ".join(said.translate(_DIRECTIONS).split())
    return plain.replace(own.translate(_DIRECTIONS), figures, 1)


def nouns(vocabulary: Vocabulary) -> Nouns:
    """Return the nouns of a vocabulary's language. Raises babel.UnknownLocaleError for one that CLDR does not know."""
    locale = Locale.parse(vocabulary.code)
    currencies = dict(_currencies(locale))
    own = {sign: _own(forms, locale) for sign, forms in vocabulary.table("amounts", "units").items()}
    units = {**dict(_units(locale)), **currencies, **own}
    magnitudes = dict(_magnitudes(locale))
    by_first: dict[str, list[str]] = {}
    for sign in sorted({*units, *magnitudes}, key=len, reverse=True):
        by_first.setdefault(Tokens(sign, vocabulary.code)[0].text, []).append(sign)
    return Nouns(
        get_decimal_symbol(locale),
        units,
        {sign: units[sign] for sign in currencies},
        magnitudes,
        {first: tuple(signs) for first, signs in by_first.items()},
        locale,
    )


@cache
def _known() -> Mapping[str, Any]:
    return table(Path(__file__).parent / "data" / "cldr.toml")


def _own(forms: Mapping[str, str], locale: Locale) -> Noun:
    def said(number: Counted) -> str:
        return f"{number.figures} {forms.get(locale.plural_form(number.worth), forms['other'])}"

    return said


def _units(locale: Locale) -> Iterator[tuple[str, Noun]]:
    known = _known()
    signs: dict[str, set[str]] = {}
    for sign, name in known["units"].items():
        signs.setdefault(sign, set()).add(name)
    for name in {*known["units"].values(), *known["units_by_own_sign"]["names"].split()}:
        sign, noun = (_without_number(format_unit(_MANY, name, length, locale=locale), locale) for length in _STYLES)
        shortened = sign[:1] == noun[:1] or not sign[:1].isalpha()  # Greek "κιλά" is no short "χιλιόγραμμα"
        if sign in signs or (len(sign) > 1 and shortened):
            signs.setdefault(sign, set()).add(name)
    for sign, names in signs.items():
        if len(names) == 1:  # "t" is an hour and a ton in Danish
            yield sign, _unit(min(names), locale)


def _unit(name: str, locale: Locale) -> Noun:
    def said(number: Counted) -> str:
        return _with(number.figures, format_unit(number.worth, name, "long", locale=locale), number.worth, locale)

    return said


def _currencies(locale: Locale) -> Iterator[tuple[str, Noun]]:
    codes = frozenset(_known()["currencies"]["codes"].split())
    of_sign = {code: code for code in codes}
    for symbols in (Locale.parse("en").currency_symbols, locale.currency_symbols):
        of_sign |= {symbol.strip("."): code for code, symbol in symbols.items() if symbol not in ("", code)}
    for sign, code in of_sign.items():
        yield sign, _currency(code, locale)


def _currency(code: str, locale: Locale) -> Noun:
    def said(number: Counted) -> str:
        return _with(
            number.figures,
            format_currency(
                number.worth, code, locale=locale, format_type="name", currency_digits=False, decimal_quantization=False
            ),
            number.worth,
            locale,
        )

    return said


def _magnitudes(locale: Locale) -> Iterator[tuple[str, int]]:
    for size in _SIZES:
        for style in _STYLES if size < _SIZES[-1] else _STYLES[1:]:  # Slovenian "bil." is no million of millions alone
            for form in _FORMS:
                said = format_compact_decimal(form * size, format_type=style, locale=locale)
                sign = _without_number(said, locale, form)
                if len(sign) >= _SHORTEST_MAGNITUDE:
                    yield sign, size


def _without_number(said: str, locale: Locale, number: int = _MANY) -> str:
    """Return "km" of "5 km"; empty for what has another number."""
    figures, *more = _FIGURES.findall(said) or [""]
    if figures != format_decimal(number, locale=locale) or more:
        return ""
    return said.replace(figures, "", 1).translate(_DIRECTIONS).strip().rstrip(".")
