"""Letters of formulas with a sign above: "x̄", "p̂", "ŷ"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the sign behind a letter that stands by itself; not in "jalapen̄o"."""
    letter = tokens[index - 1]
    alone = letter.kind is Kind.WORD and len(letter.text) == 1 and tokens[index - 2].kind is not Kind.WORD
    goes_on = tokens[index + 1].kind is Kind.WORD or unicodedata.combining(tokens[index + 1].text[:1] or " ")
    if alone and not goes_on:
        said = tokens.vocabulary.table("mathematics", "accents")[tokens[index].text]
        yield Reading(tokens[index].start, tokens[index].end, "mathematics: accent", Words(f" {said}"), 0.9)


ACCENT = Recogniser("mathematics", _propose, (("x̄ and p̂", "x bar and p hat"),), signs="\u0302\u0303\u0304\u0305\u0307")
