"""Leavings of markup: tags, and links of Markdown, of which only the text is said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Tokens
from player.utterance.spoken.values import Silent

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,60}>")
_TARGET = re.compile(r"\]\([^()\s]{0,2000}\)")


def _tag(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "<"."""
    match = _TAG.match(tokens.text, tokens[index].start)
    if match:
        yield Reading(match.start(), match.end(), "tag", Silent(), 0.98)


TAG = Recogniser("tag", _tag, (("<b>bold</b>", "bold"),), signs="<", languages=())


def _link(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the bracket that closes its text."""
    match = _TARGET.match(tokens.text, tokens[index].start) if tokens[index + 1].text == "(" else None
    if not match or index == 0:
        return
    yield Reading(match.start(), match.end(), "link: target", Silent(), 0.99)
    opening = tokens.places_of("[")
    nearest = bisect_left(opening, match.start()) - 1
    if nearest < 0:
        return
    start = opening[nearest]
    closing = tokens.places_of("]")
    if closing[bisect_left(closing, start)] == match.start():
        picture = start > 0 and tokens.text[start - 1] == "!"
        yield Reading(start - picture, start + 1, "link: text", Silent(), 0.99)


LINK = Recogniser("link", _link, (("[text](/x/)", "text"),), signs="]", languages=())
