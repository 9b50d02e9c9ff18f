"""Hindi as it sounds, in either script: Whisper writes down spoken Hindi as Urdu, in Arabic letters and hardly a vowel.

What both scripts tell are the consonants, without breath ("kh" as "k").
"""

from __future__ import annotations

import re
import unicodedata

_DEVANAGARI = dict(zip("कखगघचछजझटठडढतथदधनपफबभमरलशषसहणङञंँ", "kkggccjjttddttddnppbbmrlSSshnnnnn", strict=True))
_WITH_DOT = {"ज": "z", "फ": "f", "ड": "r", "ढ": "r"}
_ARABIC = dict(zip("بپتطٹثسصجچحہهخدڈذزضظرڑشغفقکگلمنں", "bptttsssjchhhkddzzzzrrSgfkkglmnn", strict=True))
_LATIN = dict(zip("bcdfghjklmnpqrstz", "bkdfghjklmnpkrstz", strict=True))
_LETTERS = _DEVANAGARI | _ARABIC | _LATIN
_SILENT = re.compile(r"[ہه]\b")
"""A vowel at the end of a word."""
_LETTER = re.compile("([^\u093c])(\u093c?)")
"""One with the dot below, or without."""


def consonants(text: str) -> list[str]:
    """Return the consonants, one for a double one."""
    plain = unicodedata.normalize("NFD", _SILENT.sub("", text.casefold()))
    found = ((_WITH_DOT if dot else _LETTERS).get(one) or _LETTERS.get(one, "") for one, dot in _LETTER.findall(plain))
    return list(re.sub(r"(.)\1+", r"\1", "".join(found)))
