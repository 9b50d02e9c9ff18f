"""Leavings of markup: tags, and links of Markdown, of which only the text is said; names in pointed brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Tokens
from player.utterance.spoken.values import Silent
from player.utterance.spoken.vocabulary import vocabulary

_TAG = re.compile(r"</?(?P<name>[a-zA-Z][\w:-]*)(?P<more>[\s/][^<>]{0,60})?>")
_NAME = re.compile(r"<(?:@?\w[\w.-]*|(?<!\w<)\w[\w-]+(?: \w[\w-]+){1,5}(?!>\w))>")
"""What stands for something: "<username>", "<your name>", "Vec<T>"; who speaks in a chat: "<@ann>"."""
_ADDRESS = re.compile(r"<[a-zA-Z]+:[^\s<>]{1,2000}>")
"""Beside what it leads to: "Ann <mailto:ann@example.com>"."""
_AFTER = 12
"""Characters behind a tag in which it may be called one."""
_TARGET = re.compile(r"\]\([^()\s]{0,2000}\)")


def _tag(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "<"."""
    start = tokens[index].start
    match = _TAG.match(tokens.text, start)
    if match and _is_markup(tokens, match):
        element, known = match["name"].lower(), vocabulary("en")
        parts = element in known.words("electronic", "breaking_elements")
        foreign = (
            element not in known.words("electronic", "elements")
            and tokens.text[match.end() : match.end() + 1].isalnum()
        )
        yield Reading(start, match.end(), "tag", Silent(blank=parts or foreign), 0.98)
    elif address := _ADDRESS.match(tokens.text, start):
        yield Reading(start, address.end(), "tag: address", Silent(), 0.98)
    elif name := _NAME.match(tokens.text, start):
        yield from _brackets(tokens.text, start, name.end())


def _brackets(text: str, start: int, end: int) -> Iterator[Reading]:
    """Yield the brackets of text[start:end], with the blanks around: so the signs "less" and "greater" have them."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    yield Reading(start - (before == " "), start + 1, "tag: name", Silent(before.isalnum() or before == " "), 0.98)
    yield Reading(end - 1, end + (after == " "), "tag: name", Silent(after.isalnum() or after == " "), 0.98)


def _is_markup(tokens: Tokens, tag: re.Match[str]) -> bool:
    """Return True for a tag, but for one that the sentence is about: "the <img> tag"."""
    known = vocabulary("en")  # of HTML, whatever the text's language
    if tag[0][1] == "/" or "=" in (tag["more"] or "") or tag["more"] == "/":  # "</b>", "<noise/>"
        return True
    following = tokens.text[tag.end() : tag.end() + _AFTER].lstrip(" -").partition(" ")[0].strip(".,;:!?)")
    return (
        tag["name"].lower() in known.words("electronic", "elements")
        and not (tag["more"] or "").strip(" /")
        and following.lower() not in known.words("electronic", "of_elements")
    )


TAG = Recogniser(
    "tag",
    _tag,
    (("<b>bold</b>", "bold"), ("Replace <username> here", "Replace username here")),
    signs="<",
    languages=(),
)


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
