"""German years, which engines say as counts: "im Jahr 1848" is "achtzehnhundertachtundvierzig"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.calendar_values import Year
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens

_FIRST, _END = 1100, 2000


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    figures = tokens[index].text
    if len(figures) != 4 or not figures.isdigit() or not _FIRST <= int(figures) < _END:
        return
    if tokens[index - 1].kind is not Kind.SPACE or tokens[index + 1].kind is Kind.WORD:
        return
    if tokens.word(tokens.before(index)) in tokens.vocabulary.words("years", "before"):
        yield Reading(tokens[index].start, tokens[index].end, "year: in words", Year(figures), 0.8)


YEAR = Recogniser(
    "year",
    _propose,
    (("im Jahr 1848", "im Jahr achtzehnhundertachtundvierzig"),),
    numerals=Beside.ANYTHING,
    languages=("de",),
)
