"""The lines of a PDF's page as they were set: text, place, size and weight."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from player.story.formats.pdf.words import Word, read_words
from player.story.html.raised import raised

_GAP = 1.6
"""Times the size: a wider gap within a line parts two columns, or two cells of a table."""
_LEAST_GAP = 0.85
"""Share of the type size: such a gap parts columns if it is over 2.2 times the line's usual gap (`_UNLIKE`)."""
_CELL_GAP = 0.85
"""Times the size: words that are all further apart are cells of a table."""
_UNLIKE = 2.2
"""Times the line's usual gap; see `_LEAST_GAP`."""
_WORD_GAP = 0.8
"""Times the size; so far apart at most are two words that were set one by one."""
_RAISED = 0.22
"""Times the size: higher than that above its line a smaller sign is a footnote's mark."""
_LOWERED = 0.08
"""Times the size: so far below its line is an index."""
_SMALLER = 0.88
"""Times the size: raised signs are no larger. Browsers print them in five sixths."""
_FEW_LETTERS = 5
_WORDS_APART = 1.5
"""Times the gap between letters that are set apart: a wider one is between words."""
_FIXED = 0.9
"""Share of the letters of a line of code."""
_BASE = re.compile(r"(?:(?<![\w.,])10|(?<![^\W_])(?:[b-zRα-ω]|[kcm]?m)|[=+/−]\s?[a-zA-Z]{1,3})[⁻⁰¹²³⁴-⁹]*$")
"""What has an exponent: ten, a variable, a unit, a product."""
_SAID = re.compile(r"[^\W\d_]{2}\W*$")
"""Words, behind which a raised letter is a note's mark."""
_EXPONENTS = str.maketrans("-−–0123456789", "⁻⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆ"}
_ACCENTS = str.maketrans("¨´`ˆ˜ˇ¯¸ı", "\u0308\u0301\u0300\u0302\u0303\u030c\u0304\u0327i")
_ACCENTED = re.compile(r"([¨ˆ˜ˇ¯]|´(?=\s?[aeiouyAEIOUYı])|(?<=[^\W\d_])[`´])\s?([aeiounsczyAEIOUNSCZYı])|([cC])(¸)")
"""TeX sets an accent as a sign of its own, in front of the letter: "M¨oller"."""


class Line(NamedTuple):
    """One line of one column, in points from the page's lower left corner as it is read."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    """Printed size of its type, in points."""
    bold: bool
    mark: str = ""
    """A raised sign at its very beginning: the line begins a footnote."""
    number: int = 0
    """Its place among the page's lines, which tells equal ones apart."""
    fixed: bool = False
    """True if its letters are all of one width, as code is set."""

    @property
    def width(self) -> float:
        """Width in points."""
        return self.right - self.left


class Page(NamedTuple):
    """What is written on a page."""

    lines: list[Line]
    """In the order in which they were written. Empty for a picture of a page."""
    height: float
    """In points, as it is read."""


def read_page(page: Any) -> Page:
    """Return the lines of a page of pypdfium2."""
    text = page.get_textpage()
    try:
        written = read_words(page, text)
    finally:
        text.close()
    lines = _merged(line for row in _rows(written.words) for line in _columns(row))
    return Page([line._replace(number=n) for n, line in enumerate(lines)], written.height)


def _rows(words: Iterable[Word | None]) -> Iterator[list[Word]]:
    """Words that follow one another on one line."""
    row: list[Word] = []
    for word in words:
        if row and (word is None or not _is_beside(word, row)):
            yield row
            row = []
        if word is not None:
            row.append(word)
    if row:
        yield row


def _is_beside(word: Word, row: list[Word]) -> bool:
    last, middle = row[-1], (word.bottom + word.top) / 2
    half = last.size * 0.5
    return last.bottom - half < middle < last.top + half and word.left >= row[0].left - 1


def _columns(row: Sequence[Word]) -> Iterator[Line]:
    """Yield a row, cut where a gap is so wide that it stands between columns."""
    gaps = [after.left - before.right for before, after in pairwise(row)]
    usual = sorted(gaps)[(len(gaps) - 1) // 4] if len(gaps) > 1 else 0.0
    cells = len(gaps) > 1 and min(gaps) > _CELL_GAP * row[0].size
    if usual < row[0].size and _is_spaced(row):
        yield from _line(row)
        return
    start = 0
    for at, gap in enumerate(gaps, 1):
        size = row[at].size
        if cells or gap > _GAP * size or (usual > 0 and gap > _LEAST_GAP * size and gap > _UNLIKE * usual):
            yield from _line(row[start:at])
            start = at
    yield from _line(row[start:])


def _line(row: Sequence[Word]) -> Iterator[Line]:
    """Yield the line of a row; nothing for an empty one."""
    if len({(word.size, word.bottom) for word in row}) == 1:
        size, base, high, low = row[0].size, row[0].bottom, frozenset[int](), frozenset[int]()
    else:
        half = sum(len(word.text) for word in row) // 2
        size = _middle(sorted((word.size, len(word.text)) for word in row), half)
        base = _middle(sorted((word.bottom, len(word.text)) for word in row), half)
        small = frozenset(n for n, word in enumerate(row) if word.size < _SMALLER * size)
        high = frozenset(n for n in small if row[n].bottom > base + _RAISED * size)
        low = frozenset(n for n in small if row[n].bottom < base - _LOWERED * size and row[n].text.isalpha())
    text = _written(row, high, low)
    if not text.isascii():
        text = _composed(text.translate(_LIGATURES))
    text = " ".join(text.split())
    mark = row[0].text if 0 in high else ""
    if not text and not mark:
        return
    plain = [word for n, word in enumerate(row) if n not in high] or row
    letters = sum([len(word.text) for word in row])
    bold = sum([len(word.text) for word in row if word.bold])
    fixed = sum([len(word.text) for word in row if word.fixed])
    yield Line(
        text,
        round(min([word.left for word in row]), 2),
        round(max([word.right for word in row]), 2),
        round(min([word.bottom for word in plain]), 2),
        round(max([word.top for word in plain]), 2),
        size,
        2 * bold > letters,
        mark,
        fixed=fixed > _FIXED * letters,
    )


def _middle(values: Sequence[tuple[float, int]], letters: int) -> float:
    """Return the value in the middle of a sorted list of (value, letters that have it)."""
    for value, count in values:
        letters -= count
        if letters < 0:
            return value
    return values[-1][0]


def _written(row: Sequence[Word], high: Collection[int], low: Collection[int]) -> str:
    """Return a line's text, without the raised marks of footnotes. Lowered letters stand apart."""
    if not high and not low:
        apart = _spaced(row) if _is_spaced(row) else ()
        return "".join([word.text if word.joined or n in apart else " " + word.text for n, word in enumerate(row)])
    written = blank = ""
    for n, word in enumerate(row):
        blank = blank if word.joined and n not in low else " "
        if n not in high:
            written += blank + word.text
        elif said := _said_raised(written, row, n):
            written += blank + said
        else:
            continue  # a blank before the mark is one before what follows
        blank = ""
    return written


def _said_raised(before: str, row: Sequence[Word], at: int) -> str:
    """Return what a raised word of a row is written as; empty for a note's mark."""
    word, after = row[at], row[at + 1] if at + 1 < len(row) else None
    if _BASE.search(before[-20:]) and not word.text.isalpha():
        return word.text.translate(_EXPONENTS)
    behind = "" if after is None else after.text if after.joined else f" {after.text}"
    said = raised(before[-44:], word.text, behind) if before else ""
    return said or (word.text if word.text.isalpha() and not _SAID.search(before[-8:]) else "")


def _is_spaced(row: Sequence[Word]) -> bool:
    """Return True for letters that were set apart, as capitals of titles are."""
    if len(row) < _FEW_LETTERS or len(row[0].text) > 2 or len(row[1].text) > 2:
        return False
    letters = [sign for word in row for sign in word.text if sign.isalnum()]
    return len(row) >= len(letters) > 0.7 * len(row) and sum(map(str.isupper, letters)) > 0.7 * len(letters)


def _spaced(row: Sequence[Word]) -> Collection[int]:
    """Return the letters that belong to those before, of a line that is s p a c e d: words in it are further apart."""
    gaps = [after.left - before.right for before, after in pairwise(row)]
    usual = sorted(gaps)[len(gaps) // 3]
    return frozenset(n for n, gap in enumerate(gaps, 1) if gap < _WORDS_APART * usual + 0.1 * row[0].size)


def _composed(text: str) -> str:
    """Return a text with each accent on its letter: "Möller" for "M¨oller"."""

    def letter(found: re.Match[str]) -> str:
        base, accent = (found[2], found[1]) if found[1] else (found[3], found[4])
        return unicodedata.normalize("NFC", (base + accent).translate(_ACCENTS))

    return _ACCENTED.sub(letter, text)


def _is_raised(line: Line, last: Line) -> bool:
    """Return True if a number was set by itself, small and high, right behind a line."""
    near = -0.1 * last.size < line.left - last.right < 0.3 * last.size
    small = line.size < 0.9 * last.size and line.bottom > last.bottom + 0.2 * last.size
    return near and small and line.text.strip("-−–").isdecimal()


def _merged(lines: Iterable[Line]) -> list[Line]:
    """Words that were set one by one on a line are one line."""
    found: list[Line] = []
    parts: list[str] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and _is_raised(line, last):
            parts.append(line.text.translate(_EXPONENTS) if _BASE.search(parts[-1][-20:]) else "")
            found[-1] = last._replace(right=line.right)
            continue
        if last is not None and last.size == line.size and abs(last.bottom - line.bottom) < 0.1 * line.size:
            gap = line.left - last.right
            if -0.1 * line.size < gap < _WORD_GAP * line.size:
                parts.append((" " if gap > 0.12 * line.size or line.mark else "") + line.text)
                whole = last._replace(right=line.right, top=max(last.top, line.top))
                found[-1] = whole._replace(fixed=last.fixed and line.fixed)
                continue
        if last is not None:
            found[-1] = last._replace(text="".join(parts))
        found.append(line)
        parts = [line.text]
    if found:
        found[-1] = found[-1]._replace(text="".join(parts))
    return found
