"""Ranks before a title: "Assoc. Prof. Lee", "Asst. Dist. Atty."."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "Assoc."."""
    token, stop = tokens[index], tokens[index + 1]
    said = tokens.vocabulary.table("ranks", "ranks")[token.text.lower()]
    titled = tokens.word(index + 3) in tokens.vocabulary.words("ranks", "ranked")
    if stop.text == "." and tokens[index + 2].kind is Kind.SPACE and titled and token.text[0].isupper():
        yield Reading(token.start, stop.end, "rank", Words(said), 0.95)


RANK = Recogniser(
    "rank",
    _propose,
    (("Assoc. Prof. Lee", "Associate Professor Lee"),),
    words=lambda known: known.table("ranks", "ranks"),
)
