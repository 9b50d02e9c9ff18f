"""Searching a story's text without regard to capitals, accents, ligatures and the shape of quotation marks."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from player.story.model import Block, Span

_BETWEEN = "\n"
"""Stands between two blocks. No block holds it, and no query."""

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


class Searchable:
    """The folded text of a story, made once: 0.1 s for a book of 3 MB. It may be searched in several threads."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._fold = Folding().fold
        folded = [self._fold(block.text) for block in blocks]
        self.blocks = blocks
        self._starts = array("L", accumulate((len(text) + 1 for text in folded), initial=0))
        self.text = _BETWEEN.join(folded)
        """All blocks, folded."""
        self._map = lru_cache(_MAPPED)(self._mapped)

    def find(self, query: str) -> Hits:
        """Return all places of a query, which do not overlap; none of an empty one."""
        wanted = self._fold(" ".join(query.split()))
        if wanted and query[-1].isspace():
            wanted += " "  # typed on purpose: the end of a word
        return Hits(self, wanted)

    def extent(self, block: int) -> tuple[int, int]:
        """Return a block's characters [start, end) of the folded text."""
        return self._starts[block], self._starts[block + 1] - 1

    def block_of(self, at: int) -> int:
        """Return the block with a character of the folded text."""
        return bisect_right(self._starts, at) - 1

    def written(self, block: int, start: int, end: int) -> Span:
        """Return the characters of a block that were folded to [start, end) of the folded text."""
        first = self._starts[block]
        origins = self._map(block)
        start, end = start - first, end - first
        return Span(origins[start], max(origins[end], origins[end - 1] + 1))

    def _mapped(self, block: int) -> Sequence[int]:
        """Return, for each character of a block's folded text, the character that it comes from."""
        text = self.blocks[block].text
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
    block: int
    span: Span


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
        """Return the places in a block."""
        spans: list[Span] = []
        if not self._count:
            return spans
        at, end = self._text.extent(block)
        while (at := self._text.text.find(self._wanted, at, end)) >= 0:
            spans.append(self._text.written(block, at, at + len(self._wanted)))
            at += len(self._wanted)
        return spans

    def after(self, block: int, character: int) -> Hit | None:
        """Return the first place at or after a character of a block, else the story's first; None without any."""
        for index, span in enumerate(self.in_block(block)):
            if span.start >= character:
                return self._hit(block, index, span)
        return self._first(self._text.text.find(self._wanted, self._text.extent(block)[1]))

    def next(self, hit: Hit) -> Hit | None:
        """Return the place after one; after the last the first."""
        return self.after(hit.block, hit.span.start + 1)

    def previous(self, hit: Hit) -> Hit | None:
        """Return the place before one; before the first the last."""
        before = [span for span in self.in_block(hit.block) if span.start < hit.span.start]
        if before:
            return self._hit(hit.block, len(before) - 1, before[-1])
        text = self._text.text
        at = text.rfind(self._wanted, 0, self._text.extent(hit.block)[0])
        block = self._text.block_of(at if at >= 0 else text.rfind(self._wanted))
        spans = self.in_block(block)
        return self._hit(block, len(spans) - 1, spans[-1])

    def _first(self, at: int) -> Hit | None:
        """Return the first place in the block with a character of the folded text; the story's first if that is -1."""
        if not self._count:
            return None
        block = self._text.block_of(at if at >= 0 else self._text.text.find(self._wanted))
        return self._hit(block, 0, self.in_block(block)[0])

    def _hit(self, block: int, index: int, span: Span) -> Hit:
        before = self._text.text.count(self._wanted, 0, self._text.extent(block)[0])
        return Hit(before + index + 1, block, span)
