"""Chapter headings: from the text, or from the table of contents where the text lacks them or a part of them.

"Chapter 1: The Sea" may stand in the text as it is, on two lines, as a picture, as "1", or as "CHAPTER ONE".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from player.story.formats.epub.package import Chapter
from player.story.html.passages import Passage
from player.story.model import BlockKind
from player.story.roman_numerals import roman

_SPELLED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_NUMBERS = {word: str(number) for number, word in enumerate(_SPELLED.split())}
_MOST_CHAPTERS = 199
_ALIKE = 0.85
"""Share of equal letters from which two lines are one title in two spellings."""
_LONGEST = 120
"""Characters of the longest heading."""
_MOST = 3
"""Most lines of a heading."""


def words(text: str) -> str:
    """Return a line's words in a form for comparing: lower case, numbers in digits, one blank between words.

    >>> words("CHAPTER IV.—The Cat’s Paw")
    'chapter 4 the cats paw'
    """
    return " ".join(map(_plain, re.findall(r"\w+", re.sub("['’]", "", text.casefold()))))


def heads_of(title: str, found: Sequence[Passage], number: int) -> int:
    """Return the passage at which a chapter begins: earlier than its anchor, if that stands below the heading."""
    said, start = words(title), number
    while start and number - start < _MOST and found[start].chapters == found[number].chapters * (start == number):
        before = found[start - 1]
        if before.kind is not BlockKind.HEADING or before.chapters or not _part(words(before.text), said):
            break
        start -= 1
    return start


class Headings:
    """Compares a chapter's first lines with its title, and decides which to keep."""

    def __init__(self, top: int) -> None:
        """`top` is the highest level among the text's own headings."""
        self._top = top
        self.missing = ""
        """Title to add before the chapter; empty when the text has it."""
        self.level = 1
        """Level of the current chapter's heading."""
        self._own = 0
        self._dropped: list[Passage] = []
        self._heads: list[Passage] = []

    def begin(self, chapter: Chapter, lines: Sequence[Passage]) -> None:
        """Begin a chapter; `lines` are its first passages (none of the next chapter's)."""
        title = words(chapter.title)
        heads = _heads(lines, title)
        said = " ".join(words(head.text) for head in heads)
        self.level = min(chapter.level + 1, 6)
        self._own = next((head.level for head in heads if head.kind is BlockKind.HEADING), 0)
        self._heads, self._dropped = heads, []
        self.missing = ""
        if (
            not _part(title, said)
            and not any(_alike(title, words(head.text)) for head in heads)
            and title != _core(said)
        ):
            self.missing = chapter.title
            self._dropped = [head for head in heads if _part(words(head.text), title)]

    def next(self, passage: Passage) -> tuple[BlockKind, str, int] | None:
        """Return the draft's block for the next passage; None when the added title replaces it."""
        if any(passage is one for one in self._dropped):
            return None
        kind, text, level, *_ = passage
        if any(passage is one for one in self._heads):
            first = passage is self._heads[0] and not self.missing
            return BlockKind.HEADING, text, self.level if first else min(self.level + 1, 6)
        if kind is not BlockKind.HEADING:
            return kind, text, level
        if self.level == 1:  # before the first chapter
            return kind, text, level - self._top + 2
        below = level - self._own if self._own else 1
        return kind, text, min(self.level + max(below, 0), 6)


def _heads(lines: Sequence[Passage], title: str) -> list[Passage]:
    """Return the first lines that are headings, or repeat a part of the title."""
    heads: list[Passage] = []
    for line in lines[:_MOST]:
        said = words(line.text)
        if len(line.text) > _LONGEST or not said:
            break
        told = _part(title, " ".join(words(head.text) for head in heads))
        if line.kind is not BlockKind.HEADING and (told or not (_part(said, title) or _alike(said, title))):
            break
        if heads and line.kind is BlockKind.HEADING and line.level > heads[0].level and not _part(said, title):
            break  # the heading of the first part
        heads.append(line)
    return heads


def _part(some: str, whole: str) -> bool:
    return bool(some) and f" {some} " in f" {whole} "


def _alike(a: str, b: str) -> bool:
    """Return True for the same line in two spellings; different numbers are never the same."""
    if a == b or len(a) + len(b) > 2 * _LONGEST or re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return a == b
    return SequenceMatcher(None, a, b, autojunk=False).ratio() > _ALIKE


def _core(said: str) -> str:
    """Return the number of a chapter without a title: "chapter 3" -> "3"."""
    return said.rpartition(" ")[2] if re.fullmatch(r"\w+ \d+", said) else said


def _plain(word: str) -> str:
    if word in _NUMBERS:
        return _NUMBERS[word]
    if numeral := roman(word.upper(), most=_MOST_CHAPTERS):
        return str(numeral)
    return word.lstrip("0") or word if word.isdecimal() else word
