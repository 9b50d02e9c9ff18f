"""Words that were broken at the end of a line, in one piece again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from player.story.reading.lines.compounds import is_compound
from player.story.reading.lines.plain_paragraphs import is_unspaced

_LONGEST_WORD = 80
"""Characters of a word's first part that are looked at: of a whole paragraph it would take most of the time."""
_ENOUGH = 2
"""Broken words that the document has elsewhere with a hyphen, to tell that it breaks words at their hyphens alone."""
_SOFT = "\u00ad"
_DASHES = ("-", "\u2010", "–")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_BROKEN = re.compile(r"((?:[^\W\d_]+[-\u2010])*[^\W\d_]+(?:['’][^\W\d_]+)?)([-\u2010\u00ad])$")
_REST = re.compile(r"[^\W\d_]+")


class Hyphens:
    """Joins a document's lines. A word broken at a line's end ("well-|known") keeps its hyphen or loses it.

    First, as the document writes the word elsewhere; else as compounds like it are written ("self-…" keeps it); else as
    the document writes most of its other broken words.
    """

    def __init__(self, blocks: Iterable[Sequence[str]]) -> None:
        """Learn the words of a document's blocks, each as its lines."""
        self._known: Counter[str] = Counter()
        broken: list[tuple[str, str]] = []
        for lines in blocks:
            for n, line in enumerate(lines):
                words = _WORD.findall(line.casefold().replace("\u2010", "-").replace(_SOFT, ""))
                if n and words and lines[n - 1][-1:] in "-\u2010\u00ad":
                    words = words[1:]  # the rest of a word is none
                self._known.update(words)
            broken += [(left[1], right[0]) for a, b in pairwise(lines) for left, right in _breaks(a, b)]
        kept = joined = 0
        for left, rest in broken:
            whole, parted = self._counts(left, rest)
            kept += parted > whole
            joined += whole > parted
        self._mostly_kept = kept >= _ENOUGH and kept > joined

    def joined(self, lines: Sequence[str]) -> str:
        """Return the lines as one text."""
        parts = [lines[0]]
        for before, line in pairwise(lines):
            for left, right in _breaks(before, line):
                if not self._keeps(left[1], left[2], right[0]):
                    parts[-1] = parts[-1][:-1]
                break
            else:
                last, first = before[-1:], line[:1]
                years = last in _DASHES and before[-2:-1].isdecimal() and first.isdecimal()  # "1914-" "1918"
                parts.append("" if years or (not last.isascii() and is_unspaced(last, first)) else " ")
            parts.append(line)
        return "".join(parts).replace(_SOFT, "").replace("\u2010", "-")

    def _keeps(self, left: str, hyphen: str, rest: str) -> bool:
        """Return True if the hyphen at the end of a line is part of the word."""
        if hyphen == _SOFT:
            return False
        if rest[0].isupper():  # "NATO-" "Russia"; but "HYPHEN-" "ATION"
            return (
                not (left.isupper() and rest.isupper() and len(left) > 1)
                or self._known[f"{left}-{rest}".casefold()] > 0
            )
        whole, parted = self._counts(left, rest)
        if whole != parted:
            return parted > whole
        return is_compound(left.replace("\u2010", "-"), rest) or self._mostly_kept

    def _counts(self, left: str, rest: str) -> tuple[int, int]:
        """Return how often the document has a word without a hyphen, and with one."""
        left = left.replace("\u2010", "-")
        return self._known[(left + rest).casefold()], self._known[f"{left}-{rest}".casefold()]


def _breaks(before: str, line: str) -> Iterable[tuple[re.Match[str], re.Match[str]]]:
    """(first part, rest) of a word that is broken between two lines; nothing when none is."""
    if before[-1:] not in "-\u2010\u00ad":
        return []
    left = _BROKEN.search(before, max(len(before) - _LONGEST_WORD, 0))
    right = _REST.match(line)
    return [(left, right)] if left and right else []
