"""Dashes between words, which part them, and dots with blanks: "He left—she stayed.", "Paris–London", ". . ."."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.grammar import is_ordinal_ending, is_plural
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import read_month
from player.utterance.spoken.tokens import NO_WIDTH, Kind, Token, Tokens
from player.utterance.spoken.values import Joint, Pause, Silent, Words

_DASHES = "-–—―"
_ALPHABET = "AZ"
_NO_WORDS = '–—.,;:!?)]”’"-'
"""Behind a dash these leave it as it is."""
_OPENING = "(“‘\"'"


def _dash(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first of a row of dashes."""
    if f"{tokens[index - 1].text}{tokens[index + 1].text}".upper() == _ALPHABET and tokens.vocabulary.code == "en":
        yield Reading(tokens[index].start, tokens[index].end, "range: letters", Joint("to"), 0.9)  # "A-Z"
    joined = tokens[index].text == "-" and Kind.WORD is tokens[index - 1].kind is tokens[index + 1].kind
    if joined or tokens.is_sign(index - 1, _DASHES):  # "well-known"
        return
    last = index
    while tokens.is_sign(last + 1, _DASHES):
        last += 1
    left, right = tokens[index - 1], tokens[last + 1]
    before = tokens[index - 2] if left.text == " " else left
    if left.kind is Kind.SPACE and last == index + 1 and right.text.islower() and tokens[index].text == "-":
        yield Reading(tokens[index].start, tokens[last].end, "dash: option", Silent(), 0.6)  # "Use --verbose"
        return
    if before.kind is Kind.EDGE:
        if _opens(tokens, tokens.past_blank(last + 1)):
            yield Reading(tokens[index].start, tokens[tokens.past_blank(last + 1)].start, "dash: first", Silent(), 0.5)
        return
    after = tokens[last + 2] if right.text == " " else right
    if Kind.SPACE in (before.kind, after.kind) or after.kind is Kind.EDGE:
        return
    if (after.text and after.text in _NO_WORDS) or (before.text and before.text in _DASHES):
        return
    written = tokens.text[before.end : after.start].strip(NO_WIDTH)
    if written in ("-", " -", "- ") or (written == "–" and _figures(before, after)):
        return
    yield Reading(before.end, after.start, "dash", _value(tokens, index, written, after), 0.5)


def _opens(tokens: Tokens, index: int) -> bool:
    """Return True if a text begins here, and no number: "– He left."."""
    return tokens[index].kind not in (Kind.EDGE, Kind.NUMERAL)


def _figures(before: Token, after: Token) -> bool:
    return before.text[-1:].isdecimal() and after.text[:1].isdecimal()


def _value(tokens: Tokens, index: int, written: str, after: Token) -> Pause | Joint | Words:
    """Return what a dash means: a hyphen ("Paris–London"), "to" ("Monday–Friday"), or a pause."""
    if (
        written == "–"
        and tokens[index - 1].text.isdecimal()
        and after.text.islower()
        and tokens.is_sign(index + 2, "-–")
    ):
        return Words("-")  # "22–year-old"
    if written == "–" and tokens[index - 1].text.isupper() and after.text.isdecimal():
        return Words("-")  # "K–12 schools", "an AK–47"
    if written != "–" or not ("A" <= after.text[:1] <= "Z"):
        return Pause()
    dated = _is_dated(tokens, index - 1) or _is_lettered(tokens, index, after)
    if tokens.vocabulary.code == "en" and dated:
        return Joint("to")
    first = index - 1
    while tokens[first - 1].kind not in (Kind.SPACE, Kind.EDGE) and index - first < len(_DASHES) * 4:
        first -= 1
    word = tokens.text[tokens[first].start : tokens[index].start].lstrip(_OPENING)
    return Pause(blank=True) if word[:1].isupper() else Pause()


def _is_lettered(tokens: Tokens, index: int, after: Token) -> bool:
    """ "rows A–F", "panels C–E": one letter to another behind a plural."""
    first = tokens[index - 1].text
    several = is_plural(tokens, tokens.before(index - 1))
    return several and len(first) == len(after.text) == 1 and "A" <= first < after.text <= "Z"


def _is_dated(tokens: Tokens, index: int) -> bool:
    """Return True if a day is here: "Monday–Friday", "May 5–June 7"."""
    index = index - 1 if tokens.is_sign(index, ".") else index
    word, figures = tokens.word(index), tokens[index].kind is Kind.NUMERAL
    calendar = tokens.vocabulary.table("calendar", "short")
    if figures or is_ordinal_ending(tokens, index):
        at = tokens.before(index if figures else index - 1)
        return bool(read_month(tokens, at - 1 if tokens.is_sign(at, ".") else at))
    return word in calendar or word.title() in calendar.values() or bool(read_month(tokens, index))


DASH = Recogniser(
    "dash",
    _dash,
    (("He left—she stayed.", "He left, she stayed."), ("– He left.", "He left.")),
    signs=_DASHES,
    needs=("--", "- ", "–", "—", "―", "A-Z", "a-z"),
    opens=_DASHES,
    languages=(),
)


def _dots(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first of several dots with blanks between."""
    spaced = tokens[index - 1].text == " "
    if (spaced and tokens[index - 2].text == ".") or tokens[index + 1].text != " " or tokens[index + 2].text != ".":
        return
    at = index
    while tokens[at + 1].text == " " and tokens[at + 2].text == ".":
        at += 2
    if at == index + 2 and tokens[at + 1].kind is Kind.WORD:
        return  # "2. .env"
    start = tokens[index - 1].start if spaced else tokens[index].start
    yield Reading(start, tokens[at].end, "ellipsis", Pause(dots=True), 0.9)


DOTS = Recogniser("ellipsis", _dots, (("Well . . . no", "Well... no"),), signs=".", needs=(" .",), languages=())
