"""A reading: what some characters may mean, and how sure that is; and the recogniser that proposes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from player.utterance.spoken.values import Value

if TYPE_CHECKING:
    from player.utterance.spoken.tokens import Tokens
    from player.utterance.spoken.vocabulary import Vocabulary


CERTAIN = 1.0
"""Confidence of what the listener said: it wins over everything."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the characters from `start` to `end` may mean."""

    start: int
    end: int
    id: str
    """Class and, after a colon, what told it: "money: sign before"."""
    value: Value
    confidence: float
    """What a person would bet on it, seeing the words around: .95 where nothing else fits, .5 for a toss-up."""

    @property
    def name(self) -> str:
        """Return its class: "money"."""
        return self.id.partition(":")[0]


Propose = Callable[["Tokens", int], Iterable[Reading]]
"""Readings that a token gives rise to: the tokens, and the index of the one that a recogniser asked to see. It looks
at a bounded number of neighbours, so that no text takes more than linear time."""


@dataclass(frozen=True)
class Recogniser:
    """Proposes the readings of one class. It is called for the tokens that it asks to see, and for no others."""

    name: str
    """The class."""
    propose: Propose
    examples: tuple[tuple[str, str], ...]
    """Written, and what an engine of which nothing is known is given; in the first of `languages`."""
    numerals: int = 0
    """Features (`numerals.Beside`) of the numerals that it is shown; one of them is enough."""
    capitals: bool = False
    """True if it is shown every word in capitals."""
    signs: str = ""
    """The signs that it is shown."""
    words: Callable[[Vocabulary], Iterable[str]] | None = None
    """The words that it is shown, in small letters."""
    stopped: Callable[[Vocabulary], Iterable[str]] | None = None
    """The words that it is shown where a full stop is behind them, in small letters."""
    inner: bool = False
    """True if its full stops are those within words: "example.com"."""
    opens: str = ""
    """Signs that mean something at the beginning of a text."""
    with_number: bool = False
    """True if its signs and words mean something beside a figure only: a text without one need not be read for them."""
    needs: tuple[str, ...] | Callable[[Vocabulary], Iterable[str]] = ()
    """Pieces of text, one of which must be there: a quick test for signs and words that are too frequent."""
    languages: tuple[str, ...] = field(default=("en",))
    """Codes of the languages that it serves; empty for every language."""

    def serves(self, code: str) -> bool:
        """Return True if it is for a language."""
        return not self.languages or code in self.languages
