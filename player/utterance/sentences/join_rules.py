"""Rules that join what was split too eagerly: at each boundary, the first rule with an opinion decides.

Each rule returns True (one sentence: join), False (two sentences) or None (no opinion). They stand in
order of their certainty, and each shows in its docstring what it is for; "|" marks the boundary.
"""

from __future__ import annotations

from player.utterance.sentences import join_at_marks as at_marks
from player.utterance.sentences.boundary import Boundary, Rule
from player.utterance.sentences.join_after_abbreviation import rules_about

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
"""Those of them that may have an opinion between a word with a full stop and one that follows."""
_OPENS = '"“‘('
_LONGEST_LIST_MARK = 12


def joins(boundary: Boundary) -> bool:
    """True when the two sides are one sentence after all."""
    for rule in _rules_at_marks(boundary):
        opinion = rule(boundary)
        if opinion is not None:
            return opinion
    for rule in rules_about(boundary.last, boundary.key, boundary.language.code):
        opinion = rule(boundary)
        if opinion is not None:
            return opinion
    return False


def _rules_at_marks(boundary: Boundary) -> tuple[Rule, ...]:
    if boundary.marks != "." or not (boundary.right.isalnum() or boundary.right in _OPENS):
        return _AT_MARKS
    plain = boundary.left[-1] == "." and boundary.end - boundary.start > _LONGEST_LIST_MARK
    return () if plain else _AT_FULL_STOPS
