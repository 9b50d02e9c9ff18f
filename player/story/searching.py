"""Searching a story without regard to capitals, accents, ligatures and the shape of quotation marks: all that is shown,
also what is not said, such as code and footnotes."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from player.story.model import Block, Note, Span

_BETWEEN = "\n"
"""Stands between two passages. No query holds it."""

_SAME = {
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″«»‹›", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
}
"""What is found by something else on the keyboard, beside what Unicode takes apart."""

_FOREIGN = re.compile(r"[^\x00-\x7f]+")

_MAPPED = 100
"""Blocks whose map is kept: more than any screen shows."""

_LETTERS_OF_THEIR_OWN = (0, 8, 9)
"""Combining classes of marks that make another letter: vowel signs, those of kana, viramas."""


class Folding(dict[int, str]):
    """The folded form of each character, worked out when it is first met."""

    def fold(self, text: str) -> str:
        """Return a text as it is compared.

        >>> Folding().fold("“Straße”, Æsop’s café")
        '"strasse", aesop\'s cafe'
        """
        lower = text.lower()
        return lower if lower.isascii() else _FOREIGN.sub(lambda run: run[0].translate(self), lower)

    def __missing__(self, code: int) -> str:
        plain = "".join(_SAME.get(c, c) for c in chr(code).casefold())
        parts = unicodedata.normalize("NFKD", plain)
        kept = (c for c in parts if unicodedata.combining(c) in _LETTERS_OF_THEIR_OWN)
        composed = unicodedata.normalize("NFC", "".join(kept))
        folded = self[code] = "".join(_SAME.get(c, c) for c in composed)  # an accented ø, too
        return folded


class Passage(NamedTuple):
    """A text of a story in which something may be found."""

    block: int
    text: str
    is_code: bool = False
    """True for the code below the block's text."""
    note: int | None = None
    """Index of the note of which this is the text; its mark stands in the block."""


def _passages(blocks: Sequence[Block], notes: Sequence[Note], code_lines: int) -> Iterator[Passage]:
    """Yield the text of each block, and then what belongs to it: code, and notes."""
    of_block: dict[int, list[int]] = {}
    for number, note in enumerate(notes):
        of_block.setdefault(note.block, []).append(number)
    for n, block in enumerate(blocks):
        yield Passage(n, block.text)
        if block.code:
            yield Passage(n, "\n".join(block.code.split("\n")[:code_lines]), is_code=True)
        for number in of_block.get(n, ()):
            yield Passage(n, notes[number].text, note=number)


class Searchable:
    """The folded text of a story, made once: 0.1 s for a book of 3 MB. It may be searched in several threads."""

    def __init__(self, blocks: Sequence[Block], notes: Sequence[Note] = (), *, code_lines: int = 0) -> None:
        """`notes` are the story's footnotes; of each block of code the first `code_lines` are searched."""
        self._fold = Folding().fold
        self.blocks = blocks
        self.passages = list(_passages(blocks, notes, code_lines))
        """In the order of the story."""
        self._of_block = array("L", (n for n, one in enumerate(self.passages) if not one.is_code and one.note is None))
        folded = [self._fold(one.text) for one in self.passages]
        self._starts = array("L", accumulate((len(text) + 1 for text in folded), initial=0))
        self.text = _BETWEEN.join(folded)
        """All passages, folded."""
        self._map = lru_cache(_MAPPED)(self._mapped)

    def find(self, query: str) -> Hits:
        """Return all places of a query, which do not overlap; none of an empty one."""
        wanted = self._fold(" ".join(query.split()))
        if wanted and query[-1].isspace():
            wanted += " "  # typed on purpose: the end of a word
        return Hits(self, wanted)

    def passages_of(self, block: int) -> range:
        """Return the indices of the passages of a block: first its text."""
        last = block + 1 == len(self._of_block)
        return range(self._of_block[block], len(self.passages) if last else self._of_block[block + 1])

    def extent(self, passage: int) -> tuple[int, int]:
        """Return a passage's characters [start, end) of the folded text."""
        return self._starts[passage], self._starts[passage + 1] - 1

    def passage_at(self, at: int) -> int:
        """Return the passage with a character of the folded text."""
        return bisect_right(self._starts, at) - 1

    def written(self, passage: int, start: int, end: int) -> Span:
        """Return the characters of a passage that were folded to [start, end) of the folded text."""
        first = self._starts[passage]
        origins = self._map(passage)
        start, end = start - first, end - first
        return Span(origins[start], max(origins[end], origins[end - 1] + 1))

    def _mapped(self, passage: int) -> Sequence[int]:
        """Return, for each character of a passage's folded text, the character that it comes from."""
        text = self.passages[passage].text
        if all(len(self._fold(character)) == 1 for character in set(text)):
            return range(len(text) + 1)
        origins = array("L")
        for n, character in enumerate(text):
            origins.extend([n] * len(self._fold(character)))
        origins.append(len(text))
        return origins


class Hit(NamedTuple):
    """One place of a query."""

    number: int
    """Counted through the story, from 1."""
    passage: int
    """Index of the passage."""
    span: Span
    """Characters of the passage."""
    block: int
    is_code: bool = False
    note: int | None = None
    """All three as Passage has them."""

    @property
    def is_text(self) -> bool:
        """True for a place in a block's own text."""
        return not self.is_code and self.note is None


class Hits:
    """The places of one query in a story, looked up when they are asked for: a letter has 300,000 in a book."""

    def __init__(self, text: Searchable, wanted: str) -> None:
        """`wanted` is the folded query."""
        self._text = text
        self._wanted = wanted
        self._count = text.text.count(wanted) if wanted else 0

    def __len__(self) -> int:
        return self._count

    def in_block(self, block: int) -> list[Span]:
        """Return the places in a block's text."""
        return self._in_passage(self._text.passages_of(block)[0]) if self._count else []

    def in_code(self, block: int) -> list[Span]:
        """Return the places in the code below a block's text."""
        passages = self._text.passages_of(block)[1:2] if self._count else ()
        return [span for n in passages if self._text.passages[n].is_code for span in self._in_passage(n)]

    def after(self, block: int, character: int) -> Hit | None:
        """Return the first place at or after a character of a block, else the story's first; None without any."""
        return self._after(self._text.passages_of(block)[0], character) if self._count else None

    def next(self, hit: Hit) -> Hit | None:
        """Return the place after one; after the last the first."""
        return self._after(hit.passage, hit.span.start + 1)

    def previous(self, hit: Hit) -> Hit | None:
        """Return the place before one; before the first the last."""
        before = [span for span in self._in_passage(hit.passage) if span.start < hit.span.start]
        if before:
            return self._hit(hit.passage, len(before) - 1, before[-1])
        text = self._text.text
        at = text.rfind(self._wanted, 0, self._text.extent(hit.passage)[0])
        passage = self._text.passage_at(at if at >= 0 else text.rfind(self._wanted))
        spans = self._in_passage(passage)
        return self._hit(passage, len(spans) - 1, spans[-1])

    def _in_passage(self, passage: int) -> list[Span]:
        spans: list[Span] = []
        at, end = self._text.extent(passage)
        while (at := self._text.text.find(self._wanted, at, end)) >= 0:
            spans.append(self._text.written(passage, at, at + len(self._wanted)))
            at += len(self._wanted)
        return spans

    def _after(self, passage: int, character: int) -> Hit:
        for index, span in enumerate(self._in_passage(passage)):
            if span.start >= character:
                return self._hit(passage, index, span)
        at = self._text.text.find(self._wanted, self._text.extent(passage)[1])
        later = self._text.passage_at(at if at >= 0 else self._text.text.find(self._wanted))
        return self._hit(later, 0, self._in_passage(later)[0])

    def _hit(self, passage: int, index: int, span: Span) -> Hit:
        before = self._text.text.count(self._wanted, 0, self._text.extent(passage)[0])
        block, _, is_code, note = self._text.passages[passage]
        return Hit(before + index + 1, passage, span, block, is_code, note)
