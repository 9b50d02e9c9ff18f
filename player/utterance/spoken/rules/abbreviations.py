"""Abbreviations with a full stop, titles among them, and initials."""

from __future__ import annotations

import re

from player.story.roman_numerals import roman
from player.utterance.manner import Reads
from player.utterance.sentences.language import language_of
from player.utterance.spoken.rules.capitals import is_quiet
from player.utterance.spoken.rules.model import BLANKS, CAPITALS, Rule, pairs, says, word_lists

_EN = language_of("en")
_LISTS = word_lists("names")
_SHORT = re.compile(r"(?<![\w.'’@/&-])((?:[A-Za-z]\.)+[A-Za-z]|[A-Za-z§]{1,7})\.(?=[\s,;:!?)”\"’'–—-]|\d|$)")
_FOLLOWS = re.compile(r"\s*([^\s]*)")
_PRECEDES = re.compile(r"(\S+)\s$")
_NUMBERED_STREET = re.compile(r"\d+(?:st|nd|rd|th)$|(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth)$")
_ALWAYS_LOWER = frozenset({"approx", "est", "esp", "incl", "resp"})
_PLAIN_TABLES = ("company", "degree", "street", "other")
_NOT_IN_WORDS = frozenset(
    {"etc", "al", "llc", "plc", "gmbh", "pty", "bancorp", "pop", "ref", "lib", "pub", "prop", "ser", "nat", "mus",
     "trans", "vet", "orig", "anon", "repr", "ret", "inst", "temp", "est", "std", "ht", "wt", "prob",
     "id", "fed", "def", "civ", "crim", "evid", "cit", "ibid"}
)  # fmt: skip
"""Left as they are: said right, or more often a word that ends a sentence."""

_VERSE = re.compile(r"\d{1,3}:\d")

_INITIAL = re.compile(r"(?<![\w.'’])([A-Z])(?P<it>\.)(?=\s[A-Z]|[A-Z][a-z])")
_INITIAL_A = re.compile(r"(?<![\w.'’])A\.(?=\s[A-Z])")
_LETTER_A = re.compile(r"(?<=[a-z\d] )A(?=,? [a-z])")
_ACRONYM_STOP = re.compile(r"(?<![\w])(?:[A-Z]\.){1,4}[A-Z](?P<it>\.)(?=\s[A-Z\d])")
_A_YEAR = re.compile(r"(?:1[0-9]|20)\d\d\b(?!,\d)")
_DEGREE = re.compile(r"\bPh\.\s?D\b\.?")


def _short(match: re.Match[str]) -> str | None:
    """What an abbreviation stands for, with its full stop kept where it also ends the sentence."""
    written = match[1]
    key = written.lower()
    if key not in _EN.abbreviations:
        return None
    text, end = match.string, match.end()
    follows = _FOLLOWS.match(text, end)
    after = follows[1] if follows else ""
    verse = _EN.tables["book"].get(key) if _VERSE.match(after) else None
    said = verse or _meaning(key, written, _before(match), after)
    if said is None:
        return None
    last = not text[end:].strip("\"'”’)] ")
    glued = " " if end < len(text) and text[end].isdigit() else ""
    return said + ("." if last else glued)


def _before(match: re.Match[str]) -> str:
    found = _PRECEDES.search(match.string, max(0, match.start() - 30), match.start())
    return found[1] if found else ""


def _meaning(key: str, written: str, before: str, after: str) -> str | None:
    capital = written[0].isupper()
    if key == "st":
        return _saint_or_street(written, before, after)
    if _EN.holds("before_number", key) and (_is_number(after) or (key == "no" and after == "of" and before)):
        denied = not capital and (key in ("art", "app", "tab") or before.lower().strip(",") in _EN.denies)
        return None if denied else _cased(_EN.tables["before_number"][key], capital)
    if (
        _EN.holds("title", key)
        and capital
        and (after[:1].isupper() or after in ("and", "&"))
        and not (key == "sr" and before[:1].isupper())
    ):
        return _EN.tables["title"][key]
    if _EN.holds("leads_on", key):
        return _leads_on(key, capital, before, after)
    if (
        _EN.holds("date", key)
        and capital
        and (_is_number(after) or (key != "mar" and (after or key not in _EN.also_words)))
    ):
        return _EN.tables["date"][key]
    return _plain_meaning(key, capital, before, after)


def _is_number(word: str) -> bool:
    bare = word.rstrip(".,;:)").lstrip("(")
    small = len(bare) > 1 and bare.islower()
    return bare[:1].isdigit() or (word != "I" and roman(bare.upper() if small else bare) is not None)


def _saint_or_street(written: str, before: str, after: str) -> str:
    named = before in _LISTS["streets"] or _NUMBERED_STREET.search(before)
    return "Saint" if written == "St" and after[:1].isupper() and not named else _cased("street", written[0] == "S")


def _leads_on(key: str, capital: bool, before: str, after: str) -> str | None:
    if key == "c":
        return "circa" if not capital and after[:1].isdigit() else None
    if key == "v":
        return "versus" if not capital and before[:1].isupper() and after[:1].isupper() else None
    if key in ("esp", "resp", "aka", "ie", "eg"):
        return None
    return _cased(_EN.tables["leads_on"][key], capital)


def _plain_meaning(key: str, capital: bool, before: str, after: str) -> str | None:
    if key == "est":
        return None if not after[:1].isdigit() else "established" if _A_YEAR.match(after) else "estimated"
    if key == "dr" and not _is_street_name(before):
        return _cased("doctor", capital)
    if _EN.holds("place", key) and "." not in key:
        return _EN.tables["place"][key] if capital and before.endswith(",") else None
    table = next((table for table in _PLAIN_TABLES if _EN.holds(table, key)), "")
    if not table or "." in key or key in _NOT_IN_WORDS or not _is_short_for(table, key, capital, before, after):
        return None
    return _cased(_EN.tables[table][key], capital)


def _is_short_for(table: str, key: str, capital: bool, before: str, after: str) -> bool:
    """Whether it is an abbreviation here, and not a word that ends a sentence."""
    if not capital and (table in ("company", "street") or key in _EN.also_words):
        return False
    if table == "street":
        return _is_street_name(before)
    return key not in ("rt", "ext", "tel") or after[:1].isdigit()


def _is_street_name(word: str) -> bool:
    return word[:1].isdigit() or (word[:1].isupper() and word.lower() not in _EN.starters)


def _cased(word: str, capital: bool) -> str:
    return word[0].upper() + word[1:] if capital else word


_STOP = frozenset(".")
RULES = (
    Rule("degree", ("a Ph.D. student", "a PhD student"), _DEGREE, says("PhD"), frozenset(["h."])),
    Rule("initial", ("A. Miller", "eh Miller"), _INITIAL_A, says("eh"), frozenset(["A."]), unless=Reads.INITIALS),
    Rule("letter", ("Plan A failed.", "Plan eh failed."), _LETTER_A, says("eh"),
         frozenset([" A"]), frozenset(["A ", "A,"]), suits=is_quiet),
    Rule("abbreviation", ("Dr. Smith lives on Main St.", "Doctor Smith lives on Main Street."), _SHORT, _short,
         _STOP),
    Rule("initial", ("George W. Bush", "George W Bush"), _INITIAL, says(""),
         pairs(CAPITALS, "."), pairs(BLANKS | {"."}, CAPITALS), unless=Reads.INITIALS),
    Rule("letters", ("the U.S. Senate", "the U.S Senate"), _ACRONYM_STOP, says(""),
         pairs(CAPITALS, "."), pairs(".", CAPITALS), unless=Reads.INITIALS),
)  # fmt: skip
