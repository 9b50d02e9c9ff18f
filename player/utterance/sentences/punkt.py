"""nltk's Punkt with parameters from our own tables: no model to download, no training at run time.

Punkt (Kiss & Strunk 2006, Computational Linguistics 32:4) decides by abbreviations, frequent sentence
starters, and by how a word is usually written (orthographic context). It is usually trained; here the same
parameters are set by hand, which measures better than the published English model.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import NamedTuple

from player.utterance.sentences.language import Language, language_of

Breaks = Callable[[str, Iterable[re.Match[str]]], list[tuple[int, int, bool]]]
"""Text, and its marks with a blank behind them (`scanning.py`) -> the boundaries found: end of a sentence, start of the
next, and whether it is certain: a word in small letters that is no abbreviation, a full stop, a capital."""

_BEGINS_UPPER, _INSIDE_LOWER = 1 << 1, 1 << 5
"""nltk's bits of orthographic context: has a capital at a sentence's start, lower case inside one."""

_NUMERALS = frozenset("IVX")
"""May be a numeral or an initial: the refining rules look at the word before."""

_BEHIND_QUOTE = re.compile(r"""[.?!…]["”’]+\s+[“"‘(]?[A-Z]""")
"""A quotation and a capital: the refining rules know better than Punkt what begins there."""
_LONGEST_WORD = 60
_BEHIND_ANOTHER = frozenset(".)]»”")
"""Marks before a full stop, after which a sentence may end."""
_OPENS = frozenset('“‘"')
"""The refining rules know quotations better than Punkt."""
_TWO = 2
_SHORT = 8
"""Characters that may be the mark of a list's item: "ii. The second"."""
_STRIPPED = "\"'“”‘’„‚«»‹›([{)]}¿¡*_—–-"
_PLAIN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?").fullmatch
"""A word of letters: unless it is an abbreviation, Punkt always ends a sentence after its full stop."""


class _Word(NamedTuple):
    """What a word before a full stop tells, without its neighbours, about a sentence's end."""

    bare: str
    """The word without quotation marks and brackets."""
    always: bool
    """True if a sentence ends after it, whatever follows."""
    before_capital: bool
    """True if a sentence may end before a capital: the refining rules judge."""
    before_quotation: bool


@cache
def breaks_for(code: str) -> Breaks:
    """Return the first pass over a text of a language (one of `language_of(...).code`)."""
    language = language_of(code)
    abbreviations, listed, eras = _certain(language), language.abbreviations, language.eras
    spelled = {era[-1] if len(era) == 1 or not era.isascii() else era[-1].upper() for era in eras}  # "a. C.", "н. э."

    @lru_cache(maxsize=4096)
    def seen(word: str) -> _Word:
        bare = word.strip(_STRIPPED)
        plain = len(bare) > 1 and bare.lower() not in abbreviations and _PLAIN(bare) is not None
        number = code == "en" and len(bare) > _TWO and bare[-1].isdecimal()  # "call 555-1234. they are in"
        short = bare.isdecimal() or bare in _NUMERALS or bare in spelled or bare.lower() in eras
        capital = short or bare[1:].isupper() or word[-1:] in _BEHIND_ANOTHER
        alone = not bare  # ". . . they are in"
        return _Word(bare, plain or number or alone, capital, "." in bare)

    def may_end(text: str, word: str, following: int) -> bool:
        known = seen(word)
        if known.always or (known.before_capital and text[following].isupper()):
            return True
        if known.before_quotation and text[following] in _OPENS:
            return True
        return _ends(code, known.bare, _alike(_word_at(text, following), language))

    def counted(letter: str, before: str) -> bool:
        """ "Oranges hold vitamin C.| Doctors say", "a las 8.30 h.| Llega"."""
        labelled = before[before.rfind(" ") + 1 :].lower() in language.lettered
        return labelled or (before[-1:].isdecimal() and language.holds("unit", letter))

    def breaks(text: str, ends: Iterable[re.Match[str]]) -> list[tuple[int, int, bool]]:
        """Ask Punkt about each candidate, but not after plain words: that makes it three times as fast."""
        found = []
        done = 0
        for match in ends:
            at, following = match.span()
            end = match.start(1)
            if text[at] == ".":
                low = at - _LONGEST_WORD if at - done > _LONGEST_WORD else done
                word = text[(text.rfind(" ", low, at) + 1) or low : at]
                small = word.islower() and word.isalpha() and len(word) > 1 and word not in abbreviations
                if small and end == at + 1 and text[following].isupper():
                    found.append((end, following, at - done > _SHORT and word not in listed))
                    done = following
                    continue
                if not may_end(text, word, following):
                    quoted = end > at + 1 and _BEHIND_QUOTE.match(text, at)
                    if quoted or (len(word) == 1 and counted(word, text[low : at - 2])):
                        found.append((end, following, False))
                    continue
            found.append((end, following, False))
            done = following
        return found

    return breaks


def _word_at(text: str, start: int) -> str:
    return text[start : start + _LONGEST_WORD].split(maxsplit=1)[0]


def _alike(word: str, language: Language) -> str:
    """Return a stand-in that Punkt judges alike, because its parameters know neither word: "Zzz" for any name."""
    bare = word.rstrip(",;:")
    if bare.rstrip(".").isdecimal():
        return "1"
    if not bare.isalpha() or bare.lower() in language.starters:
        return word
    return "Zzz" if bare[0].isupper() else "zzz" if bare[0].islower() else word


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
        for name in list(sys.modules):  # at once: other threads import as well
            if name.partition(".")[0] == "nltk":
                del sys.modules[name]


@lru_cache(maxsize=4096)
def _ends(code: str, before: str, after: str) -> bool:
    """Return True if a sentence ends between two words. The same names come again and again: "Mr. Zzz"."""
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
    return frozenset((dotted | named) - language.ambiguous)
