"""A slash between words, which voices of some languages name: Spanish "y/o", Italian "e/o", Dutch "hij/zij"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_GLUED = "/.:-@_\\"
_SHORTEST = 3
"""Letters of a word that is no unit."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the slash."""
    left, right = tokens[index - 1], tokens[index + 1]
    if left.kind is not Kind.WORD or right.kind is not Kind.WORD:
        return
    if tokens.is_sign(index - 2, _GLUED) or tokens.is_sign(index + 2, "/-@_:\\"):
        return
    known, pair = tokens.vocabulary, f"{left.text}/{right.text}".lower()
    if pair in known.words("slashes", "together"):
        said = " "
    elif pair in known.words("slashes", "or"):
        said = str(known.table("slashes")["between"])
    elif min(len(left.text), len(right.text)) >= _SHORTEST and tokens[index + 2].text != ".":
        said = ", "
    else:
        return
    yield Reading(tokens[index].start, tokens[index].end, "slash", Words(said), 0.8)


SLASH = Recogniser(
    "slash", _propose, (("y/o", "y o"), ("él/ella", "él o ella")), signs="/", languages=("es", "it", "nl")
)
