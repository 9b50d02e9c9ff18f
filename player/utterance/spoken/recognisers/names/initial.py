"""Letters with a full stop, and "A" alone: "George W. Bush", "the U.S. Senate", "A. Miller", "Plan A failed."."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Initials, Words
from player.utterance.spoken.vocabulary import Vocabulary

_MOST_LETTERS = 5
_GLUED = ".'’_"


def _is_letter(tokens: Tokens, index: int) -> bool:
    text = tokens[index].text
    return len(text) == 1 and "A" <= text <= "Z"


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first letter."""
    if (
        not _is_letter(tokens, index)
        or tokens.is_sign(index - 1, _GLUED)
        or tokens[index - 1].kind in (Kind.WORD, Kind.NUMERAL)
    ):
        return
    last = index
    while last < index + 2 * _MOST_LETTERS and tokens[last + 1].text == "." and _is_letter(tokens, last + 2):
        last += 2
    blank = tokens[last + 2].kind is Kind.SPACE
    following = tokens[last + 3] if blank else tokens[last + 2]
    named = "A" <= following.text[:1] <= "Z"
    if last > index:
        numbered = following.kind is Kind.NUMERAL
        known = tokens[last + 1].text == "." and blank and (named or numbered)
    else:
        known = named and (blank or following.text[1:2].islower()) and not _is_numeral(tokens, index)
    if known and last < index + 2 * _MOST_LETTERS:
        letters = tuple(tokens[at].text for at in range(index, last + 1, 2))
        yield Reading(tokens[index].start, tokens[last + 1].end, "initial", Initials(letters), 0.85)


def _is_numeral(tokens: Tokens, index: int) -> bool:
    """Return True if the letter counts what is before it: "Act I. Scene II."."""
    counted = tokens.word(tokens.before(index)) in tokens.vocabulary.folded("names", "counted")
    return counted and tokens[index].text in "IVX"


def _letters(_: Vocabulary) -> str:
    return "abcdefghijklmnopqrstuvwxyz"


INITIAL = Recogniser(
    "initial",
    _propose,
    (("George W. Bush", "George W Bush"), ("A. Miller", "eh Miller"), ("the U.S. Senate", "the U.S Senate")),
    stopped=_letters,
)


def _letter(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At an "A" that is no article: "Plan A failed."."""
    before = tokens[index - 2].text
    comma = tokens[index + 1].text == ","
    blank, following = tokens[index + 2 if comma else index + 1], tokens[index + 3 if comma else index + 2]
    if tokens[index].text != "A" or tokens[index - 1].text != " " or blank.text != " ":
        return
    ends = before[-1:].islower() or before[-1:].isdecimal()
    if ends and before.isascii() and following.text[:1].islower() and not tokens.is_shouted:
        yield Reading(tokens[index].start, tokens[index].end, "letter", Words("eh"), 0.8)


LETTER = Recogniser(
    "letter", _letter, (("Plan A failed.", "Plan eh failed."),), words=lambda _: "a", needs=(" A ", " A,")
)
