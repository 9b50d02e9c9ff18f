"""Points of the compass: "12 km NW of town", "winds from the SW", "51.5074 N"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_DEGREES = re.compile(r"[0-9]{1,3}\.[0-9]{3,}")
"""With so many decimals they need no sign: "51.5074 N"."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    token, known = tokens[index], tokens.vocabulary
    name = known.table("names", "compass").get(token.text)
    if not name or tokens[index - 1].kind is not Kind.SPACE:
        return
    measured = tokens[index - 2].kind is Kind.WORD and tokens[tokens.before(index - 2)].kind is Kind.NUMERAL
    degrees = _DEGREES.fullmatch(tokens[index - 2].text)
    if degrees and not tokens.is_sign(index + 1, "-'’"):
        yield Reading(tokens[index - 2].end, token.end, "compass: coordinate", Words(f" {name}"), 0.9)
    if tokens[index + 1].text != " ":
        return
    side = len(token.text) == 2 and tokens.word(index + 2) in known.words("names", "sides")
    if side or (tokens.word(index + 2) == "of" and (len(token.text) > 1 or measured)):
        yield Reading(token.start, token.end, "compass", Words(name), 0.9)


COMPASS = Recogniser(
    "compass",
    _propose,
    (("12 km NW of town", "12 kilometers northwest of town"),),
    words=lambda known: {point.lower() for point in known.table("names", "compass")} - {"s"},  # of every "it's"
    with_number=True,
)
