"""Inches behind a mark: 'ein 27"-Monitor', 'une jante 19" noire'."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.languages import CODES
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_MOST_FIGURES = 2
"""Before a decimal mark."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the mark; not where it may end a quotation, 'es war 1990".'."""
    figures, behind = tokens[index - 1], tokens[tokens.past_blank(index + 1)]
    free = tokens[index - 2].kind is Kind.SPACE or tokens.is_sign(index - 2, "(")
    if figures.kind is not Kind.NUMERAL or not free or tokens[index].start in tokens.closing_marks:
        return
    exact = "," in figures.text or "." in figures.text or tokens[index].text == "″" or tokens.is_sign(index + 1, "-")
    nouns = tokens.vocabulary.table("numbers").get("nouns_in_capitals")
    noun = behind.kind is Kind.WORD and tokens[index + 1].kind is Kind.SPACE and (behind.text[0].isupper() or not nouns)
    if len(figures.text.replace(".", ",").partition(",")[0]) <= _MOST_FIGURES and (exact or noun):
        said = str(tokens.vocabulary.table("numbers")["inches"])
        yield Reading(tokens[index].start, tokens[index].end, "mark: inches", Words(f" {said}"), 0.85)


INCH = Recogniser(
    "mark", _propose, (('ein 27"-Monitor', "ein 27 Zoll-Monitor"),), signs='"″', with_number=True, languages=CODES
)
