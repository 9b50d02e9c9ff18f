"""German years, which engines say as counts: "im Jahr 1848" is "achtzehnhundertachtundvierzig"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary

_FIRST, _END = 1100, 2000


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    figures = tokens[index].text
    if len(figures) != 4 or not figures.isdigit() or not _FIRST <= int(figures) < _END:
        return
    if tokens[index - 1].kind is not Kind.SPACE or tokens[index + 1].kind is Kind.WORD:
        return
    if tokens.word(tokens.before(index)) in tokens.vocabulary.words("years", "before"):
        said = _in_words(int(figures), tokens.vocabulary)
        yield Reading(tokens[index].start, tokens[index].end, "year: in words", Words(said), 0.8)


def _in_words(year: int, known: Vocabulary) -> str:
    """ "neunzehnhundert", "achtzehnhundertachtundvierzig"."""
    table = known.table("years")
    ones, tens = str(table["ones"]).split(), str(table["tens"]).split()
    high, low = divmod(year, 100)
    said = f"{ones[high - 1]}hundert"
    if not low:
        return said
    if low < 20:
        return said + ones[low - 1]
    ten, one = divmod(low, 10)
    last = tens[ten - 2]
    return said + (("ein" if one == 1 else ones[one - 1]) + "und" if one else "") + last


YEAR = Recogniser(
    "year",
    _propose,
    (("im Jahr 1848", "im Jahr achtzehnhundertachtundvierzig"),),
    numerals=Beside.ANYTHING,
    languages=("de",),
)
