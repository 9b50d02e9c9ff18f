"""Scores of cricket: "245-6 at stumps", "took 5-43", "3/27 in the first innings"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Pair

_AROUND = 24
"""Tokens away at most a word that speaks of cricket may be."""
_WICKETS = 10
_MOST_FIGURES = 5


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Yield a score at its first number: runs and wickets ("245-6"), or wickets and runs ("5-43")."""
    joint, last = tokens[index + 1].text, tokens[index + 2]
    first = tokens[index].text
    if not joint or joint not in "-–/" or not (first.isdecimal() and last.text.isdecimal()):
        return
    if len(first + last.text) > _MOST_FIGURES:
        return
    free = tokens[index - 1].kind is not Kind.WORD and not tokens.is_sign(index - 1, "-–/.,")
    if not free or tokens[index + 3].kind is Kind.WORD or tokens.is_sign(index + 3, "-–/"):
        return
    runs, out = int(first), int(last.text)
    if not (runs > out <= _WICKETS or runs <= _WICKETS < out):
        return
    around = range(max(index - _AROUND, 0), index + _AROUND)
    if not tokens.is_sign(tokens.after(index + 2), "=") and any(_speaks_of_it(tokens, at) for at in around):
        yield Reading(tokens[index].start, last.end, "cricket", Pair(first, "for", last.text), 0.97)


def _speaks_of_it(tokens: Tokens, index: int) -> bool:
    """Return True for a word of cricket, but for "10 innings", which are of baseball."""
    word, known = tokens.word(index), tokens.vocabulary
    counted = word in known.words("joints", "also_baseball") and tokens[tokens.before(index)].kind is Kind.NUMERAL
    return word in known.words("joints", "cricket") and not counted


CRICKET = Recogniser(
    "cricket",
    _propose,
    (("245-6 at stumps", "245 for 6 at stumps"), ("took 5/43 in their innings", "took 5 for 43 in their innings")),
    numerals=Beside.DASH | Beside.SLASH,
)
