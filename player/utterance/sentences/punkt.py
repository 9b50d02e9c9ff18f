"""nltk's Punkt with parameters from our own tables: no model to download, no training at run time.

Punkt (Kiss & Strunk 2006, Computational Linguistics 32:4) decides by abbreviations, frequent sentence
starters, and by how a word is usually written (orthographic context). It is usually trained; here the same
parameters are set by hand, which measures better than the published English model.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType

from player.utterance.sentences.boundary import ENDING
from player.utterance.sentences.language import Language, language_of

Breaks = Callable[[str], list[tuple[int, int, bool]]]
"""Text -> the boundaries found: end of a sentence, start of the next, and whether it is certain: a word in small
letters that is no abbreviation, a full stop, a capital."""

_BEGINS_UPPER, _INSIDE_LOWER = 1 << 1, 1 << 5
"""nltk's bits of orthographic context: has a capital at a sentence's start, lower case inside one."""

_TOO_AMBIGUOUS = frozenset(["c", "v", "d", "u", "z", "in", "sec", "det", "gen", "rep", "col", "op", "fr", "m", "n"])
"""Only the refining rules may judge these, because Punkt would never end a sentence with them."""

_NUMERALS = frozenset("IVX")
"""May be a numeral or an initial: the refining rules look at the word before."""

# A mark, what closes after it (French sets » off, and Dutch ''), white space. Danda, Arabic and Armenian marks are
# followed by blanks as well.
_CANDIDATE = re.compile(rf"""[{ENDING}]["'”’»“«‘)\]}}]*(?:[ \u00a0\u202f](?:»|''(?=\s)))?(\s+)(?=\S)""")
_LONGEST_WORD = 60
_SHORT = 8
"""Characters that may be the mark of a list's item: "ii. The second"."""
_STRIPPED = "\"'“”‘’„‚«»‹›([{)]}¿¡*_—–-"
_PLAIN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?").fullmatch
"""A word of letters: unless it is an abbreviation, Punkt always ends a sentence after it and a full stop."""


@cache
def breaks_for(code: str) -> Breaks:
    """Return the first pass over a text of a language (one of `language_of(...).code`)."""
    abbreviations = _certain(language_of(code))
    listed = language_of(code).abbreviations
    hasty = code == "en"
    eras = language_of(code).eras
    spelled = {era[-1] if len(era) == 1 or not era.isascii() else era[-1].upper() for era in eras}  # "a. C.", "н. э."

    def breaks(text: str) -> list[tuple[int, int, bool]]:
        """Ask Punkt about each candidate, but not after plain words: that makes it three times as fast."""
        found = []
        done = 0
        for match in _CANDIDATE.finditer(text):
            at = match.start()
            end, following = match.span(1)
            if text[at] == ".":
                low = max(done, at - _LONGEST_WORD)
                word = text[max(text.rfind(" ", low, at) + 1, low) : at]
                small = word.islower() and word.isalpha() and len(word) > 1 and word not in abbreviations
                if small and end == at + 1 and text[following].isupper():
                    found.append((end, following, at - done > _SHORT and word not in listed))
                    done = following
                    continue
                before = word.strip(_STRIPPED)
                plain = len(before) > 1 and _PLAIN(before) and before.lower() not in abbreviations
                after = text[following : following + _LONGEST_WORD].split(maxsplit=1)[0]
                sure = before.isdigit() or text[at - 1 : at] == "." or before in _NUMERALS or before[1:].isupper()
                sure = sure or text[at - 1] in ")]»”" or before in spelled or before.lower() in eras
                sure = sure and after[0].isupper()
                sure = sure or (hasty and len(before) > 2 and before[-1].isdigit())  # "call 555-1234. they are in"
                sure = sure or ("." in before and after[0] in '“‘"')  # the refining rules know quotations better
                if not plain and not sure and not _ends(code, before, after):
                    continue
            found.append((end, following, False))
            done = following
        return found

    return breaks


_one_at_a_time = Lock()
"""Several threads may come to their first doubtful full stop together."""


def _punkt_alone() -> ModuleType:
    with _one_at_a_time:
        return _import_punkt()


@cache
def _import_punkt() -> ModuleType:
    """Return the module nltk.tokenize.punkt without the rest of nltk.

    Importing any part of nltk first runs `nltk/__init__`, which imports all of it, and numpy: 0.25 s and 40 MB,
    in which nothing sounds. Punkt itself takes 0.06 s. So the two packages above it are stood in for while it
    is imported, and everything is taken out of `sys.modules` again: whoever imports nltk later gets it whole.
    """
    spec = find_spec("nltk")
    if "nltk" in sys.modules or spec is None or not spec.submodule_search_locations:
        return import_module("nltk.tokenize.punkt")
    (folder,) = spec.submodule_search_locations
    for name, place in (("nltk", Path(folder)), ("nltk.tokenize", Path(folder, "tokenize"))):
        package = ModuleType(name)
        package.__path__ = [str(place)]
        sys.modules[name] = package
    try:
        return import_module("nltk.tokenize.punkt")
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "nltk"]:
            del sys.modules[name]


@lru_cache(maxsize=4096)
def _ends(code: str, before: str, after: str) -> bool:
    """Return True if a sentence ends between two words. The same names come again and again: "Mr. Darcy"."""
    return _punkt(code)(f"{before}. {after}")


@cache
def _punkt(code: str) -> Callable[[str], bool]:
    """Return True if a sentence ends inside a context of two words, "Dr. Smith", as Punkt sees it."""
    punkt = _punkt_alone()
    language = language_of(code)
    parameters = punkt.PunktParameters()
    parameters.abbrev_types = set(_certain(language))
    parameters.sent_starters = set(language.starters)
    for word in language.starters:
        parameters.ortho_context[word] = _BEGINS_UPPER | _INSIDE_LOWER
    decides: Callable[[str], bool] = punkt.PunktSentenceTokenizer(parameters).text_contains_sentbreak
    return decides


def _certain(language: Language) -> frozenset[str]:
    """Abbreviations that never end a sentence, whatever follows; all others the refining rules judge."""
    dotted = {key for key in language.abbreviations if "." in key and not language.holds("time", key)}
    named = {key for table in ("title", "leads_on") for key in language.tables[table]}
    return frozenset((dotted | named) - _TOO_AMBIGUOUS)
