"""Versions and addresses of machines: "Python 3.11.2", "v2.1", "192.168.0.1", "802.11ac"; and decimals of zeros."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import number_of
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Number, Version, Words

_MOST_PARTS = 8


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    token = tokens[index]
    if "." not in token.text and _name_before(tokens, index, points=False) is None:
        return
    parts = tuple(token.text.split(".", _MOST_PARTS))
    if not all(part.isdecimal() for part in parts) or tokens.is_sign(index - 1, ".,$€£"):
        return
    named = _name_before(tokens, index, points=len(parts) > 1)
    first = index if named is None else named
    if tokens[first - 1].kind is Kind.WORD:
        return
    glued = tokens[index + 1]
    if glued.kind is Kind.WORD:
        if tokens.word(index + 1) in tokens.vocabulary.words("calendar", "halves") or tokens.is_sign(index + 2, "-+^"):
            return
        standard = parts[0] in tokens.vocabulary.words("telephone", "standards")
        if glued.text in "xX" and not standard:  # "1.2x10^5"
            return
        if (
            len(parts) == 2
            and len(glued.text) < 4
            and glued.text.isascii()
            and glued.text.isalpha()
            and not read_unit(tokens, index + 1)
        ):
            value = Version(parts, named is not None, glued.text)
            sure = 0.9 if standard else 0.6
            yield Reading(tokens[first].start, glued.end, "version: letters", value, sure)
        return
    if named is not None:
        yield Reading(tokens[first].start, token.end, "version: named", Version(parts, named=True), 0.9)
    elif len(parts) > 2:
        dated = len(parts) == 3 and len(parts[2]) == 4 and parts[2][:2] in ("19", "20")
        yield Reading(token.start, token.end, "version: points", Version(parts), 0.3 if dated else 0.8)
        if len(parts) == 4 and tokens.is_sign(index + 1, "/") and tokens[index + 2].kind is Kind.NUMERAL:
            said = tokens.vocabulary.table("electronic", "paths")["slash"]
            yield Reading(glued.start, glued.end, "version: mask", Words(f" {said} "), 0.9)
    elif len(parts) == 2 and not parts[1].strip("0") and glued.text != "%":
        number = number_of(token.text)
        if isinstance(number, Number):
            yield Reading(token.start, token.end, "version: point zero", number, 0.6)


def _name_before(tokens: Tokens, index: int, *, points: bool) -> int | None:
    """Return the index of a "v" or "ver." before a number; None when there is none. A "V" needs points: "a V8
    engine"."""
    at = index - 1
    if tokens[at].kind is Kind.SPACE:
        at -= 1
    if tokens.is_sign(at, "."):
        at -= 1
    glued = at == index - 1
    written = tokens[at].text
    if (written == "v" and (points or glued)) or written == "ver" or (written == "V" and points and glued):
        return at
    return None


VERSION = Recogniser(
    "version",
    _propose,
    (("Python 3.11.2", "Python 3 point 11 point 2"), ("v2.1", "version 2.1"), ("802.11ac", "802 point 11 eh C")),
    numerals=Beside.POINT | Beside.AFTER_WORD,
)
