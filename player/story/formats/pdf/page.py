"""The lines of a PDF's page as they were set: text, place, size and weight."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from player.story.formats.pdf.glyphs import Sign, read_signs, turn_of

_GAP = 1.6
"""Times the size: a wider gap within a line parts two columns, or two cells of a table."""
_WORD_GAP = 0.8
"""Times the size; so far apart at most are two words."""
_RAISED = 0.22
"""Times the size: higher than that above its line a smaller sign is a footnote's mark."""
_SMALLER = 0.82
_BASE = re.compile(r"(?:(?<![\w.,])10|(?<![^\W_])(?:[b-zR]|[kcm]?m))[⁻⁰¹²³⁴-⁹]*$")
"""What has an exponent: ten, a variable, a unit."""
_EXPONENTS = str.maketrans("-−–0123456789", "⁻⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆ"}
_ACCENTS = str.maketrans("¨´`ˆ˜ˇ¯¸ı", "\u0308\u0301\u0300\u0302\u0303\u030c\u0304\u0327i")
_ACCENTED = re.compile(r"([¨ˆ˜ˇ¯]|´(?=\s?[aeiouyAEIOUYı])|(?<=[^\W\d_])[`´])\s?([aeiounsczyAEIOUNSCZYı])|([cC])(¸)")
"""TeX sets an accent as a sign of its own, in front of the letter: "M¨oller"."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column, in points from the page's lower left corner as it is read."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    """Of its type, in points, as it is printed."""
    bold: bool
    mark: str = ""
    """A raised sign at its very beginning: the line begins a footnote."""

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left


class Page(NamedTuple):
    """What is written on a page."""

    lines: list[Line]
    """In the order in which they were written. Empty for a picture of a page."""
    height: float
    """In points, as it is read."""


def read_page(page: Any) -> Page:
    """The lines of a page of pypdfium2."""
    text = page.get_textpage()
    try:
        written = read_signs(page, text)
        lines = [line for row in _rows(written.signs) for line in _columns(row, text, written.turns)]
        return Page(_merged(lines), written.height)
    finally:
        text.close()


def _rows(signs: Iterator[Sign | None]) -> Iterator[list[Sign]]:
    """Characters that follow one another on one line."""
    row: list[Sign] = []
    for sign in signs:
        if row and (sign is None or (sign.char != " " and not _is_beside(sign, row))):
            yield row
            row = []
        if sign is not None and (row or sign.char != " "):
            row.append(sign)
    if row:
        yield row


def _is_beside(sign: Sign, row: list[Sign]) -> bool:
    last, middle = row[-1], (sign.bottom + sign.top) / 2
    half = last.size * 0.5
    return last.bottom - half < middle < last.top + half and sign.left >= row[0].left - 1


def _columns(row: list[Sign], text: Any, turns: int) -> Iterator[Line]:
    """A row, cut where a gap is so wide that it stands between columns."""
    start, end = 0, row[0].right
    for at, sign in enumerate(row):
        if sign.char == " ":
            continue
        if sign.left - end > _GAP * sign.size:
            yield from _line(row[start:at], text, turns)
            start = at
        end = sign.right
    yield from _line(row[start:], text, turns)


def _line(row: list[Sign], text: Any, turns: int) -> Iterator[Line]:
    """One line; none of what runs another way than the text, up the margin."""
    from pypdfium2 import raw

    seen = [sign for sign in row if sign.char != " "]
    middle = seen[len(seen) // 2]
    if turn_of(text, middle.place) != turns:
        return
    letters = [sign for sign in seen for _ in sign.char]
    size = sorted([sign.size for sign in letters])[len(letters) // 2]
    base = sorted([sign.bottom for sign in letters])[len(letters) // 2]
    raised = {sign for sign in seen if sign.size < _SMALLER * size and sign.bottom > base + _RAISED * sign.size}
    words = " ".join(_composed(_written(row, raised).translate(_LIGATURES)).split())
    mark = seen[0].char if seen[0] in raised else ""
    if not words and not mark:
        return
    plain = [sign for sign in seen if sign not in raised] if raised else seen
    yield Line(
        words,
        min(sign.left for sign in seen),
        max(sign.right for sign in seen),
        min(sign.bottom for sign in plain or seen),
        max(sign.top for sign in plain or seen),
        round(size, 1),
        raw.FPDFText_GetFontWeight(text, middle.place) >= 600 or _is_bold(text, middle.place),
        mark,
    )


def _written(row: list[Sign], raised: Set[Sign]) -> str:
    """A line's characters, without the raised marks of footnotes."""
    if not raised:
        return "".join([sign.char for sign in row])
    written = ""
    for sign in row:
        if sign not in raised or sign.char.isalpha():
            written += sign.char
        elif _BASE.search(written):  # an exponent
            written += sign.char.translate(_EXPONENTS)
    return written


def _composed(text: str) -> str:
    """With each accent on its letter."""

    def letter(found: re.Match[str]) -> str:
        base, accent = (found[2], found[1]) if found[1] else (found[3], found[4])
        return unicodedata.normalize("NFC", (base + accent).translate(_ACCENTS))

    return _ACCENTED.sub(letter, text)


def _is_bold(text: Any, index: int) -> bool:
    """Whether the font's name says so: many PDFs give no weight."""
    import ctypes

    from pypdfium2 import raw

    name = ctypes.create_string_buffer(96)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    return bool(length) and any(word in name.value.lower() for word in (b"bold", b"black", b"heavy", b"cmbx"))


def _is_raised(line: Line, last: Line) -> bool:
    """Whether a number was set by itself, small and high, right behind a line."""
    near = -0.1 * last.size < line.left - last.right < 0.3 * last.size
    small = line.size < 0.9 * last.size and line.bottom > last.bottom + 0.2 * last.size
    return near and small and line.text.strip("-−–").isdigit()


def _merged(lines: list[Line]) -> list[Line]:
    """Words that were set one by one on a line are one line."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and _is_raised(line, last):
            exponent = line.text.translate(_EXPONENTS) if _BASE.search(last.text) else ""
            found[-1] = replace(last, text=last.text + exponent, right=line.right)
            continue
        if last is not None and last.size == line.size and abs(last.bottom - line.bottom) < 0.1 * line.size:
            gap = line.left - last.right
            if -0.1 * line.size < gap < _WORD_GAP * line.size:
                blank = " " if gap > 0.12 * line.size else ""
                found[-1] = replace(
                    last, text=last.text + blank + line.text, right=line.right, top=max(last.top, line.top)
                )
                continue
        found.append(line)
    return found
