"""A text as tokens: words, numerals, signs and blanks, each with its exact place.

    >>> [token.text for token in tokenise("He paid $3.5bn.")]
    ['He', ' ', 'paid', ' ', '$', '3.5', 'bn', '.']

Read once for each text, in one go from left to right; recognisers see nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cached_property, partial
from itertools import accumulate
from string import ascii_letters
from typing import NamedTuple

from player.utterance.spoken.values import Fraction, Number, Unit
from player.utterance.spoken.vocabulary import Vocabulary, vocabulary


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    """Letters; an apostrophe or a hyphen is a sign between two words."""
    NUMERAL = "numeral"
    """Digits with the points and commas between them: "5", "1,200.50", ".5", "3.11.2"."""
    SIGN = "sign"
    """One character: "$", "-", "½", "²"."""
    SPACE = "space"
    """White space, however long."""
    EDGE = "edge"
    """What is before the first token and after the last one; empty."""


class Token(NamedTuple):
    """A piece of the text."""

    kind: Kind
    start: int
    """Index of its first character."""
    end: int
    text: str


RAISED_LETTERS = "ⁿⁱˣʸᵏ"
LOWERED_LETTERS = "ᵢⱼₙₖₘₓ"
"""Of formulas: signs, so that "2ⁿ" and "xⁿ" are a base and an exponent."""
NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Characters without width, which belong to no token."""
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u2008\u2009\u202f", " "))
"""Narrow and no-break spaces, read as plain ones."""
_CIRCLED = r"\u2460-\u2473\u24f5-\u24fe\u2776-\u2793"
_NO_LATIN = rf"²³¹⁰⁴-⁹₀-₉¼-¾⅐-⅞\u2160-\u217f\u0370-\u03ff\u1f00-\u1fff{_CIRCLED}{RAISED_LETTERS}{LOWERED_LETTERS}"
_LATIN = rf"[^\W0-9_{_NO_LATIN}]"
"""A letter, but no Greek one, "Δt" are two words, and no Roman numeral of one sign or figure in a circle."""
_GREEK = r"[\u0370-\u03ff\u1f00-\u1fff]"
_FRACTION, _NUMERAL, _OTHER = r"(?<![\w.])\.[0-9]+", r"[0-9]+(?:[.,][0-9]+)*", "."
_TOKEN = re.compile(rf"{_LATIN}+|{_GREEK}+|\s+|{_FRACTION}|{_NUMERAL}|{_OTHER}", re.DOTALL)
_LETTER = re.compile(rf"{_LATIN}|{_GREEK}")
_BY_FIRST = dict.fromkeys("0123456789", Kind.NUMERAL) | dict.fromkeys(ascii_letters, Kind.WORD) | {" ": Kind.SPACE}
"""The most frequent beginnings of tokens."""


def tokenise(text: str) -> list[Token]:
    """Return the tokens of a text, in order; nothing is left out but what has no width."""
    parts = _TOKEN.findall(text)
    ends = list(accumulate(map(len, parts)))
    kinds = [_BY_FIRST.get(part[0]) or _kind_of(part) for part in parts]
    found = list(map(_new, zip(kinds, [0, *ends], ends, parts, strict=False)))
    return [token for token in found if token.kind is not Kind.EDGE] if Kind.EDGE in kinds else found


_new = partial(tuple.__new__, Token)
"""A third faster than Token(…)."""


def _kind_of(part: str) -> Kind:
    if part in NO_WIDTH:
        return Kind.EDGE
    if part.isspace():
        return Kind.SPACE
    if len(part) > 1 and part[0] == ".":
        return Kind.NUMERAL  # ".5"
    return Kind.WORD if _LETTER.match(part) else Kind.SIGN


_LONGEST_CHUNK = 30
_MOST_SMALL = 0.2
"""Small letters among the characters of a heading in capitals."""
_LONGEST_LISTED = 6
"""Letters, in "MIT, UCLA, CERN, DARPA", which is no heading."""
_LONGEST_ACRONYM = 3
"""Letters, in "I ❤ NY" and "GTA V", which are none either."""
_EDGES = 192
"""More tokens than any recogniser looks back or ahead."""


class Tokens(list[Token]):
    """The tokens of a text, and what recognisers ask about them. Beyond either end there are edges.

    A list, with edges behind, which an index below 0 finds as well: looking at a neighbour is what takes most time.
    """

    def __init__(self, text: str, language: str) -> None:
        self.written = text
        self.text = text = text.translate(_BLANKS)
        """With plain blanks: "10 km" is one measure, whatever the blank."""
        self.language = language
        """BCP 47."""
        self.vocabulary: Vocabulary = vocabulary(language)
        self.items = tokenise(text)
        """Without the edges."""
        self.numbers: dict[int, tuple[Number | Fraction, int] | None] = {}
        """What `amounts.read_number` has found so far, by index."""
        self.units: dict[int, tuple[Unit, int] | None] = {}
        """The same of `units.read_unit`."""
        self._places: dict[str, list[int]] = {}
        super().__init__(self.items)
        self.extend([Token(Kind.EDGE, len(text), len(text), "")] * _EDGES)

    def before(self, index: int) -> int:
        """Return the index of the nearest token before this one that is no blank; -1 when there is none."""
        return index - 2 if self[index - 1].kind is Kind.SPACE else index - 1

    def after(self, index: int) -> int:
        """Return the index of the nearest token after this one that is no blank."""
        return index + 2 if self[index + 1].kind is Kind.SPACE else index + 1

    def past_blank(self, index: int) -> int:
        """Return this index, or the next one if a blank is here."""
        return index + 1 if self[index].kind is Kind.SPACE else index

    def word(self, index: int) -> str:
        """Return the word here, in small letters; empty when something else is here."""
        token = self[index]
        return token.text.lower() if token.kind is Kind.WORD else ""

    def is_sign(self, index: int, among: str) -> bool:
        """Return True if one of these signs is here."""
        token = self[index]
        return token.kind is Kind.SIGN and token.text in among

    def is_free(self, index: int) -> bool:
        """Return True if nothing but an opening bracket stands right before this token."""
        return self[index - 1].kind in (Kind.SPACE, Kind.EDGE) or self.is_sign(index - 1, "(")

    def matches(self, index: int, written: str) -> int:
        """Return the index after `written` if the text goes on with that at this token, up to a token's end; else 0."""
        token = self[index]
        if token.kind is Kind.EDGE or not self.text.startswith(written, token.start):
            return 0
        end = token.start + len(written)
        while token.end < end:
            index += 1
            token = self[index]
        return index + 1 if token.end == end else 0

    def places_of(self, sign: str) -> list[int]:
        """Indices of the characters at which a sign is, in order."""
        known = self._places.get(sign)
        if known is None:
            known = self._places[sign] = [at for at, character in enumerate(self.text) if character == sign]
        return known

    def chunk(self, index: int) -> str:
        """Return what is written from this token on up to the next blank; bounded."""
        start = self[index].start
        return self.text[start : start + _LONGEST_CHUNK].partition(" ")[0].split("\n", 1)[0]

    def chunk_before(self, index: int) -> str:
        """Return the run of characters that ends a blank before this token; bounded, empty where there is none."""
        blank = self[index - 1]
        if index < 1 or blank.kind is not Kind.SPACE or blank.end - blank.start > 1:
            return ""
        return self.text[max(blank.start - _LONGEST_CHUNK, 0) : blank.start].rpartition(" ")[2]

    @cached_property
    def closing_marks(self) -> frozenset[int]:
        """Places of straight quotation marks that close what another opened; behind figures, others are inches."""
        found, opened = set(), False
        for at in self.places_of('"'):
            if opened:
                found.add(at)
            opened = not opened and not self.text[at - 1 : at].isnumeric()
        return frozenset(found)

    @cached_property
    def is_shouted(self) -> bool:
        """Return True if all of the text is in capitals, as headings are."""
        small = sum(map(str.islower, self.text))
        if (
            " " not in self.text
            or small > _MOST_SMALL * len(self.text)
            or sum(map(str.isupper, self.text)) <= 4 * small
        ):
            return False
        words = [end - start for start, end in self._words()]
        if self._names_acronyms() and max(words, default=0) <= _LONGEST_LISTED:
            return False
        joints = sum(token.text.lower() in self.vocabulary.words("joints", "between_names") for token in self.items)
        listed = self.text.count(",") >= len(words) - 1 - 2 * joints and max(words, default=0) <= _LONGEST_LISTED
        listed = listed and "," in self.text
        if " = " in self.text and max(words, default=0) <= _LONGEST_LISTED:  # "R² = .93; RMSE = .02"
            return False
        return len(words) > 1 and max(words) > _LONGEST_ACRONYM and not listed

    def _names_acronyms(self) -> bool:
        """ "He is at MIT, IBM and NASA.": a sentence that begins as one does, with words in small letters."""
        words = [token.text for token in self.items if token.kind is Kind.WORD and len(token.text) > 1]
        return words[:1] != [] and words[0].istitle() and any(map(str.islower, words))

    def _words(self) -> Iterator[tuple[int, int]]:
        """Yield where words begin and end, those with an apostrophe whole."""
        start = -1
        for index, token in enumerate(self.items):
            if token.kind is not Kind.WORD:
                continue
            if start < 0:
                start = token.start
            if not (self.is_sign(index + 1, "'’") and self[index + 2].kind is Kind.WORD):
                yield start, token.end
                start = -1
