"""The words of a spoken text, as spans: the same for every engine. Word marks point at them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from player.patterns import later
from player.speech.engine import WordMark
from player.story.model import Span

_CHUNK = later(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u2013\u2014\u2026\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
"""Text between blanks, dashes and ellipses; each Chinese or Japanese character by itself."""
_WESTERN_CHUNK = re.compile(r"[^\s\u2013\u2014\u2026]+")
"""The same for a text without such characters, which takes no time to compile."""
_FIRST_KANA = "\u3040"
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}")
"""Abbreviations whose last stop belongs to them: "U.S.", "p.m."."""
_SPOKEN_SIGNS = frozenset("&*@#%/\\")
"""Unicode punctuation that engines pronounce."""


def words(text: str) -> tuple[Span, ...]:
    """Return the spans of all words in order, without the quotes, brackets, commas and stops around them."""
    chunk = _CHUNK if max(text, default="") >= _FIRST_KANA else _WESTERN_CHUNK
    found = (_core(text, *match.span()) for match in chunk.finditer(text))
    return tuple(span for span in found if span is not None)


def word_at(spans: Sequence[Span], start: int, length: int) -> int:
    """Return the index of the word that `length` characters from `start` touch, or of the word before.

    `spans` holds at least one.
    """
    i = max(bisect_right(spans, start, key=lambda s: s.start) - 1, 0)
    between = start >= spans[i].end
    return i + 1 if between and i + 1 < len(spans) and spans[i + 1].start < start + length else i


def every_word(text: str, marks: Sequence[WordMark], samples: int) -> tuple[WordMark, ...]:
    """Return marks for every word; a word without a given mark (another script's, an emoji) gets one of no length.

    It is placed where the next word begins, or at the end of the sound, so that the words stay in order.
    """
    return tuple(_with_the_unsaid(words(text), marks, WordMark(len(text), len(text), samples, samples)))


def _with_the_unsaid(spans: Sequence[Span], marks: Sequence[WordMark], end: WordMark) -> Iterator[WordMark]:
    i = 0
    for mark in (*marks, end):
        while i < len(spans) and spans[i].end <= mark.start:
            yield WordMark(*spans[i], mark.first, mark.first)
            i += 1
        if mark is not end:
            yield mark
        while i < len(spans) and spans[i].start < mark.end:
            i += 1


def _core(text: str, start: int, end: int) -> Span | None:
    while start < end and not _is_spoken(text[start]):
        start += 1
    while end > start and not _is_spoken(text[end - 1]):
        end -= 1
    if _INITIALS.fullmatch(text, start, end + 1):
        end += 1
    return Span(start, end) if start < end else None


def _is_spoken(character: str) -> bool:
    """Return True for letters, digits, combining marks, and symbols such as $, + and emoji."""
    return character.isalnum() or character in _SPOKEN_SIGNS or unicodedata.category(character)[0] in "MS"
