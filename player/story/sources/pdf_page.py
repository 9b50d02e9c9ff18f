"""The lines of a PDF's page as they were set: text, place, size and weight. A page that lies on its side is set up."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

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
_BROKEN_HERE = (0x02, 0xFFFE)
"""What PDFium gives for a hyphen at the end of a line."""
_LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆ"}


_SAMPLES = 60
"""Characters of a page that tell which way its text runs."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column, in points from the page's lower left corner as it is read."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    """Height of its type, in points, as it is printed."""
    bold: bool
    mark: str = ""
    """A raised sign at its very beginning: the line begins a footnote."""

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left


class _Sign(NamedTuple):
    char: str
    left: float
    right: float
    bottom: float
    top: float
    place: int
    """Its number among the page's characters."""

    @property
    def size(self) -> float:
        return self.top - self.bottom


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
        count = text.count_chars()
        turns = _turns(text, count)
        edges = left, bottom, right, top = page.get_cropbox()
        signs = _signs(text, count)
        if turns or left or bottom:
            signs = _upright(signs, turns, edges)
        lines = _merged([line for row in _rows(signs) for line in _columns(row, text, turns)])
        return Page(lines, right - left if turns % 2 else top - bottom)
    finally:
        text.close()


def _turn(text: Any, index: int) -> int:
    """By how many quarters of a turn to the right a character is turned."""
    from math import pi

    from pypdfium2 import raw

    angle: float = raw.FPDFText_GetCharAngle(text, index)
    return round(angle / (pi / 2)) % 4


def _turns(text: Any, count: int) -> int:
    """By how many quarters of a turn most of the text is: of a landscape page, whichever way that was made."""
    found = Counter(_turn(text, index) for index in range(0, count, count // _SAMPLES + 1))
    return found.most_common(1)[0][0] if found else 0


def _upright(
    signs: Iterator[_Sign | None], turns: int, edges: tuple[float, float, float, float]
) -> Iterator[_Sign | None]:
    """The characters of a page (with its left, lower, right and upper edge), once it is turned to be read."""
    left, bottom, right, top = edges
    for sign in signs:
        if sign is None:
            yield None
            continue
        char, x0, x1, y0, y1, place = sign
        x0, x1, y0, y1 = {
            0: (x0 - left, x1 - left, y0 - bottom, y1 - bottom),
            1: (top - y1, top - y0, x0 - left, x1 - left),
            2: (right - x1, right - x0, top - y1, top - y0),
            3: (y0 - bottom, y1 - bottom, right - x1, right - x0),
        }[turns]
        yield _Sign(char, x0, x1, y0, y1, place)


def _signs(text: Any, count: int) -> Iterator[_Sign | None]:
    """Every character with its place, 5 µs each; None where a line ends."""
    from pypdfium2 import raw  # 0.05 s

    box = raw.FS_RECTF()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        code = ord("-") if code in _BROKEN_HERE else code
        if code in (10, 13):
            yield None
        elif raw.FPDFText_GetLooseCharBox(text, index, box) and not (code < 32 or 0xD800 <= code < 0xE000):
            yield _Sign(chr(code), box.left, box.right, box.bottom, box.top, index)


def _rows(signs: Iterator[_Sign | None]) -> Iterator[list[_Sign]]:
    """Characters that follow one another on one line."""
    row: list[_Sign] = []
    for sign in signs:
        new = sign is None
        if sign is not None and row and sign.char != " ":
            last = row[-1]
            middle = (sign.bottom + sign.top) / 2
            new = not last.bottom - last.size * 0.5 < middle < last.top + last.size * 0.5 or sign.left < row[0].left - 1
        if new and row:
            yield row
            row = []
        if sign is not None and (row or sign.char != " "):
            row.append(sign)
    if row:
        yield row


def _columns(row: list[_Sign], text: Any, turns: int) -> Iterator[Line]:
    """A row, cut where a gap is so wide that it stands between columns."""
    start = 0
    for at in range(1, len(row)):
        gap = row[at].left - row[at - 1].right
        if row[at - 1].char == " " and at >= 2:
            gap = max(gap, row[at].left - row[at - 2].right)
        if row[at].char != " " and gap > _GAP * row[at].size:
            yield from _line(row[start:at], text, turns)
            start = at
    yield from _line(row[start:], text, turns)


def _line(row: list[_Sign], text: Any, turns: int) -> Iterator[Line]:
    """One line; none of what runs another way than the text, up the margin."""
    from pypdfium2 import raw

    seen = [sign for sign in row if sign.char != " "]
    if not seen or _turn(text, seen[len(seen) // 2].place) != turns:
        return
    sizes = sorted(sign.size for sign in seen)
    size = sizes[len(sizes) // 2]
    base = sorted(sign.bottom for sign in seen)[len(seen) // 2]
    raised = {id(sign) for sign in seen if sign.size < _SMALLER * size and sign.bottom > base + _RAISED * sign.size}
    written = ""
    for sign in row:
        if id(sign) not in raised or sign.char.isalpha():
            written += sign.char
        elif _BASE.search(written):  # an exponent; all other raised signs are footnotes' marks
            written += sign.char.translate(_EXPONENTS)
    first = seen[0]
    mark = first.char if id(first) in raised else ""
    middle = seen[len(seen) // 2]
    weight = raw.FPDFText_GetFontWeight(text, middle.place)
    words = " ".join(written.translate(_LIGATURES).split())
    if not words and not mark:
        return
    plain = [sign for sign in seen if id(sign) not in raised] or seen
    yield Line(
        words,
        min(sign.left for sign in seen),
        max(sign.right for sign in seen),
        min(sign.bottom for sign in plain),
        max(sign.top for sign in plain),
        round(size, 1),
        weight >= 600 or _is_bold(text, middle.place),
        mark,
    )


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
