"""Raised and lowered signs: an exponent, a charge, an index or an ending is written as a sign; a note's mark is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from player.patterns import later
from player.story.raised_figures import LOWERED, RAISED
from player.story.reading.formulas import power_text

_RAISED = RAISED | str.maketrans("=()ni", "⁼⁽⁾ⁿⁱ")
_LOWERED = LOWERED | str.maketrans("=()", "₌₍₎")
_UNITS = r"(?:[kcdmnµμ]?m|ft|in|mi|yd|s|sec|min|h|hr|yr|[kmcd]?[glLNJW]|kg|mol|mc)"
_VARIABLE = later(
    rf"(?<![^\W\d_])(?:[a-zRΑ-Ωα-ωϕ]|[α-ω][a-z]|{_UNITS})$|(?<![\w.,])10$|[₀-₉⁰²³]$|\b(?:sin|cos|tan|cot|log|ln|exp)$"
)
"""What a bare number above it is an exponent of. Behind any other word it is a note's mark."""
_UNIT = later(r"(?<=[\d \u2009\u202f])(?:[kcdmnµμ]m|ft|mi|yd|min|hr|yr|kg|mol|sec)$")
_BRACKET = later(r"(?:\(([^()]{1,40})\)|\[([^\[\]]{1,40})\]|\|([^|]{1,40})\|)$")
_OPERATION = later(r"[+−×·*/=^]|\s[-–]\s|\A[a-zA-Zα-ω]\Z")
_SMALL_BASE = later(r"(?<![\w.,])[2-9]$")
_COMMON_BASE = later(r"(?<![\w.,])(?:2|10)$")
"""What a number of two or three figures is an exponent of, whatever follows ("2¹⁰ bytes"), but behind a name."""
_NAMED_NUMBER = later(r"\b[A-Z]\w*\.?\s\d+$")
"""A number that tells things of a name apart: "Table 2"."""
_GOES_ON = later(r"\s*[=+−×·*<>≤≥≈]|\s(?:[-–]|times|plus|minus)\s")
_CHARGE = later(r"\d{0,2}[+\-−–]|[+\-−–]\d{1,3}")
_ELEMENT = later(r"(?:[A-Z][a-z]?|[)\]₀-₉])$")
_ANY_BASE = later(r"[\w)\]]$")
_SIGNED = later(r"[-−–]\d{1,3}")
_ISOTOPE = later(r"(?!(?:A|I|In|As|At|He|No|Am)\s)[A-Z][a-z]?(?![a-z])")
_ENDING = later(
    r"st|nd|rd|th|er|ère|re|e|è|ème|ième|ieme|me|lle|mes|lles|os?|as?|ª|º|do|ro|to|mo|no|vo|ten?|ster?|gr|rs|ie|ve",
    re.IGNORECASE,
)
"""Endings of ordinals and shortened words that are raised: 1st, Mme, 2e."""
_MARK = later(r"[\d\s,;.*∗†‡§¶#‖:()\[\]{}–-]*|[\[(]?[a-z][\])]?|\[.{1,40}\]|notes? \d{1,3}", re.IGNORECASE)
"""A note's mark: figures, signs, a letter; or words in brackets."""
_EXPRESSION = later(r"(?=.*[a-zα-ω\d])[\w\s+−–/·-]{1,20}")
_BASE = later(r"(?:(?<![^\W\d_])[a-zA-Zα-ωΑ-Ω]|[)\]|]|(?<![\w.,])\d{1,2}|[₀-₉])$")
_NUMBER = later(r"\d$|\b[IVXLC]+$")
_SEVERAL = later(r"\d{1,3}(?:\s*[-‐‑–,;]\s*\d{1,3})+")
"""Marks of several notes: "1-3", "4, 5"."""
_WORD = later(r"[^\W\d_][^\W\d_A-Z]{2}$")
_PRICE, _CENTS = later(r"[$€£]\s?\d{1,3}(?:,\d{3})*$"), later(r"\d[059]")
"""A sum of money, and the hundredths that shops raise behind it; other numbers there are notes' marks."""
_SLASHES = ("/", "⁄", "∕")
_LOWERED_NUMBER = later(r"[₀-₉]{1,3}")
_TO_FIGURES = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_STYLED = "//span[contains(@style, 'super')][contains(@style, 'vertical-align')]"
_TRADE = frozenset(("tm", "sm", "®", "©", "℠", "™"))
_NOTE_WORDS = frozenset(("reference", "footnote", "footnote-ref", "footnoteref", "noteref", "fn", "endnote"))


def raised(before: str, mark: str, after: str, *, italic: bool = False, language: str = "") -> str:
    """Return what a raised sign is written as, empty for a note's mark.

    `before` and `after` are the text around it, `italic` tells that its base is set as a variable.

    >>> raised("it is πr", "2", "."), raised("for the tide", "23", " all day"), raised("on the 1", "st", " of May")
    ('²', '', 'st')
    """
    mark = mark.strip()
    if _is_power(before, mark, after, italic):
        return mark.replace("–", "−").translate(_RAISED)
    if before[-1:].isdecimal() and mark in ("o", "0", "º", "°") and re.match(r"\s*[CFNSEW]\b", after):
        return "°"
    if not mark or mark.lower() in _TRADE or _SEVERAL.fullmatch(mark) or _is_lone_letter(before, mark, italic):
        return ""
    if before[-1:].isalnum() and _ENDING.fullmatch(mark):
        return mark
    if _EXPRESSION.fullmatch(mark) and not mark.isdecimal() and _BASE.search(before):
        return power_text(mark if mark.isalnum() else f"({mark})", language)
    glued = before[-1:].isspace() or not before
    cents = f".{mark}" if _CENTS.fullmatch(mark) and _PRICE.search(before) else ""
    return cents if _MARK.fullmatch(mark) else mark if glued else f" {mark}"


def _is_lone_letter(before: str, mark: str, italic: bool) -> bool:
    """Return True if it is a note's letter: behind a word, or one of the first of the alphabet behind anything
    upright."""
    if len(mark) > 1 or not mark.isalpha() or _NUMBER.search(before):
        return False
    if _ENDING.fullmatch(mark):
        return mark != "r" and _WORD.search(before) is not None
    return _BASE.search(before) is None or (not italic and mark in "abcd")


def lowered(before: str, mark: str) -> str:
    """Return what a lowered sign is written as.

    >>> lowered("H", "2"), lowered("the speed v", "max")
    ('₂', ' max')
    """
    mark = mark.strip()
    if re.fullmatch(r"[\d+\-−–=()]+", mark):
        return mark.replace("–", "−").translate(_LOWERED)
    return f" {mark}" if before[-1:].isalnum() and mark[:1].isalnum() else mark


def _is_power(before: str, mark: str, after: str, italic: bool) -> bool:
    """Return True if a mark is an exponent, a charge, or the number of an isotope."""
    if not mark.isascii() or not mark.isdecimal():
        base = _ANY_BASE if _SIGNED.fullmatch(mark) else _ELEMENT if _CHARGE.fullmatch(mark) else None
        return base is not None and base.search(before) is not None
    if bracket := _BRACKET.search(before[-44:]):
        return len(mark) < 3 and _OPERATION.search(next(filter(None, bracket.groups()))) is not None
    if _UNIT.search(before) and mark not in ("2", "3", "4"):
        return False
    common = len(mark) > 1 and _COMMON_BASE.search(before) is not None
    if common or _VARIABLE.search(before) or (italic and _BASE.search(before)):
        named = common and _NAMED_NUMBER.search(before) is not None
        return len(mark) <= 2 + common and not named and (mark != "1" or not before.endswith(("a", "I")))
    if before[-1:].isalnum():
        return _SMALL_BASE.search(before) is not None and _GOES_ON.match(after) is not None
    isotope = len(mark) < 4 and _ISOTOPE.match(after) is not None and (before.strip() != "" or len(mark) > 1)
    return isotope and before[-1:] not in tuple(".,;:!?”\"')]»")


def write_raised(tree: Any) -> None:
    """Put signs in place of <sup> and <sub> all over a tree; a note's mark stays an element, for others to take out."""
    language = tree.get("lang") or ""
    for element in tree.xpath(_STYLED):
        if len(element) == 0 and "super" in element.get("style"):
            element.tag = "sup"
    for element in list(tree.iterdescendants("sub")):  # a tree may be nothing but one of them
        if element.getparent() is not None and len(element.text_content()) <= 20:
            _put(element, lowered(_before(element), element.text_content()))
    for element in list(tree.iterdescendants("sup")):
        mark = element.text_content()
        if element.getparent() is None or len(mark) > 40 or _is_note(element):  # it went with the one it was in
            continue
        before = _before(element)
        if _write_fraction(element, before, mark.strip()):
            continue
        after = (element.tail or "")[:40]
        if _is_in_formula(element):
            said = mark.translate(_RAISED) if mark.strip("-−–").isdecimal() else power_text(mark.strip(), language)
        else:
            said = raised(before, mark, after, italic=_is_variable(element), language=language)
        if said or mark.strip().lower() in _TRADE:
            _put(element, said)
        elif mark.strip():
            element.set("class", "footnote")  # for others to take out


def _write_fraction(element: Any, before: str, mark: str) -> bool:
    """Write a raised and a lowered number around a slash as a fraction: "1 3/4". Return False for anything else."""
    below = element.getnext()
    if not mark.isdecimal() or (element.tail or "").strip() not in _SLASHES or below is None:
        return False
    if not _LOWERED_NUMBER.fullmatch(below.text or "") or len(below):
        return False
    _put(element, f" {mark}" if before[-1:].isdecimal() else mark)
    element.tail = "/"
    below.text = below.text.translate(_TO_FIGURES)
    return True


def _is_note(element: Any) -> bool:
    """Return True if it says so itself: a link that it holds or is in, a class."""
    if element.find(".//a") is not None or element.getparent().tag == "a":
        return True
    names = f"{element.get('class', '')} {element.getparent().get('class', '')}".lower().split()
    return not _NOTE_WORDS.isdisjoint(names) or "reference" in element.get("class", "")


def _before(element: Any) -> str:
    """Return the end of the text before an element, in the same line."""
    said = ""
    for text in _texts_before(element):
        said = text + said
        if len(said) > 44:
            break
    return said[-44:]


def _texts_before(element: Any) -> Iterator[str]:
    for _ in range(3):
        before = element.getprevious()
        for _ in range(6):
            if before is None:
                break
            if before.tag == "br":
                return
            yield before.tail or ""
            yield before.text_content()[-44:]
            before = before.getprevious()
        parent = element.getparent()
        if parent is None:
            return
        yield parent.text or ""
        if parent.tag not in ("i", "em", "b", "strong", "var", "span", "a", "small", "font", "q", "cite", "mark"):
            return
        element = parent


def _is_in_formula(element: Any) -> bool:
    """Return True if a page says so: encyclopedias mark formulas that are set as text."""
    parents = islice(element.iterancestors(), 4)
    return any("texhtml" in (one.get("class") or "").split() for one in parents)


def _is_variable(element: Any) -> bool:
    """Return True if a raised sign stands above a variable: a base in italics, by itself."""
    before = element.getprevious()
    if before is not None and not (before.tail or "") and before.tag in ("sub", "span"):
        before = before.getprevious()
    if before is not None and not (before.tail or ""):
        return before.tag in ("i", "em", "var") and len(before.text_content()) <= 3
    parent = element.getparent()
    return parent.tag in ("i", "em", "var") and len(parent.text_content()) <= 12


def _put(element: Any, said: str) -> None:
    """Replace an element by text. It stays, as <span>: merging its text with those around it would be quadratic."""
    element.clear(keep_tail=True)
    element.tag, element.text = "span", said
