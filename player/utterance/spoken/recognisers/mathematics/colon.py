"""A colon between numbers: "a ratio of 2:1", "John 3:16". Times of day have their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.sentences.language import language_of
from player.utterance.spoken.amounts import number_of
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import is_year
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Joint, Pair, Words
from player.utterance.spoken.vocabulary import Vocabulary

_AROUND = 5
_MACHINE = re.compile(r"(?:[0-9A-Fa-f]{2}:){2,7}[0-9A-Fa-f]{2}(?![\w:])")
"""The address of a machine."""
_LONGEST_MINUTES = 2
"""Figures: "1:30" is a time, "1:1000" a scale."""


_MOST_VERSES = 4
"""Behind the first."""


def books(vocabulary: Vocabulary) -> frozenset[str]:
    """Books of the Bible, in full and short, in small letters."""
    short = language_of(vocabulary.code).tables["book"]
    named = vocabulary.words("names", "books")
    return frozenset(word.lower() for words in (short, short.values(), named) for word in words)


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    yield from _machine(tokens, index)
    left, right = tokens[index - 1], tokens[index + 1]
    if left.kind is right.kind is Kind.SPACE and _is_sum(tokens, index):
        yield Reading(tokens[index].start, tokens[index].end, "ratio: sum", Words("divided by"), 0.9)
    if left.kind is not Kind.NUMERAL or right.kind is not Kind.NUMERAL:
        return
    if tokens[index + 2].kind is Kind.WORD and len(tokens[index + 2].text) == 1 and tokens.is_sign(index + 3, ":"):
        return  # "00:1A:2B"
    if number_of(right.text) is None or not left.text.isdecimal() or len(left.text) > 3:
        if tokens[index - 3].text.isupper() and left.text.isdecimal() and is_year(right.text):  # "ISO 9001:2015"
            yield Reading(left.end, right.start, "joint: standard", Joint("list"), 0.85)
        large = number_of(left.text) and ("," in left.text or "." in left.text)
        if large and right.text == "1" and not tokens.is_sign(index + 2, ":"):  # "10,000:1", "2.5:1"
            yield Reading(left.end, right.start, "ratio", Joint("to"), 0.85)
        return
    part = (
        tokens.is_sign(index - 2, "-") and tokens[index - 3].kind is Kind.NUMERAL and tokens[index - 5].text.isupper()
    )
    if part and is_year(right.text):  # "ISO 8601-1:2019"
        yield Reading(left.end, right.start, "joint: standard", Joint("list"), 0.9)
        return
    before = tokens.before(index - 1)
    before = before - 1 if tokens[before].text == "." else before
    if tokens.word(before) in books(tokens.vocabulary) and tokens[before].text[0].isupper():
        yield from _book(tokens, before)
        yield Reading(left.start, right.end, "verse", Pair(left.text, "verse", right.text), 0.97)
        last = (
            tokens.is_sign(index + 2, "-–") and tokens[index + 3].kind is Kind.NUMERAL and tokens[index + 4].text != ":"
        )
        yield from _more_verses(tokens, index + 4 if last else index + 2)  # "5:3-12; 6:9"
    if tokens.is_sign(index - 2, ":.") or tokens.is_sign(index + 2, ":"):
        return
    if tokens.word(before) in tokens.vocabulary.words("law", "of_lines") and tokens.is_sign(before + 1, "."):
        yield Reading(left.end, right.start, "joint: page and line", Joint("list"), 0.92)  # "Tr. 123:4-15"
        return
    words = tokens.vocabulary.words("joints", "ratio")
    named = any(tokens.word(at) in words for at in range(index - _AROUND - 1, index + _AROUND))
    scaled = left.text == "1" and len(right.text) > _LONGEST_MINUTES
    if named or scaled or len(right.text) == 1:
        yield Reading(left.end, right.start, "ratio", Joint("to"), 0.9 if named else 0.85)


def _book(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Yield the name of a book written short, "2 Kgs 5:3", and "1" for the first of several, "I Samuel 3:1"."""
    book, counted = tokens[index], tokens[tokens.before(index)]
    full = language_of(tokens.vocabulary.code).tables["book"].get(book.text.lower(), "")
    if full and not tokens.is_sign(index + 1, "."):
        which = counted.text if counted.text in ("1", "2", "3") else ""
        start = counted.start if which else book.start  # "1 Kgs" is no kilogram
        yield Reading(start, book.end, "verse: book", Words(f"{which} {full}".strip()), 0.95)
    if counted.text == "I" and (full or book.text) in tokens.vocabulary.words("names", "first_books"):
        yield Reading(counted.start, counted.end, "verse: first book", Words("1"), 0.95)


def _more_verses(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Yield the verses behind others of a book: "Exod. 3:1–4:17", "John 3:16; 4:1"."""
    for _ in range(_MOST_VERSES):
        first = tokens.past_blank(index + 1)
        colon, last = first + 1, first + 2
        if not tokens.is_sign(index, ";,-–") or not tokens.is_sign(colon, ":"):
            return
        chapter, verse = tokens[first].text, tokens[last].text
        if not (chapter.isdecimal() and verse.isdecimal()):
            return
        yield Reading(tokens[first].start, tokens[last].end, "verse", Pair(chapter, "verse", verse), 0.97)
        if tokens.is_sign(index, "-–"):
            yield Reading(tokens[index].start, tokens[first].start, "range: verses", Joint("to"), 0.95)
        index = last + 1


def _machine(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first colon of "00:1A:2B", which is spelled in pairs."""
    start = tokens[index].start - 2
    found = _MACHINE.match(tokens.text, start) if start >= 0 else None
    if (
        found
        and not tokens.text[max(start - 1, 0) : start].strip('("“[ ')
        and not found[0].replace(":", "").isdecimal()
    ):
        pairs = (" ".join("eh" if sign == "A" else sign for sign in pair) for pair in found[0].upper().split(":"))
        named = start > 1 and tokens[index - 2].kind is Kind.SPACE and tokens[index - 3].text.isupper()
        first, breath = (tokens[index - 2].start, ", ") if named else (start, "")  # "MAC 00" would run together
        yield Reading(first, found.end(), "address: of a machine", Words(breath + ", ".join(pairs)), 0.9)


def _is_sum(tokens: Tokens, index: int) -> bool:
    """ "10 : 2 = 5"."""
    numbers = tokens[index - 2].kind is tokens[index + 2].kind is Kind.NUMERAL
    return numbers and tokens.is_sign(tokens.after(index + 2), "=")


COLON = Recogniser(
    "ratio",
    _propose,
    (("a ratio of 2:1", "a ratio of 2 to 1"), ("a scale of 1:100", "a scale of 1 to 100")),
    signs=":",
    with_number=True,
)
