"""A rule: what it looks for, and what is said instead."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from player.utterance.manner import Manner, Misreads, Reads

ENGLISH = frozenset({"en"})
DIGITS = frozenset(string.digits)
CAPITALS = frozenset(string.ascii_uppercase)
SMALL = frozenset(string.ascii_lowercase)
BLANKS = frozenset(c for c in map(chr, range(0x3001)) if c.isspace())
DASHES = frozenset("-–—―−")


def pairs(first: Iterable[str], second: Iterable[str]) -> frozenset[str]:
    """All characters of the one before all of the other: signs of a match, for `Rule.needs`."""
    return frozenset(a + b for a in first for b in second)


@dataclass(frozen=True)
class Rule:
    """Rewrites each match of a pattern in the written text. Rules see what is written, never each other's work."""

    name: str
    """As `listen script` shows it."""
    example: tuple[str, str]
    """Written, and what is said."""
    pattern: re.Pattern[str]
    """What is rewritten: its group "it" when it has one, else all of the match."""
    say: Callable[[re.Match[str]], str | None]
    """What is said for a match; None leaves it alone."""
    needs: frozenset[str] = frozenset()
    """Quick test: without any of these characters, or pairs of neighbours, there is no match. Empty: always look."""
    also: frozenset[str] = frozenset()
    """The same once more: there is no match without one of both."""
    odd: bool = False
    """Whether it has nothing to do with a text of printable ASCII."""
    suits: Callable[[str], bool] | None = None
    """A look at the whole text: False when no match is wanted."""
    languages: frozenset[str] = field(default=ENGLISH)
    """Language tags, or their first parts, that it is for; empty for every language."""
    unless: Reads | None = None
    """What an engine that needs no such rule reads right by itself; None when all need it."""
    is_first: bool = False
    """Whether it comes before all readings."""
    mends: Misreads | None = None
    """The mistake of some engines that it makes up for; None when any might make it."""

    @cached_property
    def group(self) -> int:
        """The number of the group that is rewritten."""
        return self.pattern.groupindex.get("it", 0)

    def serves(self, language: str, manner: Manner) -> bool:
        """Whether the rule is for this language, and for an engine that reads in this manner."""
        known = not self.languages or not self.languages.isdisjoint((language, language.partition("-")[0]))
        return known and self.unless not in manner.reads and (self.mends is None or self.mends in manner.misreads)


@cache
def word_lists(file: str) -> dict[str, frozenset[str]]:
    """The lists of words in data/<file>.toml, by name."""
    read = tomllib.loads((Path(__file__).parents[1] / "data" / "en" / f"{file}.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in read.items()}


def says(text: str) -> Callable[[re.Match[str]], str]:
    """Always the same: for rules that need no look at the match."""
    return lambda match: text
