"""Hashtags: "#metoo", "#BlackLivesMatter", "#ClimateAction2024"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Hashtag

_WORD = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_MOST_TOKENS = 12
_LONGEST_ENDING = 3
"""Letters behind a number: "#1st", "#5km" are none."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "#"."""
    before = tokens[index - 1]
    if before.kind in (Kind.WORD, Kind.NUMERAL) or before.text in ("&", "_", "#"):
        return
    numbered = tokens[index + 1].kind is Kind.NUMERAL and len(tokens.word(index + 2)) > _LONGEST_ENDING
    if tokens[index + 1].kind is not Kind.WORD and not numbered:
        return
    at = index + 1
    while at < index + _MOST_TOKENS and _goes_on(tokens, at):
        at += 1
    written = tokens.text[tokens[index + 1].start : tokens[at - 1].end]
    if numbered:
        written = tokens.text[tokens[index + 2].start : tokens[at - 1].end]
    words = [word for part in written.split("_") for word in (_split(part) or [part])]
    words = [tokens[index + 1].text, *words] if numbered else words
    if len(words) > 1:
        value = Hashtag(tuple(words))
        yield Reading(tokens[index].start, tokens[at - 1].end, "hashtag: words", value, 0.9)
    else:
        yield Reading(tokens[index].start, tokens[index].end, "hashtag", Hashtag(()), 0.8)


def _goes_on(tokens: Tokens, index: int) -> bool:
    token = tokens[index]
    if token.kind is Kind.NUMERAL:
        return token.text.isdecimal()
    return token.kind is Kind.WORD or (token.text == "_" and tokens[index + 1].kind in (Kind.WORD, Kind.NUMERAL))


def _split(written: str) -> list[str]:
    """Return the words of "BlackLivesMatter", where capitals tell them apart."""
    words = _WORD.findall(written)
    whole = "".join(words) == written
    year = len(words) == 2 and words[1].isdecimal() and len(words[1]) != 4
    return [] if not whole or year or (len(words) == 2 and words[0].isdecimal()) else words


HASHTAG = Recogniser(
    "hashtag",
    _propose,
    (("#BlackLivesMatter", "hashtag Black Lives Matter"), ("#metoo", "hashtag metoo")),
    signs="#",
    languages=(),
)
