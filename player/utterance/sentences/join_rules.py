"""Rules that join what was split too eagerly: at each boundary, the first rule with an opinion decides.

Each rule returns True (one sentence: join), False (two sentences) or None (no opinion). They stand in
order of their certainty, and each shows in its docstring what it is for; "|" marks the boundary.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from player.utterance.sentences import join_after_abbreviation as after
from player.utterance.sentences import join_at_marks as at_marks
from player.utterance.sentences import join_in_citations as in_citations
from player.utterance.sentences.boundary import Boundary, Rule
from player.utterance.sentences.language import language_of
from player.utterance.sentences.words import Word

_AT_MARKS: tuple[Rule, ...] = (
    at_marks.closing_mark,
    at_marks.spaced_closing_quote,
    at_marks.goes_on_after_bracket,
    at_marks.list_mark,
    at_marks.nothing_yet,
    at_marks.unmarked,
    at_marks.spaced_ellipsis,
    at_marks.said_after_quote,
    at_marks.dialogue,
    at_marks.goes_on_after_dash,
    at_marks.question_or_exclamation,
    at_marks.ellipsis,
)
"""In the order in which they are asked; then those about the word before the boundary."""
_AT_FULL_STOPS: tuple[Rule, ...] = (
    at_marks.goes_on_after_bracket,
    at_marks.list_mark,
    at_marks.nothing_yet,
    at_marks.said_after_quote,
)
"""Rules that may decide between a word with a full stop and the word that follows."""
_LONGEST_ORDINAL = 6
_AFTER_WORDS: tuple[tuple[Rule, Callable[[Word], bool]], ...] = (
    (in_citations.reference, lambda word: word.known or word.dotted or len(word.last) <= 1),
    (in_citations.section, lambda word: word.capital and word.short),
    (in_citations.volume, lambda word: word.capital and word.language.code == "en"),
    (in_citations.before_abbreviation, lambda word: word.capital),
    (after.in_brackets, lambda word: word.short and word.last.islower()),
    (after.dash_after_abbreviation, lambda word: word.known or word.initials),
    (after.ordinal, lambda word: word.language.ordinals and len(word.last) <= _LONGEST_ORDINAL),
    (after.title, lambda word: word.is_in("title")),
    (after.postscript, lambda word: word.last.lower() in word.language.postscripts),
    (after.leads_on, lambda word: word.is_in("leads_on")),
    (in_citations.numbered, lambda word: word.is_in("before_number")),
    (after.month_or_day, lambda word: word.is_in("date")),
    (in_citations.verse, lambda word: word.is_in("book")),
    (after.measured, lambda word: word.is_in("unit")),
    (after.old_money, lambda word: word.old_coin),
    (after.time_of_day, lambda word: word.is_in("time")),
    (after.era, lambda word: word.key in word.language.eras),
    (after.initials, lambda word: word.initials),
    (after.inside, lambda word: word.is_in("company", "degree", "place", "street", "other")),
    (after.dotted, lambda word: word.dotted),
    (after.no_vowel, lambda word: word.unspoken),
    (after.no_ending, lambda word: word.cut_off),
    (after.shortened, lambda word: (word.short or "/" in word.last) and word.language.code != "en"),
)
"""In the order in which they are asked, and the words that each is about: most words concern two or three."""
_OPENS = '"“‘('
LONGEST_LIST_MARK = 12
"""Characters of "2.1. Terms.", which may be no sentence."""


def joins(boundary: Boundary) -> bool:
    """True when the two sides are one sentence after all."""
    for rule in _rules_at_marks(boundary):
        opinion = rule(boundary)
        if opinion is not None:
            return opinion
    figures = "0" * len(boundary.last) if boundary.last.isdecimal() else ""
    for rule in _rules_about(figures or boundary.last, figures or boundary.key, boundary.language.code):
        opinion = rule(boundary)
        if opinion is not None:
            return opinion
    return False


def _rules_at_marks(boundary: Boundary) -> tuple[Rule, ...]:
    if boundary.marks != "." or not (boundary.right.isalnum() or boundary.right in _OPENS):
        return _AT_MARKS
    plain = boundary.left[-1] == "." and boundary.end - boundary.start > LONGEST_LIST_MARK
    return () if plain else _AT_FULL_STOPS


@lru_cache(maxsize=4096)
def _rules_about(last: str, key: str, code: str) -> tuple[Rule, ...]:
    """Return the rules that may have an opinion after a word, as written and as the tables of a language have it."""
    language = language_of(code)
    word = Word(last, key, language, key in language.abbreviations)
    return tuple(rule for rule, concerns in _AFTER_WORDS if concerns(word))
