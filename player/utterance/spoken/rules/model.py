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
    read = tomllib.loads((Path(__file__).parents[1] / "data" / f"{file}.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in read.items()}


_ADJECTIVE = re.compile(r"-(?!plus\b)[a-z]|-plus [a-z]{3,}")
_NOUN = re.compile(r"\s[A-Za-z][a-z]{2,}|, [a-z]+-[a-z]+ [a-z]{3,}")
_NO_NOUN = re.compile(
    r"\s(?:and|for|from|with|was|were|are|has|had|per|each|that|than|but|into|over|will|the|away|apart|off|ago"
    r"|more|less|because|when|while|after|before|since|until|which|would|could|can|may|might|must|should|did|does"
    r"|raised|spent|paid|owed|earned|lost|needed|given|made|found|went|came|goes|comes|bought|sold|only)\b"
)
_ARTICLES = frozenset({"a", "an", "the", "this", "that", "its", "their", "his", "her", "our", "another", "one"})
_SURE_NOUN = re.compile(
    r"\s(?:question|deal|fund|bill|note|bail|fine|prize|plan|package|loan|project|contract|investment|donation"
    r"|budget|programme|program|payment|grant|offer|lawsuit|reward|mark|limit|film|pistol|gun|lens|bottle|dash|race"
    r"|sprint|hurdles|freestyle|relay|butterfly|backstroke|breaststroke|radius|hike|drive|zone)s?\b"
)


def is_adjective(match: re.Match[str]) -> bool:
    """Whether an amount stands before a noun, and so in the singular: "a $100 million deal", "a $5-a-day plan"."""
    text, end = match.string, match.end()
    if _ADJECTIVE.match(text, end) or _SURE_NOUN.match(text, end):
        return True
    before = text[max(0, match.start() - 8) : match.start()].lower().split()[-1:]
    singled_out = bool(before) and before[0] in _ARTICLES
    return singled_out and bool(_NOUN.match(text, end)) and not _NO_NOUN.match(text, end)


def says(text: str) -> Callable[[re.Match[str]], str]:
    """Always the same: for rules that need no look at the match."""
    return lambda match: text
