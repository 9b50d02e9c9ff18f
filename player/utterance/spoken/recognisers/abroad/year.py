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
    if len(figures) != 4 or not figures.isdecimal() or not _FIRST <= int(figures) < _END:
        return
    ended = tokens.word(index + 1) in tokens.vocabulary.words("years", "decades")
    if ended and figures[-1] == "0" and tokens[index - 1].kind is not Kind.WORD:
        yield Reading(tokens[index].start, tokens[index].end, "year: decade", Year(figures), 0.9)
    dashed = tokens.is_sign(index - 1, "-–") and tokens[index - 2].kind is Kind.NUMERAL
    free = tokens.is_free(index) or dashed
    if not free or tokens[index + 1].kind is Kind.WORD:
        return
    dash = tokens.past_blank(index + 1)
    last = tokens[tokens.past_blank(dash + 1)].text
    spans = tokens.is_sign(dash, "-–") and len(last) == 4 and figures < last < "2100"
    spans |= tokens.is_sign(index + 1, "-–") and len(last) == 2 and last.isdecimal() and last > figures[2:]  # "1914–18"
    before = tokens.before(index)
    earlier = tokens[tokens.before(before)].text
    spanned = tokens.is_sign(before, "-–") and len(earlier) == 4 and earlier.isdecimal() and "1100" <= earlier < figures
    spans = spans or (tokens.is_sign(index + 1, "/") and len(last) == 2 and last.isdecimal())  # "1914/18"
    before = before - 1 if tokens.is_sign(before, ".") else before  # "geb. 1749"
    led = tokens.word(before) in tokens.vocabulary.words("years", "before") or _is_told(tokens, before, index)
    if spans or spanned or led:
        yield Reading(tokens[index].start, tokens[index].end, "year: in words", Year(figures), 0.8)


def _is_told(tokens: Tokens, before: int, index: int) -> bool:
    """ "Er wurde 1879 in Ulm geboren"; not "Es waren 1879 Menschen"."""
    follows = tokens[tokens.after(index)].text
    told = tokens.word(before) in tokens.vocabulary.words("years", "before_small")
    return told and follows.islower() and follows not in tokens.vocabulary.words("years", "counted")


YEAR = Recogniser(
    "year",
    _propose,
    (("im Jahr 1848", "im Jahr achtzehnhundertachtundvierzig"),),
    numerals=Beside.ANYTHING,
    languages=("de",),
)
