"""What a number follows, written short without a full stop: "the No 5 shirt", "Fig 2"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.grammar import is_plural
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    token = tokens[index]
    number = tokens[index + 2]
    shouted = token.text.isupper() and not tokens.is_shouted and _is_capital(tokens[index - 2].text)  # "Highway NO 14"
    if (
        not (token.text.istitle() or shouted or token.text in tokens.vocabulary.words("numbered", "small"))
        or tokens[index + 1].kind is not Kind.SPACE
        or number.kind is not Kind.NUMERAL
    ):
        return
    said = tokens.vocabulary.table("numbered", "numbered")[token.text.lower()]
    said = said.lower() if token.text.islower() else said
    sure = 0.85
    if token.text in tokens.vocabulary.words("numbered", "also_words"):
        before = tokens[index - 2].text
        within = tokens[index - 1].text == " " and (before[-1:].islower() or before == "," or before.isdecimal())
        minister = number.text == "10" and not is_plural(tokens, tokens.after(index + 2))
        sure = 0.85 if within or minister else 0.3
    yield Reading(token.start, token.end, "number", Words(said), sure)


def _is_capital(word: str) -> bool:
    return word.isdecimal() or (word[:1].isupper() and len(word) > 1)


NUMBERED_NAME = Recogniser(
    "number",
    _propose,
    (("the No 5 shirt", "the Number 5 shirt"), ("Fig 2", "Figure 2")),
    words=lambda known: known.table("numbered", "numbered"),
    with_number=True,
)
