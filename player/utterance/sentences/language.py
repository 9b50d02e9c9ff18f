"""What the splitter knows of a language: tables of abbreviations and a few word lists, read from data/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from player.story import language_tag
from player.tables import table

_DATA = Path(__file__).parent / "data"
TABLES = (
    "title", "leads_on", "before_number", "date", "unit", "time",
    "company", "degree", "place", "street", "book", "other",
)  # fmt: skip
"""The tables of a language file; data/en.toml says of each what it holds, with an example."""


@dataclass(frozen=True)
class Language:
    """Tables of one language. Keys are lower case and without their final full stop."""

    code: str
    """Its file's name: "en", "de", … or "default"."""
    tables: Mapping[str, Mapping[str, str]]
    """Table name -> abbreviation -> what it stands for."""
    abbreviations: frozenset[str]
    """Every abbreviation of every table."""
    starters: frozenset[str]
    """Words that, with a capital, begin a sentence even after an abbreviation."""
    also_words: frozenset[str]
    """Abbreviations that are ordinary words as well."""
    said: frozenset[str]
    """Verbs of saying, as they follow a quotation."""
    after_time: frozenset[str] = field(default=frozenset())
    """Capitalised words that continue a time of day: weekdays, time zones."""
    scales: frozenset[str] = field(default=frozenset())
    """Capitalised words that continue degrees: "Celsius"."""
    denies: frozenset[str] = field(default=frozenset())
    """Words after which "no." is the answer, not "number"."""
    compounds: frozenset[str] = field(default=frozenset())
    """Abbreviations that end longer words: "Bahnhofstr."."""
    endings: frozenset[str] = field(default=frozenset())
    """Letters in which words of this language end; empty: any."""
    elides: bool = False
    """True if an article may be joined to the next word, as in "l'art."."""
    eras: frozenset[str] = field(default=frozenset())
    """Abbreviations of years and eras: "44 a.C.", "в 1961 г."."""
    counted: frozenset[str] = field(default=frozenset())
    """Words that a Roman numeral counts: "Chapter I."."""
    lettered: frozenset[str] = field(default=frozenset())
    """Words that a letter tells apart: "vitamin C."."""
    particles: frozenset[str] = field(default=frozenset())
    """Words that begin surnames as well as sentences: "J. De Vries"."""
    captions: frozenset[str] = field(default=frozenset())
    """Words that number a caption: "Figure 1.5 Residents of the town"."""
    salutations: frozenset[str] = field(default=frozenset())
    """Words that a letter opens with: "Dear Anna,"."""
    closings: frozenset[str] = field(default=frozenset())
    """Words before the name that a letter ends with: "Best regards,"."""
    domains: frozenset[str] = field(default=frozenset())
    """Endings of web addresses: the full stop before them ends no sentence ("Newsfeeds.Com")."""
    ambiguous: frozenset[str] = field(default=frozenset())
    """Abbreviations that may end a sentence, although their table says that a word follows."""
    joining: frozenset[str] = field(default=frozenset())
    """Words between names: "Ernst & A.", "with J."."""
    listing: frozenset[str] = field(default=frozenset())
    """Words before an item of a list that is one sentence: "a) wait, b) act, or c) leave"."""
    linking: frozenset[str] = field(default=frozenset())
    """Words after a quotation that begin a sentence, and are no speaker's name."""
    mine: frozenset[str] = field(default=frozenset())
    """The pronoun "I", before which dots end no sentence: "Well… I suppose so"."""
    before_speakers: frozenset[str] = field(default=frozenset())
    """Articles before the speaker of a quotation: "“Why?” The man asked."."""
    said_by_me: frozenset[str] = field(default=frozenset())
    """Verbs of saying behind "I"."""
    adverbs: frozenset[str] = field(default=frozenset())
    """What adverbs of saying end in: "I asked quietly"."""
    before_figures: frozenset[str] = field(default=frozenset())
    """Other abbreviations that figures follow: "pop. 500"."""
    ends_before_capital: frozenset[str] = field(default=frozenset())
    """Other abbreviations with which a sentence ends where a capital follows: "etc. He"."""
    postscripts: frozenset[str] = field(default=frozenset())
    """What opens the last lines of a letter: "P.S."."""
    saints: frozenset[str] = field(default=frozenset())
    """Titles that are also written in lower case: "st. Anne"."""
    ends_as_well: frozenset[str] = field(default=frozenset())
    """Titles that may end a sentence: "He met the Pres. She"."""
    unsure: frozenset[str] = field(default=frozenset())
    """Abbreviations of more than one letter that lead on, but are words or endings as well."""
    references: frozenset[str] = field(default=frozenset())
    """Words in square brackets that refer to a note: "[note 5]", "[citation_needed]"."""
    ordinal_endings: frozenset[str] = field(default=frozenset())
    """Endings of ordinals in figures: the "th" of "5th"."""
    item_endings: frozenset[str] = field(default=frozenset())
    """Endings of numbers that open an item of a list: "2ndly."."""
    sparse: bool = False
    """True for a language with few listed abbreviations: short words before a number count as such."""
    ordinals: bool = False
    """True if a full stop makes a number an ordinal, as in German."""

    def holds(self, table: str, key: str) -> bool:
        """Return True if the table has the abbreviation (lower case, without its final full stop)."""
        return key in self.tables[table]


@cache
def language_of(tag: str) -> Language:
    """Return the tables for a BCP 47 tag: those of its first part ("de-AT" -> German), or else of no language."""
    code = language_tag.language_of(tag) or "en"
    return _load(code)


def read_data(name: str) -> dict[str, Any]:
    """Return a file of data/ by its name."""
    return table(_DATA / f"{name}.toml")


@cache
def _load(code: str) -> Language:
    file = _DATA / f"{code}.toml"
    if not (code.isalpha() and code.isascii() and file.is_file()):
        return _load(read_data("languages")["written_like"].get(code, "default"))
    read = read_data(code)
    words = read.pop("words")
    own = {key for table in read.values() for key in table}
    abroad = read_data("abroad") if code != "en" else {}
    for name, listed in abroad.pop("words", {}).items():
        words[name] = f"{words.get(name, '')} {listed}"
    for name, more in abroad.items():
        read[name] = {key: means for key, means in more.items() if key not in own} | read.get(name, {})
    tables = {name: MappingProxyType(read.get(name, {})) for name in TABLES}
    return Language(
        code=code,
        tables=MappingProxyType(tables),
        abbreviations=frozenset(key for table in tables.values() for key in table),
        sparse=words.pop("sparse", False),
        ordinals=words.pop("ordinals", False),
        elides=words.pop("elides", False),
        **{name: frozenset(listed.split()) for name, listed in words.items()},
    )
