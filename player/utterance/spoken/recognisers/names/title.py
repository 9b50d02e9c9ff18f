"""Titles without a full stop: "Ms Smith", "Lt Lee", "Martin Luther King Jr said"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words


def _title(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a title before a name."""
    token, name = tokens[index], tokens[index + 2]
    if not token.text.istitle() or tokens[index + 1].text != " " or tokens[index - 1].kind is Kind.NUMERAL:
        return
    known = tokens.vocabulary
    generation = name.text.startswith(tuple(known.words("titles", "generations"))) and token.text == "Gen"
    if name.kind is Kind.WORD and name.text[0].isupper() and name.text[1:2].islower() and not generation:
        said = known.table("titles", "bare")[token.text.lower()]
        yield Reading(token.start, token.end, "title", Words(said), 0.85)


TITLE = Recogniser("title", _title, (("Ms Smith", "Miz Smith"),), words=lambda known: known.table("titles", "bare"))


def _junior(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "Jr" or "Sr" behind a name."""
    token, before = tokens[index], tokens[index - 2]
    named = before.text[-1:].islower() or before.text == ","
    if token.text.istitle() and tokens[index - 1].text == " " and named and not tokens.is_sign(index + 1, ".-"):
        said = tokens.vocabulary.table("titles", "behind")[token.text.lower()]
        yield Reading(token.start, token.end, "title: behind name", Words(said), 0.9)


JUNIOR = Recogniser(
    "title",
    _junior,
    (("Martin Luther King Jr said", "Martin Luther King Junior said"),),
    words=lambda known: known.table("titles", "behind"),
)
