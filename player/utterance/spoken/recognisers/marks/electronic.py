"""Addresses of mail and of the web: "jane.doe@example.com", "https://example.com/a/b", "example.com/a"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Electronic, Words

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_MACHINE = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_PATH = re.compile(r"[^\s<>\"”’)\]]*")
_BEHIND = re.compile(r"[.,;:!?…]*(?:[\s<>\"”’)\]]|$)")
_LAST = ".,;:!?…"
"""Belongs to the sentence where it is the last sign of an address."""
_MOST_TOKENS = 48
_SHORTEST = 5
"""Characters of a host's name that is no abbreviation."""


def _first(tokens: Tokens, index: int, signs: str) -> int:
    """Return the first token of the run of words, figures and these signs that ends before this one; bounded."""
    first = index
    while first > index - _MOST_TOKENS and (
        tokens[first - 1].kind in (Kind.WORD, Kind.NUMERAL) or tokens.is_sign(first - 1, signs)
    ):
        first -= 1
    return first


def _bracketed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where an address begins and ends, with the angle brackets around it: "<jane@example.com>"."""
    return (start - 1, end + 1) if text[start - 1 : start] == "<" and text[end : end + 1] == ">" else (start, end)


def _mail(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "@"."""
    first = _first(tokens, index, ".+-_")
    host = _HOST.match(tokens.text, tokens[index].end)
    if host and first < index:
        user = tokens.text[tokens[first].start : tokens[index].start]
        start, end = _bracketed(tokens.text, tokens[first].start, host.end())
        glued = start > 0 and start < tokens[first].start and not tokens.text[start - 1].isspace()
        value = Electronic(host[0], user, blank=glued)
        yield Reading(start, end, "e-mail address", value, 0.99)


MAIL = Recogniser(
    "e-mail address",
    _mail,
    (("jane.doe@example.com", "jane dot doe at example dot com"),),
    signs="@",
    languages=_LANGUAGES,
)


def _web(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "https" or "www"."""
    if tokens.text.startswith("://", tokens[index].end):
        at = tokens[index].end + 3
    elif tokens.word(index) == "www" and tokens.is_sign(index + 1, ".") and not tokens.is_sign(index - 1, "@./-"):
        at = tokens[index].start
    else:
        return
    if tokens.text.startswith("www.", at):
        at += 4
    host = _MACHINE.match(tokens.text, at)
    if host:
        end = host.end() + len(_rest(tokens.text, host.end()))
        start, end = _bracketed(tokens.text, tokens[index].start, end)
        yield Reading(start, end, "web address", Electronic(host[0].strip("-")), 0.99)


def _rest(text: str, at: int) -> str:
    """Return what goes on with an address here: port, path and query."""
    path = _PATH.match(text, at)
    return path[0].rstrip(_LAST) if path else ""


WEB = Recogniser(
    "web address",
    _web,
    (("https://example.com/a/b", "example dot com"),),
    words=lambda known: known.words("electronic", "openings"),
    languages=_LANGUAGES,
)


def _host(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the last point of a host's name."""
    end = tokens[index + 1]
    if end.text not in tokens.vocabulary.words("electronic", "endings"):
        return
    first = _first(tokens, index, ".-_")
    before = tokens[first - 1].text
    host = _HOST.match(tokens.text, tokens[first].start)
    if first == index or before in ("@", "/") or not host or host.end() != end.end or host[0][0] == ".":
        return
    rest = _rest(tokens.text, end.end) if tokens.is_sign(index + 2, "/") else ""
    if not _BEHIND.match(tokens.text, end.end + len(rest)) or tokens[first].text == "www":
        return
    sure = 0.97 if len(host[0]) >= _SHORTEST else 0.9  # "t.co", but Italian "p.za"
    yield Reading(tokens[first].start, end.end + len(rest), "web address", Electronic(host[0]), sure)


HOST = Recogniser(
    "web address",
    _host,
    (("example.com/a", "example dot com"),),
    signs=".",
    inner=True,
    languages=_LANGUAGES,
)


def _ending(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the point of ".com", "a .edu address", "ASP.NET"."""
    end, before = tokens[index + 1], tokens[index - 1]
    if end.kind is not Kind.WORD:
        return
    known = tokens.vocabulary
    opens = before.kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index - 1, "(“\"'‘")
    language = end.text in known.words("electronic", "platforms") and (opens or before.text.isupper())
    if not language and not (opens and end.text in known.words("electronic", "dotted")):
        return
    if tokens[index + 2].kind in (Kind.SPACE, Kind.EDGE) or _BEHIND.match(tokens.text, end.end):
        said = f"{'' if opens else ' '}{known.table('electronic')['dot']} {end.text.lower()}"
        yield Reading(tokens[index].start, end.end, "web address: ending", Words(said), 0.9)


ENDING = Recogniser(
    "web address",
    _ending,
    (("the .com boom", "the dot com boom"), ("ASP.NET", "ASP dot net")),
    signs=".",
    needs=lambda known: (f".{ending}" for ending in known.words("electronic", "all_dotted")),
)


def _at(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At an "@" that is no part of an address or a name: "@ 5pm"; not "@username"."""
    if tokens[index - 1].kind not in (Kind.SPACE, Kind.EDGE) and not tokens.is_sign(index - 1, '(."“'):
        return
    behind = tokens[index + 1]
    glued = tokens[index + 2].kind is Kind.WORD
    halves = tokens.vocabulary.words("calendar", "halves")
    hour = behind.kind is Kind.NUMERAL and len(behind.text) < 3 and (not glued or tokens.word(index + 2) in halves)
    if behind.kind is Kind.SPACE or hour:
        said = tokens.vocabulary.table("electronic")["at"]
        yield Reading(tokens[index].start, tokens[index].end, "at sign", Words(f"{said} "), 0.8)


AT = Recogniser("at sign", _at, (("Meet me @ 5.", "Meet me at 5."),), signs="@")
