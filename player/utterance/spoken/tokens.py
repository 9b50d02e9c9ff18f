"""A text as tokens: words, numerals, signs and blanks, each with its exact place.

    >>> [token.text for token in tokenise("He paid $3.5bn.")]
    ['He', ' ', 'paid', ' ', '$', '3.5', 'bn', '.']

Read once for each text, in one go from left to right; recognisers see nothing else.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cached_property
from typing import NamedTuple

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


_TOKEN = re.compile(
    r"""
    [\u200b-\u200d\u2060\ufeff\u00ad]
  | (?P<space> \s+ )
  | (?P<numeral> (?<![\w.])\.[0-9]+ | [0-9]+(?:[.,][0-9]+)* )
  | (?P<word> [^\W0-9_²³¹⁰⁴-⁹₀-₉¼-¾⅐-⅞]+ )
  | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = (Kind.EDGE, Kind.SPACE, Kind.NUMERAL, Kind.WORD, Kind.SIGN)
"""By the number of their group in the pattern."""


def tokenise(text: str) -> list[Token]:
    """The tokens of a text, in order; nothing is left out but what has no width."""
    return [Token(_KINDS[m.lastindex], m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text) if m.lastindex]


class Tokens:
    """The tokens of a text, and what recognisers ask about them. Beyond either end every index is an edge."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        """BCP 47."""
        self.vocabulary: Vocabulary = vocabulary(language)
        self.items = tokenise(text)
        self._edge = Token(Kind.EDGE, len(text), len(text), "")

    def __getitem__(self, index: int) -> Token:
        return self.items[index] if 0 <= index < len(self.items) else self._edge

    def __len__(self) -> int:
        return len(self.items)

    def before(self, index: int) -> int:
        """The index of the nearest token before this one that is no blank; -1 when there is none."""
        return index - 2 if self[index - 1].kind is Kind.SPACE else index - 1

    def after(self, index: int) -> int:
        """The index of the nearest token after this one that is no blank."""
        return index + 2 if self[index + 1].kind is Kind.SPACE else index + 1

    def past_blank(self, index: int) -> int:
        """This index, or the next one if a blank is here."""
        return index + 1 if self[index].kind is Kind.SPACE else index

    def word(self, index: int) -> str:
        """The word here, in small letters; empty when something else is here."""
        token = self[index]
        return token.text.lower() if token.kind is Kind.WORD else ""

    def is_sign(self, index: int, among: str) -> bool:
        """Whether one of these signs is here."""
        token = self[index]
        return token.kind is Kind.SIGN and token.text in among

    def matches(self, index: int, written: str) -> int:
        """The index after `written` if the text goes on with that at this token, up to a token's end; else 0."""
        token = self[index]
        if token.kind is Kind.EDGE or not self.text.startswith(written, token.start):
            return 0
        end = token.start + len(written)
        while token.end < end:
            index += 1
            token = self[index]
        return index + 1 if token.end == end else 0

    @cached_property
    def is_shouted(self) -> bool:
        """Whether all of the text is in capitals, as headings are."""
        from player.utterance.spoken.rules.capitals import is_shouted

        return is_shouted(self.text)
