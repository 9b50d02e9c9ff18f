"""Pictures among letters: "It was fun 😀.", ":-)", "I ❤️ it", "So sweet <3"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Silent, Words

_BLOCKS = (
    range(0x1F000, 0x1FB00), range(0x2600, 0x2605), range(0x2607, 0x266D), range(0x2670, 0x2776), range(0x2794, 0x27C0),
    range(0x2B00, 0x2C00), range(0x23E9, 0x23FB), range(0x231A, 0x231C),
)  # fmt: skip
_PICTURES = frozenset(map(chr, chain.from_iterable(_BLOCKS)))
_JOINING = frozenset(map(chr, (0xFE0E, 0xFE0F, 0x20E3, *range(0xE0020, 0xE0080))))
"""Variations of the picture before them."""
_HEARTS = "❤♥🩷🧡💛💚💙🩵💜"
_EYES, _NOSES, _MOUTHS = ":;=", "-'^", ")(|DPp"
_ENDS = ".,!?"
_LONGEST_MOUTH = 8


def _start(tokens: Tokens, index: int) -> int:
    """Return where a picture begins: with the blank before it."""
    before = tokens[index - 1]
    return before.end - 1 if before.kind is Kind.SPACE else tokens[index].start


def _picture(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first of a row of pictures."""
    before = tokens[index - 1].text
    if before in _PICTURES or before in _JOINING:
        return
    at = index + 1
    while tokens[at].text in _PICTURES or tokens[at].text in _JOINING:
        at += 1
    start = _start(tokens, index) if tokens[index].text in _PICTURES else tokens[index].start
    yield Reading(start, tokens[at - 1].end, "emoji", Silent(), 0.97)


EMOJI = Recogniser(
    "emoji",
    _picture,
    (("It was fun 😀.", "It was fun."),),
    signs="".join(sorted(_PICTURES | _JOINING)),
    languages=(),
)


def _love(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a heart: "I ❤️ it"."""
    at = index + 2 if tokens[index + 1].text == "\ufe0f" else index + 1
    loved = tokens[at].kind is Kind.SPACE and tokens[at + 1].kind in (Kind.WORD, Kind.NUMERAL)
    blank = tokens[index - 1].kind is Kind.SPACE
    if loved and blank and tokens.word(index - 2) in tokens.vocabulary.words("mathematics", "lovers"):
        start = tokens[index - 1].start
        said = tokens.vocabulary.table("mathematics")["love"]
        yield Reading(start, tokens[at - 1].end, "emoji: heart", Words(f" {said}"), 0.99)


LOVE = Recogniser("emoji", _love, (("I ❤️ it", "I love it"),), signs=_HEARTS)


def _emoticon(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At its eyes: ":-)", ";)", ":D"."""
    if tokens[index - 1].kind not in (Kind.SPACE, Kind.EDGE):
        return
    first = index + 2 if tokens.is_sign(index + 1, _NOSES) else index + 1
    at = first
    while at < first + _LONGEST_MOUTH and tokens[at].text and tokens[at].text in _MOUTHS:
        at += 1
    if at > first and (tokens[at].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(at, _ENDS)):
        yield Reading(_start(tokens, index), tokens[at - 1].end, "emoji: typed", Silent(), 0.97)


EMOTICON = Recogniser(
    "emoji",
    _emoticon,
    (("It was fun :-)", "It was fun"),),
    signs=_EYES,
    needs=tuple(eyes + mouth for eyes in _EYES for mouth in _NOSES + _MOUTHS),
    languages=(),
)


def _face(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first eye of "^_^"."""
    free = tokens[index - 1].kind in (Kind.SPACE, Kind.EDGE) and tokens[index + 3].kind is not Kind.WORD
    if free and tokens[index + 1].text in ("_", "-", ".") and tokens[index + 2].text == "^":
        yield Reading(_start(tokens, index), tokens[index + 2].end, "emoji: typed", Silent(), 0.97)


FACE = Recogniser(
    "emoji",
    _face,
    (("Hope it helps! ^_^", "Hope it helps!"),),
    signs="^",
    needs=("^_^", "^-^", "^.^"),
    languages=(),
)


def _heart(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "I <3 you", "So sweet <3", "Scores <3 were dropped"."""
    if tokens[index + 1].text.strip("3") or tokens[index + 1].kind is not Kind.NUMERAL:
        return
    known = tokens.vocabulary
    before, after = tokens[tokens.before(index)], tokens[index + 2]
    word = before.text.lower()
    following = tokens[tokens.after(index + 1)]
    start, end = tokens[index].start, tokens[index + 1].end
    free = tokens[index - 1].kind in (Kind.SPACE, Kind.EDGE)
    compared = before.text.islower() and len(word) == 1 and not free  # "i<3"
    if (
        not compared
        and word in known.words("mathematics", "lovers")
        and following.kind is Kind.WORD
        and after.kind is Kind.SPACE
    ):
        yield Reading(start, end, "emoji: heart", Words(known.table("mathematics")["love"]), 0.95)
        return
    ends = not after.text.strip(" .,!?)")
    again = before.kind is Kind.NUMERAL and tokens.is_sign(tokens.before(index) - 1, "<")  # "<3 <3"
    if free and ends and following.kind is not Kind.NUMERAL and (again or before.kind is not Kind.NUMERAL):
        counted = following.kind is Kind.WORD and following.text.islower()
        compared = word in known.words("mathematics", "compared") or (before.kind is Kind.WORD and len(word) == 1)
        yield Reading(start, end, "emoji: heart", Silent(), 0.4 if counted or compared else 0.9)


HEART = Recogniser("emoji", _heart, (("I <3 you", "I love you"), ("So sweet <3", "So sweet")), signs="<")
