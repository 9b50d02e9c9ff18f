"""Ordinals: the law's "2d Cir.", and two with a dash: "the 17th-18th centuries"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.grammar import is_ordinal_ending
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import read_month
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Joint, Numbered

_LARGEST = 99
"""That is put into words."""


def _legal(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the "d" of "2d Cir.", "the 3d ed."."""
    number, known = tokens[index - 1], tokens.vocabulary
    free = tokens.is_free(index - 1)
    if not number.text.isdecimal() or number.text[-1] not in "23" or int(number.text[:3]) > _LARGEST or not free:
        return
    dated = tokens.word(index + 2) == "of" and bool(read_month(tokens, index + 4))  # "the 2d of June"
    teens = number.text[-2:] in ("12", "13")
    led = tokens.word(index - 3) == "the" and tokens[index + 2].kind is Kind.WORD and not teens
    named = tokens.word(index + 2) in known.words("numbers", "behind_legal")
    if tokens[index + 1].kind is Kind.SPACE and (named or (led and (dated or len(number.text) > 1))):
        value = Numbered(int(number.text), "ordinal")
        yield Reading(number.start, tokens[index].end, "ordinal: legal", value, 0.9)


LEGAL = Recogniser(
    "ordinal", _legal, (("the 2d Cir. held", "the second Circuit held"),), words=lambda _: ("d",), with_number=True
)


def _range(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the ending of the first."""
    first, last = tokens[index - 1], tokens[index + 2]
    dashed = tokens.is_sign(index + 1, "-–") and is_ordinal_ending(tokens, index + 3)
    if dashed and first.text.isdecimal() and last.text.isdecimal() and int(first.text[:5]) < int(last.text[:5]):
        yield Reading(tokens[index].end, last.start, "range: ordinals", Joint("to"), 0.9)


ORDINAL_RANGE = Recogniser(
    "range",
    _range,
    (("the 17th-18th centuries", "the 17th to 18th centuries"),),
    words=lambda known: known.words("numbers", "ordinal_endings"),
    with_number=True,
)
