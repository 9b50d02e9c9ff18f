"""The word before a boundary: what shows which rules are about it."""

from __future__ import annotations

import re
from typing import NamedTuple

from player.story.roman_numerals import roman
from player.utterance.sentences.language import Language

_CAPITAL = "[A-ZÀ-ÖØ-ÞŁŚŻŠČŘΑ-ΩА-ЯЁЄІЇҐ]"
_INITIAL = re.compile(rf"(?:[A-Z]\w+-)?{_CAPITAL}")
_INITIALS = re.compile(rf"(?:[dlDL]['’])?{_CAPITAL}(?:\.-?{_CAPITAL})+")
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_JOINED = re.compile(r"(?:[A-Z][a-z]{0,4}\.)+[A-Z][a-z]{0,4}")
_OLD_COIN = re.compile(r"£?\d{1,2}½?[lsd]")
_POUNDS = re.compile(r"£\d[\d,]{0,8}")
_WORD_WITH_VOWEL = re.compile(r"[aeiouyäöüáéíóúàèêô]")
_ANY_VOWEL = re.compile(r"[aeiouyàáâäåæèéêëěìíîïòóôöøùúûüůýąęőűаеёиіїоуыэюяєαεηιουωάέήίόύώ]")
_MOST_NUMERAL = 399
"""What the letters I to C can write."""
_SHORT, _LONGEST_UNSPOKEN = 6, 4
"""Abbreviations that no table holds are shorter, and those without a vowel no longer."""


class Word(NamedTuple):
    """The word before a boundary, and how the tables have it."""

    last: str
    key: str
    language: Language
    known: bool
    """True if a table holds it."""

    def is_in(self, *tables: str) -> bool:
        """Return True if one of these tables holds it."""
        return self.known and any(self.language.holds(table, self.key) for table in tables)

    @property
    def short(self) -> bool:
        """Return True if it is as short as abbreviations are."""
        return len(self.last) < _SHORT

    @property
    def capital(self) -> bool:
        """Return True if it has a capital."""
        return self.last[:1].isupper()

    @property
    def dotted(self) -> bool:
        """Return True for "e.l.f" and "Fed.R.Evid"."""
        return is_letters(self.last) or _JOINED.fullmatch(self.last) is not None

    @property
    def initials(self) -> bool:
        """Return True for one capital, or several with full stops: "J", "F.B.I"."""
        return bool(_INITIAL.fullmatch(self.last) or _INITIALS.fullmatch(self.last))

    @property
    def unspoken(self) -> bool:
        """Return True for a short word without a vowel: "mgmt"."""
        return self.key.isalpha() and len(self.key) <= _LONGEST_UNSPOKEN and not _WORD_WITH_VOWEL.search(self.key)

    @property
    def old_coin(self) -> bool:
        """Return True for pounds, shillings or pence, in English."""
        coined = is_old_coin(self.last) or _POUNDS.fullmatch(self.last) is not None
        return self.language.code == "en" and coined

    @property
    def cut_off(self) -> bool:
        """Return True if words of its language do not end so: Italian "meteor"."""
        return bool(self.language.endings) and self.key[-1:].isalpha() and self.key[-1] not in self.language.endings


def is_letters(word: str) -> bool:
    """Return True for single letters with full stops: "e.l.f"."""
    return _LETTERS.fullmatch(word) is not None


def is_old_coin(word: str) -> bool:
    """Return True for pounds, shillings or pence: "10s", "6½d", "2l"."""
    return _OLD_COIN.fullmatch(word) is not None


def is_ordinal(word: str, language: Language) -> bool:
    """Return True for an ordinal in figures: "10th", "1st,"."""
    return word[:1].isdecimal() and word.rstrip(".,;:!?)").lstrip("0123456789") in language.ordinal_endings


def is_roman(word: str) -> bool:
    """Return True for a Roman numeral in capitals: "XIV"."""
    return roman(word, _MOST_NUMERAL) is not None


def is_clipped(word: str) -> bool:
    """Return True for what may be the beginning of a word in small letters, "kap", not for a whole one: "lära"."""
    vowels = _ANY_VOWEL.findall(word)
    return word.islower() and len(vowels) <= 1 and word[-1:] not in vowels
