"""Rules for boundaries after abbreviations, initials and numbers. See `refine.py`."""

from __future__ import annotations

import re

from player.utterance.sentences.boundary import OPENING, Boundary

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
    """Return True if a word is one capital, or several with full stops: "J", "F.B.I"."""
    return bool(_INITIAL.fullmatch(word) or _INITIALS.fullmatch(word))


def reference(boundary: Boundary) -> bool | None:
    """ "Smith et al.| (2019)", "Darwin, C.| (1859).", "42 U.S.C.| § 1983", "598 U.S.| ___ (2022)"."""
    if (
        boundary.key not in boundary.language.abbreviations
        and not _DOTTED.fullmatch(boundary.last)
        and len(boundary.last) > 1
    ):
        return None
    return True if boundary.right in "§¶_" or _YEAR_IN_BRACKETS.match(boundary.text, boundary.next_start) else None


def in_brackets(boundary: Boundary) -> bool | None:
    """Nothing ends after one short word in brackets: "(b.| 1950)", "(feat.| Jay Z)"."""
    short = boundary.left.endswith(f"({boundary.last}.") and len(boundary.last) < _SHORT and boundary.last.islower()
    return True if short else None


def dash_after_abbreviation(boundary: Boundary) -> bool | None:
    """ "the U.S.| – and only it – agreed"."""
    known = boundary.key in boundary.language.abbreviations or _is_initials(boundary.last)
    return True if boundary.right in "—–-" and known else None


def ordinal(boundary: Boundary) -> bool | None:
    """German: "am 3.| Oktober", "im 19.| Jahrhundert", "Ludwig XIV.| starb"."""
    if not boundary.language.ordinals or boundary.quoted:
        return None
    number = boundary.last.isdigit() and len(boundary.last) <= 2
    before = boundary.before_last()[-1:]
    if number and boundary.goes_on_with_number:  # "am 1. 1. 2025"
        return _DAY_OR_MONTH.match(boundary.first) is not None or bool(before and _DAY_OR_MONTH.match(before[0]))
    if number and before and boundary.language.holds("before_number", before[0].rstrip(".").lower()):
        return None  # "Bd. 4."
    if not number and not (_ROMAN.fullmatch(boundary.last) and len(boundary.before_last()) > 0):
        return None
    return not boundary.begins_anew and (boundary.goes_on_upper or boundary.goes_on_lower)


def title(boundary: Boundary) -> bool | None:
    """ "Dr.| Smith", "Gen.| Burns", but "on Main St.| It is open." """
    language, key = boundary.language, boundary.key
    if not language.holds("title", key) or not (boundary.capital or key in ("st", "mt") or language.code != "en"):
        return None
    also_ends = language.holds("street", key) or key in language.also_words or key in ("pres", "hon", "fr")
    if also_ends and boundary.begins_anew:
        return False
    return boundary.goes_on_upper or boundary.goes_on_lower or boundary.goes_on_with_number


def postscript(boundary: Boundary) -> bool | None:
    """ "P.S.| I love you." """
    return (
        True if boundary.last.upper() in ("P.S", "PS", "P.P.S", "PPS") and boundary.end - boundary.start < 9 else None
    )


def leads_on(boundary: Boundary) -> bool | None:
    """ "cats vs.| dogs", "e.g.| Poodles", "c.| 1180", "Roe v.| Wade", but "Vitamin C.| The rest"."""
    acronym = (
        len(boundary.last) > 1 and boundary.last.isupper() and boundary.last.isalpha() and boundary.key != "vs"
    )  # "in CA."
    if acronym or not boundary.language.holds("leads_on", boundary.key):
        return None
    if len(boundary.key) > 1 and boundary.key not in ("esp", "resp", "ex", "es", "ej"):
        return True
    if len(boundary.key) == 1 and boundary.capital:
        return None
    return (
        boundary.goes_on_lower or boundary.goes_on_with_number or (boundary.goes_on_upper and not boundary.begins_anew)
    )


def numbered(boundary: Boundary) -> bool | None:
    """ "No.| 5", "vol.| IV", but "He said no.| 5 people left." and "This is art.| He left." """
    language, key = boundary.language, boundary.key
    if not language.holds("before_number", key) or boundary.right in '"“‘„':
        return None
    ambiguous = key in language.also_words
    if boundary.goes_on_with_number:
        return _before_figures(boundary, ambiguous)
    if _ROMAN.fullmatch(boundary.after.upper()) and boundary.goes_on_upper and boundary.first != "I":
        return True
    if key == "no" and language.code == "en":
        return False
    if _LETTER_AND_NUMBER.match(boundary.text, boundary.next_start):
        return True
    return True if boundary.goes_on_lower and not ambiguous else None


def _before_figures(boundary: Boundary, ambiguous: bool) -> bool:
    if boundary.last == "no" and boundary.language.code == "en":
        return _is_number_sign(boundary)
    if boundary.language.code != "en" and not ambiguous:
        return True
    counted = _COUNTED.match(boundary.text[boundary.next_start : boundary.next_start + 24])
    return not counted or boundary.capital or not ambiguous


def _is_number_sign(boundary: Boundary) -> bool:
    """ "lot no.| 6" and "He is no.| 5, the shortstop", but "He said no.| 5 people left." """
    before = boundary.before_last()[-1:]
    if not before:
        return False
    apposed = re.match(r"\d+[,.;!?]", boundary.first) is not None
    return apposed or before[0].lower().strip(",") not in boundary.language.denies


def month_or_day(boundary: Boundary) -> bool | None:
    """ "Feb.| 13", "on Mon.| we left", but "He came on Mon.| She did not." """
    if not boundary.language.holds("date", boundary.key):
        return None
    if boundary.goes_on_with_number or boundary.goes_on_lower:
        return boundary.capital or boundary.key not in boundary.language.also_words
    return False


def verse(boundary: Boundary) -> bool | None:
    """ "Matt.| 5:3", "1 Cor.| 13:4"."""
    return True if boundary.language.holds("book", boundary.key) and _VERSE.match(boundary.first) else None


def measured(boundary: Boundary) -> bool | None:
    """ "5 ft.| 10 in.| tall", but "5 ft.| He is" and "He came in.| She". German: "5 Mio.| Euro"."""
    if not boundary.language.holds("unit", boundary.key):
        return None
    if re.search(r"\d[\s-]?" + re.escape(boundary.key) + r"\.$", boundary.left[-16:].lower()):
        noun = boundary.language.ordinals and boundary.goes_on_upper and not boundary.begins_anew
        return noun or boundary.goes_on_lower or boundary.goes_on_with_number or boundary.right == "("
    if boundary.key == "in":
        return False
    return True if boundary.goes_on_lower and boundary.key not in boundary.language.also_words else None


def old_money(boundary: Boundary) -> bool | None:
    """Pounds, shillings and pence: "£3 10s.| 6d.| in all", but "It cost 6d.| He paid"."""
    if boundary.language.code != "en" or not _OLD_COIN.fullmatch(boundary.last):
        return None
    return boundary.goes_on_lower or bool(_OLD_COIN.match(boundary.first))


def time_of_day(boundary: Boundary) -> bool | None:
    """ "9 a.m.| on Monday", "10:30 a.m.| Tuesday", "At 5 a.m.| Mr. Smith left.", but "at 5 p.m.| Lunch is"."""
    if not boundary.language.holds("time", boundary.key):
        return None
    if boundary.goes_on_lower or boundary.goes_on_with_number or boundary.right == "(":
        return True
    if boundary.after in boundary.language.after_time:
        return True
    return boundary.goes_on_upper and boundary.sentence_is_short(4) and not boundary.begins_anew


def era(boundary: Boundary) -> bool | None:
    """After a year or era a capital begins a sentence, unless it opened so: "Nel 44 a.C.| Cesare morì"."""
    if boundary.key not in boundary.language.eras or not boundary.goes_on_upper:
        return None
    if len(boundary.key) == 1 and not _ends_in_number(boundary):
        return None
    return boundary.sentence_is_short(_OPENS_WITH_DATE) and not boundary.begins_anew


def _ends_in_number(boundary: Boundary) -> bool:
    """True for "в 1961 г." and "в XIX в.", not for the town in "г. Москва"."""
    before = boundary.before_last()[-1:]
    return bool(before) and (any(map(str.isdigit, before[0])) or _ROMAN.fullmatch(before[0]) is not None)


def initials(boundary: Boundary) -> bool | None:
    """ "J.| K.| Rowling", "George W.| Bush", "the F.B.I.| agent", but "She got an A.| They left"."""
    if not _is_initials(boundary.last):
        return None
    if boundary.begins_anew and (len(boundary.first) > 1 or len(boundary.last) > 1):
        return False
    if boundary.goes_on_with_number:  # "29 C.F.R. 1910", "S. 10th Street", but "in the U.S. 500 people"
        street = boundary.last in "NESW" and _ORDINAL.match(boundary.first)
        return street is not None if len(boundary.last) == 1 else boundary.key not in boundary.language.abbreviations
    if not boundary.first[:1].isalpha():
        return False
    return boundary.goes_on_lower or len(boundary.last) > 1 or _is_initial(boundary)


def _is_initial(boundary: Boundary) -> bool:
    before = boundary.before_last()
    if not before:
        return True
    name = before[-1].lstrip('(["“‘') or "."
    if boundary.last == "I" and name.islower():
        return False
    if boundary.last in "IVX" and name.lower() in boundary.language.counted:
        return False  # "CHAPTER I. Down the Rabbit-Hole"
    if len(before) > 1 and len(before[-2].rstrip(",")) == 1 and before[-2][0].isupper() and name.islower():
        return False  # "from A to Z."
    tight = name[:1].isupper() or name.endswith(".") or name.lower() in _TIGHT_NAMES
    return tight or boundary.first[1:2] == "."


_INSIDE_TABLES = ("company", "degree", "place", "street", "other")
_BEFORE_FIGURES = frozenset(
    ["pop", "ext", "tel", "est", "max", "min", "avg", "apt", "cl", "bldg", "b.c", "a.d", "rt", "ste", "al"]
)
_POSTAL_CODE = re.compile(r"\d{5}(?:-\d{4})?[.,;)]?$")
_ENDS_BEFORE_CAPITAL = frozenset(
    ["etc", "al", "est", "b.c", "a.d", "d.o.b", "enz", "ecc", "usw", "usf", "suiv", "segg", "sgg"]
)


def inside(boundary: Boundary) -> bool | None:
    """ "Apple Inc.| reported", "the U.S.| Senate", "etc.| are", but "in the U.S.| His brother"."""
    language, key = boundary.language, boundary.key
    if not any(language.holds(table, key) for table in _INSIDE_TABLES):
        return None
    if boundary.goes_on_with_number:
        postal = language.holds("place", key) and _POSTAL_CODE.match(boundary.first)
        return key in _BEFORE_FIGURES or postal is not None
    others = boundary.before_last()[-1:] == ["et"]  # "et al."
    if key in language.also_words and not boundary.capital and not others:
        return boundary.goes_on_lower and not language.holds("place", key)
    if boundary.goes_on_lower or boundary.first.startswith("&") or boundary.right == "(":
        return True
    if not boundary.goes_on_upper or boundary.begins_anew or key in _ENDS_BEFORE_CAPITAL:
        return False
    return boundary.right not in OPENING


def dotted(boundary: Boundary) -> bool | None:
    """Letters with full stops that no table holds: "the e.l.f.| Beauty shop", "R.E.M.| played"."""
    if not _DOTTED.fullmatch(boundary.last):
        return None
    return boundary.goes_on_lower or (boundary.goes_on_upper and not boundary.begins_anew)


def no_ending(boundary: Boundary) -> bool | None:
    """Italian words end in a vowel: "la centrale meteor.| si è guastata"."""
    endings = boundary.language.endings
    odd = endings and boundary.marks == "." and boundary.key[-1:].isalpha() and boundary.key[-1] not in endings
    return True if odd and boundary.goes_on_lower and not boundary.quoted else None


def no_vowel(boundary: Boundary) -> bool | None:
    """Return a short word without vowels before lower case is an abbreviation: "the mgmt.| said"."""
    unspoken = len(boundary.key) <= 4 and boundary.key.isalpha() and not _WORD_WITH_VOWEL.search(boundary.key)
    return True if boundary.goes_on_lower and unspoken else None


def shortened(boundary: Boundary) -> bool | None:
    """Return what no table holds, in languages where sentences do not begin so: "C. civ.| et art. 5", "kl.| 10.30"."""
    if boundary.language.code == "en" or boundary.marks != "." or boundary.quoted or len(boundary.last) >= _SHORT:
        return None
    if boundary.goes_on_lower:
        return True
    return True if boundary.language.sparse and boundary.goes_on_with_number and boundary.last.islower() else None
