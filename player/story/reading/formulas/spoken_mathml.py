"""MathML as text to be spoken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from player.patterns import later
from player.story.language_tag import shortest
from player.story.raised_figures import LOWERED, RAISED
from player.story.reading.blocks.announcements import words_for
from player.tables import table

_MOST_PARTS = 300
"""Most elements of a formula that is spoken."""
_LONGEST = 240
"""Most characters of a formula that is spoken."""
_STYLED = later("[\u2102-\u2138\U0001d400-\U0001d7ff]")
"""Letters in mathematical styles: double-struck, script, bold."""
_UNSEEN = "\u2061\u2062\u2063\u2064\u200b\ufeff\xa0 \t\n"
_OPEN, _CLOSED = frozenset("([{⟨⌊⌈|‖"), frozenset(")]}⟩⌋⌉")
_PRIMES = {"′": "′", "'": "′", "″": "″", "‴": "‴", "’": "′", "*": "*", "†": "†", "∗": "*", "⊤": "⊤", "°": "°", "∘": "°"}
_BIG = {
    "∑": "sum", "Σ": "sum", "∏": "product", "∫": "integral", "∬": "integral", "∮": "integral", "⋃": "union",
    "⋂": "intersection",
}  # fmt: skip
_LIMITS = frozenset(("lim", "limsup", "liminf", "lim sup", "lim inf"))
_EXTREMES = frozenset(("max", "min", "sup", "inf", "argmax", "argmin", "arg max", "arg min"))
_ACCENTS = {
    "^": "hat", "ˆ": "hat", "\u0302": "hat", "¯": "bar", "‾": "bar", "ˉ": "bar", "_": "bar", "―": "bar", "~": "tilde",
    "˜": "tilde", "∼": "tilde", "˙": "dot", ".": "dot", "¨": "double_dot", "→": "vector", "\u20d7": "vector",
    "⟶": "vector",
}  # fmt: skip
_SKIPPED = frozenset(("annotation", "annotation-xml", "mphantom", "mprescripts", "none", "malignmark", "maligngroup"))
_SEVERAL = later(r"\s[^\w\s]\s|[^\W\d_]{2,}\s")
_SHORT_FRACTION = later(r"\d{1,3}")
_NUMBER_OF_LINE = later(r"\(\d+[a-z]?\)")
_TIGHT = frozenset(",;:!%°")
_WORD = later(r"(?=.*[aeiou])[A-Za-z][a-z]{2,}")
"""A word below a letter, as in "E_{kin}". Indices are one or two letters, or follow each other in the alphabet."""
_SIGNS = {"-": "−", "*": "·", "∗": "·", "⋅": "·", "≔": ":=", "⩽": "≤", "⩾": "≥", "≦": "≤", "≧": "≥", "⟹": "⇒", "⟶": "→"}


def no_text(language: str = "") -> str:
    """Return the words for a formula that is not spoken."""
    return words_for("formula", language)


def power_text(exponent: str, language: str = "") -> str:
    """Return the words after a base: " to the power of k"."""
    return _words(language)["power"].format("", exponent)


_LAST = later(r"(?<=\w) ([.,;])$")
"""The end of the sentence that a formula is in."""


def mathml_text(formula: Any, language: str = "") -> str:
    """Return a formula as it is spoken: words for "a formula" when it is too long, empty when it is empty.

    `formula` is <math>, as an element of lxml or of the standard library.
    """
    if sum(1 for _ in formula.iter()) > _MOST_PARTS:
        return no_text(language)
    said = _LAST.sub(r"\1", " ".join(_Speaker(_words(language)).said(formula).split()))
    return no_text(language) if len(said) > _LONGEST or "\\" in said else said


@cache
def _words(language: str) -> Mapping[str, str]:
    words = table(Path(__file__).with_name("words.toml"))
    found: Mapping[str, str] = words.get(shortest(language), words["en"])
    return found


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def _compound(said: str) -> bool:
    """Return True if its end could not be heard: it has an operation, or words."""
    bracketed = said[:1] in _OPEN and said[-1:] in _CLOSED and sum(map(said.count, _OPEN)) == 1
    return _SEVERAL.search(said) is not None and not bracketed


def _kept_together(said: str) -> str:
    return f"({said})" if _compound(said) else said


class _Speaker:
    """Turns elements into the words of one language."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._by_tag: dict[str, Callable[[Any], str]] = {
            "mfrac": self._fraction, "msup": self._raised, "msub": self._lowered, "msubsup": self._both,
            "munder": self._under, "mover": self._over, "munderover": self._both, "msqrt": self._square_root,
            "mroot": self._root, "mtable": self._table, "mfenced": self._fenced, "mmultiscripts": self._scripts,
        }  # fmt: skip

    def said(self, element: Any) -> str:
        """Return an element's words, without the text after it."""
        tag = _tag(element)
        if tag in _SKIPPED or not tag:
            return ""
        if tag in ("mi", "mn", "mo", "ms", "mtext"):
            text = " ".join("".join(element.itertext()).split()).strip(_UNSEEN)
            return _SIGNS.get(text, text) if tag == "mo" else _STYLED.sub(_plain, text)
        if tag == "mspace":
            return ""
        if tag == "semantics":
            return self.said(element[0]) if len(element) else ""
        if tag in self._by_tag:
            return self._by_tag[tag](element)
        return self._row(element)

    def _row(self, element: Any) -> str:
        if len(element) == 0:
            return (element.text or "").strip(_UNSEEN)
        parts = [(_tag(child), self.said(child)) for child in element]
        for at, (part, following) in enumerate(pairwise(parts)):
            if part == ("mo", "/") and " " in following[1]:  # "1/√N" as words
                parts[at] = ("mtext", self._words["over"].format("", "").strip())
        return _joined(parts)

    def _parts(self, element: Any, count: int) -> list[str]:
        said = [self.said(child) for child in element if _tag(child)]
        return (said + [""] * count)[:count]

    def _fraction(self, element: Any) -> str:
        above, below = self._parts(element, 2)
        if (element.get("linethickness") or "").strip("0.") in ("", "px", "em", "pt") and element.get("linethickness"):
            return self._words["choose"].format(above, below)
        if _SHORT_FRACTION.fullmatch(above) and _SHORT_FRACTION.fullmatch(below):
            return f"{above}/{below}"
        return self._words["all_over" if _compound(above) else "over"].format(above, _kept_together(below))

    def _raised(self, element: Any) -> str:
        base, power = self._parts(element, 2)
        return self._power(base, power)

    def _power(self, base: str, power: str) -> str:
        if not power:
            return base
        if all(sign in _PRIMES for sign in power):
            return base + "".join(_PRIMES[sign] for sign in power)
        raised = power.replace(" ", "")
        if raised == _SIGNS["*"]:
            return self._words["star"].format(base)
        if re.fullmatch(r"[-−+]?\d+[-−+]?|[-−+]", raised):
            return _kept_together(base) + raised.translate(RAISED)
        return self._words["power"].format(_kept_together(base), _kept_together(power))

    def _lowered(self, element: Any) -> str:
        base, index = self._parts(element, 2)
        if base in _LIMITS:
            return self._words["limit"].format(index)
        if base in _EXTREMES:
            return self._words["over_range"].format(base, index)
        if name := _BIG.get(base):
            return self._words["over_range"].format(self._words[name], index)
        return self._index(base, index)

    def _index(self, base: str, index: str) -> str:
        plain = index.replace(" ", "")
        if plain == _SIGNS["*"]:
            return self._words["star"].format(base)
        if _WORD.fullmatch(plain) and plain not in ascii_lowercase:  # "E_{kin}", of single letters to TeX; no "ijk"
            return f"{base} {plain}"
        if re.fullmatch(r"[-−+]?\d+", plain):
            return base + plain.translate(LOWERED)
        return self._words["sub"].format(base, index) if len(plain) < 3 else f"{base} {index}"

    def _under(self, element: Any) -> str:
        base, below = self._parts(element, 2)
        if base in _LIMITS or base in _BIG or base in _EXTREMES:
            return self._lowered(element)
        return base if not below or below in "⏟_⎵" else self._index(base, below)

    def _over(self, element: Any) -> str:
        base, above = self._parts(element, 2)
        if name := _ACCENTS.get(above):
            return self._words[name].format(base)
        return base

    def _both(self, element: Any) -> str:
        base, below, above = self._parts(element, 3)
        if name := _BIG.get(base):
            start = self._words[name]
            if not above:
                return self._words["over_range"].format(start, below)
            return self._words["from_to"].format(start, below, above)
        return self._power(self._index(base, below), above)

    def _square_root(self, element: Any) -> str:
        return self._words["square_root"].format(_kept_together(self._row(element)))

    def _root(self, element: Any) -> str:
        base, index = self._parts(element, 2)
        if index in ("2", "3"):
            return self._words["square_root" if index == "2" else "cube_root"].format(_kept_together(base))
        return self._words["root"].format(index, _kept_together(base))

    def _table(self, element: Any) -> str:
        rows = []
        for row in element:
            cells = [self.said(cell) for cell in row] if _tag(row) in ("mtr", "mlabeledtr") else [self.said(row)]
            if len(cells) > 1 and _NUMBER_OF_LINE.fullmatch(cells[-1]):
                cells.pop()
            rows.append(cells)
        equations = any(cell[:1] in _RELATIONS for cells in rows for cell in cells[1:])
        return "; ".join((" " if equations else ", ").join(filter(None, cells)) for cells in rows if any(cells))

    def _fenced(self, element: Any) -> str:
        inner = ", ".join(filter(None, (self.said(child) for child in element)))
        return f"{element.get('open', '(')}{inner}{element.get('close', ')')}"

    def _scripts(self, element: Any) -> str:
        before, after = _split_scripts([child for child in element if _tag(child)])
        base = self.said(element[0]) if len(element) else ""
        sub, sup = (self.said(after[n]) if n < len(after) else "" for n in (0, 1))
        left, isotope = (self.said(before[n]) if n < len(before) else "" for n in (0, 1))
        head = isotope.translate(RAISED) + left.translate(LOWERED)
        return head + self._power(self._index(base, sub) if sub else base, sup)


def _plain(letter: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", letter[0])


_UNARY = frozenset("−+±∓¬")
_CALLED = later(r"(?<![^\W\d_])[^\W\d_][₀-₉′]*$|[^\W\d_]{2}[₀-₉⁰-⁹²³]*$")
"""Name of a function: f, g₁, sin."""
_COMPOUND = later(r"[A-Z][a-z]?[₀-₉]$")
_ISOTOPE = later(r"(?:^|\s)[⁰¹²³⁴-⁹]+[₀-₉]*$")
_RELATIONS = frozenset("=<>≤≥≠≈≡∈→⇒⇔∼≃≅")


def _split_scripts(children: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Return (scripts before the base, scripts after it) of <mmultiscripts>, each alternating sub and sup."""
    behind: list[Any] = []
    for number, child in enumerate(children[1:], 1):
        if _tag(child) == "mprescripts":
            return list(children[number + 1 :]), behind
        behind.append(child)
    return [], behind


def _joined(parts: Iterable[tuple[str, str]]) -> str:
    """Join the parts of a row, with blanks where a reader pauses: around signs and between factors, not within
    brackets."""
    line = ""
    tight, signed = True, True  # no blank before the next part; a sign before it belongs to it
    for tag, said in parts:
        if not said:
            continue
        sign = tag == "mo"
        own_sign = sign and signed and said in _UNARY
        closes = (sign and (said in _CLOSED or said in _TIGHT)) or all(one in _PRIMES for one in said)
        bar = sign and said in ("|", "‖", "/")
        line += said if tight or closes or bar or _belongs(line, said, sign) else f" {said}"
        tight = own_sign or bar or (sign and (said in _OPEN or said in ("∂", "∆")))
        signed = sign and not closes and not bar
    return line


def _belongs(line: str, said: str, sign: bool) -> bool:
    """Return True if no blank belongs before it: an argument's bracket, a digit, the next element of a compound."""
    if sign:
        return said in ("(", "[") and _CALLED.search(line) is not None
    if said[0].isupper() and (_COMPOUND.search(line) or _ISOTOPE.search(line)):
        return True
    return "0" <= line[-1:] <= "9" and "0" <= said[0] <= "9"
