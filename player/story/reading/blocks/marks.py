"""Marks in a block's text: a change of language from here on, a note here, or the ends of a clip.

They are private characters, which move through lists, tables and lines like letters, and are removed when the draft
becomes a story. Code that forgets them loses the mark but no letter, because `clean` drops such characters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from player.story.language_tag import valid
from player.story.model import LanguageSpan
from player.story.text import clean, composed

_LANGUAGE, _NOTE = "\U0010fd00", "\U0010fd01"
_CLIP = "\U0010fd03"
EMPHASISED = "qaa"
"""Stands for the language of emphasised words until it is known (a code that ISO 639-2 keeps for local use)."""
CAPTION = "\U0010fd02"
"""Begins the text of a caption, which a setting leaves out."""
_WRITTEN = 0x10FE00
"""First of the private characters that encode a mark's content, as ASCII plus this number."""
_ENDING = re.compile("[\U0010fd00-\U0010fe7f]+$")
_MARK = re.compile(f"([{_LANGUAGE}{_NOTE}{_CLIP}])([\U0010fe20-\U0010fe7f]*)")


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A block's text without marks, and the content of the marks."""

    text: str
    """See Block.text; empty when nothing is left."""
    languages: tuple[LanguageSpan, ...] = ()
    notes: tuple[tuple[int, int], ...] = ()
    """(place in the text, index of the note)."""
    clips: tuple[tuple[int, int, int], ...] = ()
    """(start, end, index of the clip), in order, without overlaps."""

    def between(self, start: int, end: int) -> Unmarked:
        """Return characters [start, end) with their marks' content."""
        spans = self.languages[
            bisect_right(self.languages, start, key=itemgetter(1)) : bisect_left(self.languages, end, key=itemgetter(0))
        ]
        notes = self.notes[
            bisect_right(self.notes, start, key=itemgetter(0)) : bisect_right(self.notes, end, key=itemgetter(0))
        ]
        return Unmarked(
            self.text[start:end],
            tuple(LanguageSpan(max(s.start, start) - start, min(s.end, end) - start, s.language) for s in spans),
            tuple((place - start, index) for place, index in notes),
            tuple((a - start, b - start, index) for a, b, index in self.clips if start <= a and b <= end),
        )


def in_language(tag: str) -> str:
    """Return the mark of a language for the text up to the next such mark; "" stands for the story's language."""
    return _LANGUAGE + _lifted(valid(tag))


def note_mark(index: int) -> str:
    """Return the mark of a note, by its index in Draft.notes."""
    return _NOTE + _lifted(str(index))


def clip_mark(index: int | None) -> str:
    """Return the mark where a clip begins, by its index in Draft.clips; None: where the last one ends."""
    return _CLIP + ("" if index is None else _lifted(str(index)))


def unended(raw: str) -> str:
    """Return a text without the marks that follow its last letter."""
    return raw if raw.isascii() else _ENDING.sub("", raw)


_CLOSING = frozenset(".,)")
"""Signs before which no blank stands; some languages have one before others."""


def unmarked(raw: str) -> Unmarked:
    """Clean a text and take its marks out.

    >>> unmarked("He said" + note_mark(0) + " " + in_language("fr") + "bonjour" + in_language("") + ".")
    Unmarked(text='He said bonjour.', languages=(LanguageSpan(start=8, end=15, language='fr'),), notes=((7, 0),))
    """
    if not _is_marked(raw):
        return Unmarked(clean(raw))
    said: list[str] = []
    place, blank = 0, True  # number of characters so far; True if a blank ends them, or would begin the text
    changes, notes = [(0, "")], []
    clips: list[tuple[int, int | None]] = []
    parts = _MARK.split(raw)
    for n in range(0, len(parts), 3):
        part = clean(f".{parts[n]}.")[1:-1]  # keeps a blank at either end
        part = part.lstrip() if blank else part
        if n and parts[n - 2] == _NOTE and part[:1] in _CLOSING and blank and place and not clips:
            said, place = ["".join(said)[:-1]], place - 1  # "the quay [1]."
            changes = [(min(at, place), tag) for at, tag in changes]
        said.append(part)
        place += len(part)
        blank = part.endswith(" ") if part else blank
        kind, what = parts[n + 1 : n + 3] if n + 1 < len(parts) else ("", "")
        if kind == _LANGUAGE:
            changes.append((place, valid(_lowered(what))))
        elif kind == _NOTE and (index := _lowered(what)).isdecimal():
            notes.append((max(place - blank, 0), int(index)))
        elif kind == _CLIP:
            clips.append((place, int(index) if (index := _lowered(what)).isdecimal() else None))
    text = "".join(said).rstrip()
    if not unicodedata.is_normalized("NFC", text):  # a letter and its accent, separated by a mark
        text = composed(text)
    places = tuple((min(place, len(text)), index) for place, index in notes)
    return Unmarked(text, tuple(_spans(text, changes)), places, tuple(_clips(text, clips)))


def _clips(text: str, found: Sequence[tuple[int, int | None]]) -> Iterator[tuple[int, int, int]]:
    """Yield the clips that begin and end in a text, without blanks at their ends."""
    for (first, index), (after, following) in pairwise(found):
        said = text[first:after]
        start = first + len(said) - len(said.lstrip())
        if index is not None and following is None and (end := first + len(said.rstrip())) > start:
            yield start, end, index


def _spans(text: str, changes: Sequence[tuple[int, str]]) -> Iterator[LanguageSpan]:
    """Yield the spans with a language of their own, without blanks at their ends; adjoining spans of one language are
    joined."""
    held: LanguageSpan | None = None
    for (first, language), (after, _) in zip(changes, [*changes[1:], (len(text), "")], strict=True):
        words = text[first:after]
        start = first + len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start >= end:
            continue
        if held and held.language == language:
            held = held._replace(end=end)
            continue
        if held and held.language:
            yield held
        held = LanguageSpan(start, end, language)
    if held and held.language:
        yield held


def _is_marked(raw: str) -> bool:
    return not raw.isascii() and (_LANGUAGE in raw or _NOTE in raw or _CLIP in raw)


def _lifted(said: str) -> str:
    return "".join(chr(_WRITTEN + ord(c)) for c in said if c.isascii())


def _lowered(written: str) -> str:
    return "".join(chr(ord(c) - _WRITTEN) for c in written)
