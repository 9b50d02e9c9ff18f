"""Names of files: "notes.txt", "archive.tar.gz", "node.js"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Electronic

_MOST_TOKENS = 16
_GLUED = "/@\\:.#"


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the last point."""
    end = tokens[index + 1]
    if end.text not in tokens.vocabulary.words("electronic", "files"):
        return
    after = tokens[index + 2]
    goes_on = after.text == "." and tokens[index + 3].kind in (Kind.WORD, Kind.NUMERAL)
    if goes_on or after.kind is Kind.NUMERAL or tokens.is_sign(index + 2, "_-@/("):
        return
    first = index
    while first > index - _MOST_TOKENS and (
        tokens[first - 1].kind in (Kind.WORD, Kind.NUMERAL) or tokens.is_sign(first - 1, ".-_")
    ):
        first -= 1
    lettered = len(end.text) == 1 and len(tokens[index - 1].text) == 1 and tokens[index - 1].kind is Kind.WORD
    if lettered and tokens[index - 2].kind is not Kind.SIGN and tokens.is_sign(index + 2, "."):
        return  # "500 c.c."
    lettered = lettered and tokens.is_sign(index - 2, ".") and len(tokens[index - 3].text) == 1  # "60 m.p.h."
    if first < index and not lettered and not tokens.is_sign(first - 1, _GLUED) and tokens[first].kind is not Kind.SIGN:
        name = tokens.text[tokens[first].start : end.end]
        yield Reading(tokens[first].start, end.end, "file name", Electronic(name, file=True), 0.9)


FILE_NAME = Recogniser(
    "file name",
    _propose,
    (("see notes.txt now", "see notes dot txt now"), ("node.js", "node dot J S")),
    signs=".",
    inner=True,
)
