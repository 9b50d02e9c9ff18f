"""Rules that join what was split too eagerly: at each boundary, the first rule with an opinion decides.

Each rule returns True (one sentence: join), False (two sentences) or None (no opinion). They stand in
order of their certainty, and each shows in its docstring what it is for; "|" marks the boundary.
"""

from __future__ import annotations

from collections.abc import Callable

from player.utterance.sentences import join_after_abbreviation as at_abbreviations
from player.utterance.sentences import join_at_marks as at_marks
from player.utterance.sentences.boundary import Boundary

Rule = Callable[[Boundary], bool | None]

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
_AFTER_ABBREVIATIONS: tuple[Rule, ...] = (
    at_abbreviations.reference,
    at_abbreviations.in_brackets,
    at_abbreviations.dash_after_abbreviation,
    at_abbreviations.ordinal,
    at_abbreviations.title,
    at_abbreviations.postscript,
    at_abbreviations.leads_on,
    at_abbreviations.numbered,
    at_abbreviations.month_or_day,
    at_abbreviations.verse,
    at_abbreviations.measured,
    at_abbreviations.old_money,
    at_abbreviations.time_of_day,
    at_abbreviations.era,
    at_abbreviations.initials,
    at_abbreviations.inside,
    at_abbreviations.dotted,
    at_abbreviations.no_vowel,
    at_abbreviations.no_ending,
    at_abbreviations.shortened,
)
RULES = _AT_MARKS + _AFTER_ABBREVIATIONS
"""In the order in which they are asked."""

_PLAIN_LENGTH = 7
"""A word of so many letters that no table holds is no abbreviation."""


def joins(boundary: Boundary) -> bool:
    """True when the two sides are one sentence after all."""
    for rule in _AT_MARKS if _ends_plainly(boundary) else RULES:
        opinion = rule(boundary)
        if opinion is not None:
            return opinion
    return False


def _ends_plainly(boundary: Boundary) -> bool:
    """True after a long word that is no abbreviation: half of the time goes into finding out what follows one."""
    word, language = boundary.key, boundary.language
    return len(word) >= _PLAIN_LENGTH and word.isalpha() and word not in language.abbreviations and not language.endings
