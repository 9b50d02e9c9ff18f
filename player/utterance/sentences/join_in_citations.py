"""Rules for boundaries in citations of laws, cases, books and verses. See `join_rules.py`."""

from __future__ import annotations

import re

from player.utterance.sentences.boundary import Boundary
from player.utterance.sentences.words import is_roman

_YEAR_IN_BRACKETS = re.compile(r"[(\[](?:1[5-9]|20)\d\d[a-z]?[)\],;:]|(?:1[5-9]|20)\d\d\)")
_LETTER_AND_NUMBER = re.compile(r"[A-Z](?:\.\s?)?\d|[A-Z]{2,4}-?\d")
_VERSE = re.compile(r"\d{1,3}:\d")
_LONGEST_JOURNAL = 5
"""Letters of an abbreviation that stands before another: "Harv. L. Rev."."""


def reference(boundary: Boundary) -> bool | None:
    """ "Smith et al.| (2019)", "Darwin, C.| (1859).", "42 U.S.C.| § 1983", "598 U.S.| ___", "(D. Conn.| 2001)"."""
    return True if boundary.right in "§¶_" or _YEAR_IN_BRACKETS.match(boundary.text, boundary.next_start) else None


def section(boundary: Boundary) -> bool | None:
    """ "Miss. Code Ann.| § 97-29-59"."""
    return True if boundary.right in "§¶" else None


def volume(boundary: Boundary) -> bool | None:
    """Courts and journals, by volume and page: "20 Wall.| 583, 589", "410 U. S.| 113", "10 Harv.| L. Rev. 457"."""
    abbreviated = boundary.goes_on_abbreviated and len(boundary.last) <= _LONGEST_JOURNAL
    if not abbreviated and not boundary.goes_on_with_number:
        return None
    before = boundary.before_last()
    while before and before[-1].endswith(".") and before[-1][:1].isupper():
        before.pop()
    if not before or not before[-1].lstrip("([").isdecimal():
        return None
    if boundary.goes_on_with_number:
        return None if boundary.counts_noun else True
    opens = any(boundary.language.holds(table, boundary.after) for table in ("title", "date", "leads_on"))
    return None if opens else True


def before_abbreviation(boundary: Boundary) -> bool | None:
    """What begins no sentence: "Druggists Mutual Ins.| Co.", "Reef Indus.| v. NLRB", "Del. Code Ann.| tit. 8"."""
    if not boundary.first.removesuffix(",").endswith("."):
        return None
    language, after = boundary.language, boundary.after
    versus = language.tables["leads_on"].get(after) == "versus"
    lower = boundary.goes_on_lower and (versus or language.holds("before_number", after))
    return True if lower or (boundary.goes_on_upper and language.holds("company", after)) else None


def numbered(boundary: Boundary) -> bool | None:
    """ "No.| 5", "vol.| IV", but "He said no.| 5 people left." and "This is art.| He left." """
    language, key = boundary.language, boundary.key
    if boundary.right in '"“‘„':
        return None
    ambiguous = key in language.also_words
    if boundary.goes_on_with_number:
        return _before_figures(boundary, ambiguous)
    if is_roman(boundary.after.upper()) and boundary.goes_on_upper and boundary.first != "I":
        return True
    if _LETTER_AND_NUMBER.match(boundary.text, boundary.next_start) and (boundary.capital or key != "no"):
        return True
    if key == "no" and language.code == "en":  # "the no.| of visitors"
        return boundary.first == "of" and not boundary.text.startswith("of course", boundary.next_start)
    return True if boundary.goes_on_lower and not ambiguous else None


def _before_figures(boundary: Boundary, ambiguous: bool) -> bool:
    if boundary.last == "no" and boundary.language.code == "en":
        return _is_number_sign(boundary)
    if boundary.language.code != "en" and not ambiguous:
        return True
    return not boundary.counts_noun or boundary.capital or not ambiguous


def _is_number_sign(boundary: Boundary) -> bool:
    """ "lot no.| 6" and "He is no.| 5, the shortstop", but "He said no.| 5 people left." """
    before = boundary.before_last()[-1:]
    if not before:
        return False
    apposed = re.match(r"\d+[,.;!?]", boundary.first) is not None
    return apposed or before[0].lower().strip(",") not in boundary.language.denies


def verse(boundary: Boundary) -> bool | None:
    """ "Matt.| 5:3", "1 Cor.| 13:4"."""
    return True if _VERSE.match(boundary.first) else None
