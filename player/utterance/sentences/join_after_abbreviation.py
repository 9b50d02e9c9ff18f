"""Rules for seams after abbreviations, initials and numbers. See `refine.py`."""

from __future__ import annotations

import re

from player.utterance.sentences.boundary import OPENING, Seam

_CAPITAL = "[A-ZÀ-ÖØ-ÞŁŚŻŠČŘΑ-ΩА-ЯЁЄІЇҐ]"
_INITIAL = re.compile(rf"(?:[A-Z]\w+-)?{_CAPITAL}")
_INITIALS = re.compile(rf"(?:[dlDL]['’])?{_CAPITAL}(?:\.-?{_CAPITAL})+")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\b")
_ROMAN = re.compile(r"[IVXLC]+\b")
_COUNTED = re.compile(r"\d[\d,.]*\s+[a-z]")
_WORD_WITH_VOWEL = re.compile(r"[aeiouyäöüáéíóúàèêô]")
_YEAR_IN_BRACKETS = re.compile(r"[(\[](?:1[5-9]|20)\d\d[a-z]?[)\],;:]")
_DAY_OR_MONTH = re.compile(r"\d\d?\.$")
_OLD_COIN = re.compile(r"£?\d{1,2}½?[sd]")
_OPENS_WITH_DATE = 5
"""Words, at most, of a date that a sentence opens with: "Nel 44 a.C.| Cesare morì", "В 1961 г.| Гагарин"."""
_LETTER_AND_NUMBER = re.compile(r"[A-Z](?:\.\s?)?\d")
_SHORT = 6
"""Abbreviations that no table holds are shorter."""
_VERSE = re.compile(r"\d{1,3}:\d")
_TIGHT_NAMES = frozenset(["by", "and", "of", "with", "from", "to", "&", "und", "y", "e", "et", "en"])


def _is_initials(word: str) -> bool:
    """Whether a word is one capital, or several with full stops: "J", "F.B.I"."""
    return bool(_INITIAL.fullmatch(word) or _INITIALS.fullmatch(word))


def reference(seam: Seam) -> bool | None:
    """ "Smith et al.| (2019)", "Darwin, C.| (1859).", "42 U.S.C.| § 1983", "598 U.S.| ___ (2022)"."""
    if seam.key not in seam.language.abbreviations and not _DOTTED.fullmatch(seam.last) and len(seam.last) > 1:
        return None
    return True if seam.right in "§¶_" or _YEAR_IN_BRACKETS.match(seam.text, seam.next_start) else None


def in_brackets(seam: Seam) -> bool | None:
    """Nothing ends after one short word in brackets: "(b.| 1950)", "(feat.| Jay Z)"."""
    short = seam.left.endswith(f"({seam.last}.") and len(seam.last) < _SHORT and seam.last.islower()
    return True if short else None


def dash_after_abbreviation(seam: Seam) -> bool | None:
    """ "the U.S.| – and only it – agreed"."""
    known = seam.key in seam.language.abbreviations or _is_initials(seam.last)
    return True if seam.right in "—–-" and known else None


def ordinal(seam: Seam) -> bool | None:
    """German: "am 3.| Oktober", "im 19.| Jahrhundert", "Ludwig XIV.| starb"."""
    if not seam.language.ordinals or seam.quoted:
        return None
    number = seam.last.isdigit() and len(seam.last) <= 2
    before = seam.before_last()[-1:]
    if number and seam.goes_on_with_number:  # "am 1. 1. 2025"
        return _DAY_OR_MONTH.match(seam.first) is not None or bool(before and _DAY_OR_MONTH.match(before[0]))
    if number and before and seam.language.holds("before_number", before[0].rstrip(".").lower()):
        return None  # "Bd. 4."
    if not number and not (_ROMAN.fullmatch(seam.last) and len(seam.before_last()) > 0):
        return None
    return not seam.begins_anew and (seam.goes_on_upper or seam.goes_on_lower)


def title(seam: Seam) -> bool | None:
    """ "Dr.| Smith", "Gen.| Burns", but "on Main St.| It is open." """
    language, key = seam.language, seam.key
    if not language.holds("title", key) or not (seam.capital or key in ("st", "mt") or language.code != "en"):
        return None
    also_ends = language.holds("street", key) or key in language.also_words or key in ("pres", "hon", "fr")
    if also_ends and seam.begins_anew:
        return False
    return seam.goes_on_upper or seam.goes_on_lower or seam.goes_on_with_number


def postscript(seam: Seam) -> bool | None:
    """ "P.S.| I love you." """
    return True if seam.last.upper() in ("P.S", "PS", "P.P.S", "PPS") and seam.end - seam.start < 9 else None


def leads_on(seam: Seam) -> bool | None:
    """ "cats vs.| dogs", "e.g.| Poodles", "c.| 1180", "Roe v.| Wade", but "Vitamin C.| The rest"."""
    acronym = len(seam.last) > 1 and seam.last.isupper() and seam.last.isalpha() and seam.key != "vs"  # "in CA."
    if acronym or not seam.language.holds("leads_on", seam.key):
        return None
    if len(seam.key) > 1 and seam.key not in ("esp", "resp", "ex", "es", "ej"):
        return True
    if len(seam.key) == 1 and seam.capital:
        return None
    return seam.goes_on_lower or seam.goes_on_with_number or (seam.goes_on_upper and not seam.begins_anew)


def numbered(seam: Seam) -> bool | None:
    """ "No.| 5", "vol.| IV", but "He said no.| 5 people left." and "This is art.| He left." """
    language, key = seam.language, seam.key
    if not language.holds("before_number", key) or seam.right in '"“‘„':
        return None
    ambiguous = key in language.also_words
    if seam.goes_on_with_number:
        return _before_figures(seam, ambiguous)
    if _ROMAN.fullmatch(seam.after.upper()) and seam.goes_on_upper and seam.first != "I":
        return True
    if key == "no" and language.code == "en":
        return False
    if _LETTER_AND_NUMBER.match(seam.text, seam.next_start):
        return True
    return True if seam.goes_on_lower and not ambiguous else None


def _before_figures(seam: Seam, ambiguous: bool) -> bool:
    if seam.last == "no" and seam.language.code == "en":
        return _is_number_sign(seam)
    if seam.language.code != "en" and not ambiguous:
        return True
    counted = _COUNTED.match(seam.text[seam.next_start : seam.next_start + 24])
    return not counted or seam.capital or not ambiguous


def _is_number_sign(seam: Seam) -> bool:
    """ "lot no.| 6" and "He is no.| 5, the shortstop", but "He said no.| 5 people left." """
    before = seam.before_last()[-1:]
    if not before:
        return False
    apposed = re.match(r"\d+[,.;!?]", seam.first) is not None
    return apposed or before[0].lower().strip(",") not in seam.language.denies


def month_or_day(seam: Seam) -> bool | None:
    """ "Feb.| 13", "on Mon.| we left", but "He came on Mon.| She did not." """
    if not seam.language.holds("date", seam.key):
        return None
    if seam.goes_on_with_number or seam.goes_on_lower:
        return seam.capital or seam.key not in seam.language.also_words
    return False


def verse(seam: Seam) -> bool | None:
    """ "Matt.| 5:3", "1 Cor.| 13:4"."""
    return True if seam.language.holds("book", seam.key) and _VERSE.match(seam.first) else None


def measured(seam: Seam) -> bool | None:
    """ "5 ft.| 10 in.| tall", but "5 ft.| He is" and "He came in.| She". German: "5 Mio.| Euro"."""
    if not seam.language.holds("unit", seam.key):
        return None
    if re.search(r"\d[\s-]?" + re.escape(seam.key) + r"\.$", seam.left[-16:].lower()):
        noun = seam.language.ordinals and seam.goes_on_upper and not seam.begins_anew
        return noun or seam.goes_on_lower or seam.goes_on_with_number or seam.right == "("
    if seam.key == "in":
        return False
    return True if seam.goes_on_lower and seam.key not in seam.language.also_words else None


def old_money(seam: Seam) -> bool | None:
    """Pounds, shillings and pence: "£3 10s.| 6d.| in all", but "It cost 6d.| He paid"."""
    if seam.language.code != "en" or not _OLD_COIN.fullmatch(seam.last):
        return None
    return seam.goes_on_lower or bool(_OLD_COIN.match(seam.first))


def time_of_day(seam: Seam) -> bool | None:
    """ "9 a.m.| on Monday", "10:30 a.m.| Tuesday", "At 5 a.m.| Mr. Smith left.", but "at 5 p.m.| Lunch is"."""
    if not seam.language.holds("time", seam.key):
        return None
    if seam.goes_on_lower or seam.goes_on_with_number or seam.right == "(":
        return True
    if seam.after in seam.language.after_time:
        return True
    return seam.goes_on_upper and seam.sentence_is_short(4) and not seam.begins_anew


def era(seam: Seam) -> bool | None:
    """After a year or era a capital begins a sentence, unless it opened so: "Nel 44 a.C.| Cesare morì"."""
    if seam.key not in seam.language.eras or not seam.goes_on_upper:
        return None
    if len(seam.key) == 1 and not _ends_in_number(seam):
        return None
    return seam.sentence_is_short(_OPENS_WITH_DATE) and not seam.begins_anew


def _ends_in_number(seam: Seam) -> bool:
    """True for "в 1961 г." and "в XIX в.", not for the town in "г. Москва"."""
    before = seam.before_last()[-1:]
    return bool(before) and (any(map(str.isdigit, before[0])) or _ROMAN.fullmatch(before[0]) is not None)


def initials(seam: Seam) -> bool | None:
    """ "J.| K.| Rowling", "George W.| Bush", "the F.B.I.| agent", but "She got an A.| They left"."""
    if not _is_initials(seam.last):
        return None
    if seam.begins_anew and (len(seam.first) > 1 or len(seam.last) > 1):
        return False
    if seam.goes_on_with_number:  # "29 C.F.R. 1910", "S. 10th Street", but "in the U.S. 500 people"
        street = seam.last in "NESW" and _ORDINAL.match(seam.first)
        return street is not None if len(seam.last) == 1 else seam.key not in seam.language.abbreviations
    if not seam.first[:1].isalpha():
        return False
    return seam.goes_on_lower or len(seam.last) > 1 or _is_initial(seam)


def _is_initial(seam: Seam) -> bool:
    before = seam.before_last()
    if not before:
        return True
    name = before[-1].lstrip('(["“‘') or "."
    if seam.last == "I" and name.islower():
        return False
    if seam.last in "IVX" and name.lower() in seam.language.counted:
        return False  # "CHAPTER I. Down the Rabbit-Hole"
    if len(before) > 1 and len(before[-2].rstrip(",")) == 1 and before[-2][0].isupper() and name.islower():
        return False  # "from A to Z."
    tight = name[:1].isupper() or name.endswith(".") or name.lower() in _TIGHT_NAMES
    return tight or seam.first[1:2] == "."


_INSIDE_TABLES = ("company", "degree", "place", "street", "other")
_BEFORE_FIGURES = frozenset(
    ["pop", "ext", "tel", "est", "max", "min", "avg", "apt", "cl", "bldg", "b.c", "a.d", "rt", "ste", "al"]
)
_POSTAL_CODE = re.compile(r"\d{5}(?:-\d{4})?[.,;)]?$")
_ENDS_BEFORE_CAPITAL = frozenset(
    ["etc", "al", "est", "b.c", "a.d", "d.o.b", "enz", "ecc", "usw", "usf", "suiv", "segg", "sgg"]
)


def inside(seam: Seam) -> bool | None:
    """ "Apple Inc.| reported", "the U.S.| Senate", "etc.| are", but "in the U.S.| His brother"."""
    language, key = seam.language, seam.key
    if not any(language.holds(table, key) for table in _INSIDE_TABLES):
        return None
    if seam.goes_on_with_number:
        postal = language.holds("place", key) and _POSTAL_CODE.match(seam.first)
        return key in _BEFORE_FIGURES or postal is not None
    others = seam.before_last()[-1:] == ["et"]  # "et al."
    if key in language.also_words and not seam.capital and not others:
        return seam.goes_on_lower and not language.holds("place", key)
    if seam.goes_on_lower or seam.first.startswith("&") or seam.right == "(":
        return True
    if not seam.goes_on_upper or seam.begins_anew or key in _ENDS_BEFORE_CAPITAL:
        return False
    return seam.right not in OPENING


def dotted(seam: Seam) -> bool | None:
    """Letters with full stops that no table holds: "the e.l.f.| Beauty shop", "R.E.M.| played"."""
    if not _DOTTED.fullmatch(seam.last):
        return None
    return seam.goes_on_lower or (seam.goes_on_upper and not seam.begins_anew)


def no_ending(seam: Seam) -> bool | None:
    """Italian words end in a vowel: "la centrale meteor.| si è guastata"."""
    endings = seam.language.endings
    odd = endings and seam.marks == "." and seam.key[-1:].isalpha() and seam.key[-1] not in endings
    return True if odd and seam.goes_on_lower and not seam.quoted else None


def no_vowel(seam: Seam) -> bool | None:
    """A short word without vowels before lower case is an abbreviation: "the mgmt.| said"."""
    unspoken = len(seam.key) <= 4 and seam.key.isalpha() and not _WORD_WITH_VOWEL.search(seam.key)
    return True if seam.goes_on_lower and unspoken else None


def shortened(seam: Seam) -> bool | None:
    """What no table holds, in languages where sentences do not begin so: "C. civ.| et art. 5", "kl.| 10.30"."""
    if seam.language.code == "en" or seam.marks != "." or seam.quoted or len(seam.last) >= _SHORT:
        return None
    if seam.goes_on_lower:
        return True
    return True if seam.language.sparse and seam.goes_on_with_number and seam.last.islower() else None
