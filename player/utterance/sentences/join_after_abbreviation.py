"""Rules for boundaries after abbreviations, initials and numbers. See `join_rules.py`."""

from __future__ import annotations

import re

from player.utterance.sentences.boundary import OPENING, Boundary
from player.utterance.sentences.words import is_clipped, is_letters, is_old_coin, is_ordinal, is_roman

_COUNTED_WORD = re.compile(r"\d[\d,.-]*\s+([^\W\d_]+)")
_DAY_OR_MONTH = re.compile(r"\d\d?\.$")
_OPENS_WITH_DATE = 5
"""Words, at most, of a date that a sentence opens with: "Nel 44 a.C.| Cesare morì", "В 1961 г.| Гагарин"."""


def in_brackets(boundary: Boundary) -> bool | None:
    """Nothing ends after one short word in brackets: "(b.| 1950)", "(feat.| Jay Z)"."""
    return True if boundary.left.endswith(f"({boundary.last}.") else None


def dash_after_abbreviation(boundary: Boundary) -> bool | None:
    """ "the U.S.| – and only it – agreed"."""
    return True if boundary.right in "—–-" else None


def ordinal(boundary: Boundary) -> bool | None:
    """German: "am 3.| Oktober", "im 19.| Jahrhundert", "Ludwig XIV.| starb"."""
    if boundary.quoted:
        return None
    number = boundary.last.isdecimal() and len(boundary.last) <= 2
    before = boundary.before_last()[-1:]
    if number and boundary.goes_on_with_number:  # "am 1. 1. 2025"
        return _DAY_OR_MONTH.match(boundary.first) is not None or bool(before and _DAY_OR_MONTH.match(before[0]))
    if number and before and boundary.language.holds("before_number", before[0].rstrip(".").lower()):
        return None  # "Bd. 4."
    if before and before[0].lower() in boundary.language.lettered:
        return None  # "Vitamin C."
    if not number and not (is_roman(boundary.last) and len(boundary.before_last()) > 0):
        return None
    return not boundary.begins_anew and (boundary.goes_on_upper or boundary.goes_on_lower)


def title(boundary: Boundary) -> bool | None:
    """ "Dr.| Smith", "Gen.| Burns", but "on Main St.| It is open." """
    language, key = boundary.language, boundary.key
    if not (boundary.capital or key in language.saints or language.code != "en"):
        return None
    also_ends = language.holds("street", key) or key in language.also_words or key in language.ends_as_well
    if also_ends and boundary.begins_anew and not boundary.goes_on_surname:
        return False
    return boundary.goes_on_upper or boundary.goes_on_lower or boundary.goes_on_with_number


def postscript(boundary: Boundary) -> bool | None:
    """ "P.S.| I love you." """
    return True if boundary.end - boundary.start < 9 else None


def leads_on(boundary: Boundary) -> bool | None:
    """ "cats vs.| dogs", "e.g.| Poodles", "c.| 1180", "Roe v.| Wade", but "Vitamin C.| The rest"."""
    acronym = (
        len(boundary.last) > 1 and boundary.last.isupper() and boundary.last.isalpha() and boundary.key != "vs"
    )  # "in CA."
    if acronym:
        return None
    if len(boundary.key) > 1 and boundary.key not in boundary.language.unsure:
        return True
    if len(boundary.key) == 1 and boundary.capital:
        return None
    return (
        boundary.goes_on_lower or boundary.goes_on_with_number or (boundary.goes_on_upper and not boundary.begins_anew)
    )


def month_or_day(boundary: Boundary) -> bool | None:
    """ "Feb.| 13", "on Mon.| we left", but "He came on Mon.| She did not." """
    if boundary.goes_on_with_number or boundary.goes_on_lower:
        return boundary.capital or boundary.key not in boundary.language.also_words
    return False


def measured(boundary: Boundary) -> bool | None:
    """ "5 ft.| 10 in.| tall", but "5 ft.| He is" and "He came in.| She"; "100 deg.| C". German: "5 Mio.| Euro"."""
    if re.search(r"\d[\s-]?" + re.escape(boundary.key) + r"\.$", boundary.left[-16:].lower()):
        noun = boundary.language.ordinals and boundary.goes_on_upper and not boundary.begins_anew
        number = boundary.goes_on_with_number and not _counts_others(boundary)
        scale = boundary.key == "deg" and boundary.after in boundary.language.scales
        return noun or scale or boundary.goes_on_lower or number or boundary.right == "("
    if boundary.key == "in":
        return False
    return True if boundary.goes_on_lower and boundary.key not in boundary.language.also_words else None


def _counts_others(boundary: Boundary) -> bool:
    """ "He ran 10 km.| 60 people watched", but "5 ft.| 10 in.", "2 min.| 30 seconds"."""
    counted = _COUNTED_WORD.match(boundary.text, boundary.next_start)
    units = boundary.language.tables["unit"]
    return counted is not None and counted[1] not in units and not any(map(counted[1].startswith, units.values()))


def old_money(boundary: Boundary) -> bool | None:
    """Pounds, shillings and pence: "£3 10s.| 6d.| in all", "£12.| 4s.", but "It cost 6d.| He paid"."""
    return is_old_coin(boundary.after) or (boundary.goes_on_lower if boundary.key[-1:].isalpha() else None)


def time_of_day(boundary: Boundary) -> bool | None:
    """ "9 a.m.| on Monday", "10:30 a.m.| Tuesday", "At 5 a.m.| Mr. Smith left.", but "at 5 p.m.| Lunch is"."""
    if boundary.goes_on_lower or boundary.goes_on_with_number or boundary.right == "(":
        return True
    if boundary.after in boundary.language.after_time:
        return True
    return boundary.goes_on_upper and boundary.sentence_is_short(4) and not boundary.begins_anew


def era(boundary: Boundary) -> bool | None:
    """After a year or era a capital begins a sentence, unless it opened so: "Nel 44 a.C.| Cesare morì"."""
    if not boundary.goes_on_upper:
        return None
    if len(boundary.key) == 1 and not _ends_in_number(boundary):
        return None
    glued = boundary.left.rstrip(".").lower().endswith(boundary.key)
    apart = 0 if glued else boundary.key.count(".")  # "a. C." is one word
    return boundary.sentence_is_short(_OPENS_WITH_DATE + apart) and not boundary.begins_anew


def _ends_in_number(boundary: Boundary) -> bool:
    """True for "в 1961 г." and "в XIX в.", not for the town in "г. Москва"."""
    before = boundary.before_last()[-1:]
    return bool(before) and (any(map(str.isdecimal, before[0])) or is_roman(before[0]))


def initials(boundary: Boundary) -> bool | None:
    """ "J.| K.| Rowling", "J.| De Vries", "the F.B.I.| agent", but "She got an A.| They left"."""
    if len(boundary.last) == 1 and boundary.goes_on_surname:
        before = boundary.before_last()[-1:]
        return not before or before[0].lower() not in boundary.language.lettered
    if boundary.begins_anew and (len(boundary.first) > 1 or len(boundary.last) > 1):
        return False
    if boundary.goes_on_with_number:  # "29 C.F.R. 1910", "S. 10th Street", but "in the U.S. 500 people"
        street = boundary.last not in "NESW" or is_ordinal(boundary.first, boundary.language)
        return street if len(boundary.last) == 1 else boundary.key not in boundary.language.abbreviations
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
    if name.lower() in boundary.language.lettered:
        return False  # "rich in vitamin C. Doctors say"
    if len(before) > 1 and len(before[-2].rstrip(",")) == 1 and before[-2][0].isupper() and name.islower():
        return False  # "from A to Z."
    tight = name[:1].isupper() or name.endswith(".") or name.lower() in boundary.language.joining
    return tight or boundary.first[1:2] == "."


_POSTAL_CODE = re.compile(r"\d{5}(?:-\d{4})?[.,;)]?$")


def inside(boundary: Boundary) -> bool | None:
    """ "Apple Inc.| reported", "the U.S.| Senate", "etc.| are", but "in the U.S.| His brother"."""
    language, key = boundary.language, boundary.key
    if boundary.goes_on_with_number:
        postal = language.holds("place", key) and _POSTAL_CODE.match(boundary.first)
        return key in language.before_figures or postal is not None
    others = boundary.before_last()[-1:] == ["et"]  # "et al."
    if key in language.also_words and not boundary.capital and not others:
        return boundary.goes_on_lower and not language.holds("place", key)
    if boundary.goes_on_lower or boundary.first.startswith("&") or boundary.right == "(":
        return True
    if not boundary.goes_on_upper or boundary.begins_anew or key in language.ends_before_capital:
        return False
    return boundary.right not in OPENING


def dotted(boundary: Boundary) -> bool | None:
    """Letters with full stops that no table holds: "the e.l.f.| Beauty shop", "R.E.M.| played", "Fed.R.Evid.| 702"."""
    if not is_letters(boundary.last):
        number = boundary.goes_on_with_number and not boundary.counts_noun
        return number or boundary.goes_on_lower or boundary.goes_on_abbreviated
    return boundary.goes_on_lower or (boundary.goes_on_upper and not boundary.begins_anew)


def no_ending(boundary: Boundary) -> bool | None:
    """Italian words end in a vowel: "la centrale meteor.| si è guastata"."""
    return True if boundary.marks == "." and boundary.goes_on_lower and not boundary.quoted else None


def no_vowel(boundary: Boundary) -> bool | None:
    """Return a short word without vowels before lower case is an abbreviation: "the mgmt.| said"."""
    return True if boundary.goes_on_lower else None


def shortened(boundary: Boundary) -> bool | None:
    """Return what no table holds, in languages where sentences do not begin so: "C. civ.| et art. 5", "kl.| 10.30"."""
    if boundary.marks != "." or boundary.quoted:
        return None
    if boundary.goes_on_lower:
        return True
    number = boundary.language.sparse and boundary.goes_on_with_number
    return True if number and is_clipped(boundary.last) else None
