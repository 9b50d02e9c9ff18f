"""The lines of a PDF's page as they were set: text, place, size and weight. A page that lies on its side is set up."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace
from math import hypot, pi
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
_CHARS = dict.fromkeys((*range(32), *range(0xD800, 0xE000)), "\0") | {10: "\n", 13: "\n", 0x02: "-", 0xFFFE: "-"}
"""What has no character of its own: of PDFium's, a hyphen at the end of a line."""
_PIECE = re.compile(r"[^\W\d_]{3,}|[^\0]")
"""Words are taken as one, for asking where each letter is takes most of the time; a mark is no letter."""
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
    """Of its type, in points, as it is printed."""
    bold: bool
    mark: str = ""
    """A raised sign at its very beginning: the line begins a footnote."""

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left


_ACCENTS = str.maketrans("¨´`ˆ˜ˇ¯¸ı", "\u0308\u0301\u0300\u0302\u0303\u030c\u0304\u0327i")
_ACCENTED = re.compile(r"([¨´ˆ˜ˇ¯]|(?<=[^\W\d_])`)\s?([aeiounsczyAEIOUNSCZYı])|([cC])(¸)")
"""TeX sets an accent as a sign of its own, in front of the letter: "M¨oller"."""
_LEAST_SIZE, _GREATEST_SIZE = 0.5, 2.0
"""Of a font, times the height of its letters with all that reaches above and below."""


class _Sign(NamedTuple):
    char: str
    """Or a word."""
    left: float
    right: float
    bottom: float
    top: float
    size: float
    """Of its font as printed, which all letters of a line have in common; of a blank its height."""
    place: int
    """Its number among the page's characters."""


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
        some = range(0, count, count // _SAMPLES + 1)
        turns, is_leftward = _turns(text, some), _is_leftward(text, some)
        edges = left, bottom, right, top = page.get_cropbox()
        signs = _signs(text, count, turns)
        if turns or left or bottom:
            signs = _upright(signs, turns, edges)
        if is_leftward:
            signs = _mirrored(signs, top - bottom if turns % 2 else right - left)
        lines = _merged([line for row in _rows(signs) for line in _columns(row, text, turns)])
        return Page(lines, right - left if turns % 2 else top - bottom)
    finally:
        text.close()


def _turn(text: Any, index: int) -> int:
    """By how many quarters of a turn to the right a character is turned."""
    from pypdfium2 import raw

    angle: float = raw.FPDFText_GetCharAngle(text, index)
    return round(angle / (pi / 2)) % 4


def _turns(text: Any, some: range) -> int:
    """By how many quarters of a turn most of the text is: of a landscape page, whichever way that was made."""
    found = Counter(_turn(text, index) for index in some)
    return found.most_common(1)[0][0] if found else 0


def _is_leftward(text: Any, some: range) -> bool:
    """Whether most of its letters are Hebrew or Arabic."""
    from pypdfium2 import raw

    kinds = Counter(unicodedata.bidirectional(chr(raw.FPDFText_GetUnicode(text, index))) for index in some)
    return kinds["R"] + kinds["AL"] > kinds["L"]


def _mirrored(signs: Iterator[_Sign | None], width: float) -> Iterator[_Sign | None]:
    """As in a mirror, where a page that is read to the left is one like all others: columns, indents, ends of lines."""
    for sign in signs:
        yield sign and sign._replace(left=width - sign.right, right=width - sign.left)


def _upright(
    signs: Iterator[_Sign | None], turns: int, edges: tuple[float, float, float, float]
) -> Iterator[_Sign | None]:
    """The characters of a page (with its left, lower, right and upper edge), once it is turned to be read."""
    left, bottom, right, top = edges
    for sign in signs:
        if sign is None:
            yield None
            continue
        char, x0, x1, y0, y1, size, place = sign
        x0, x1, y0, y1 = {
            0: (x0 - left, x1 - left, y0 - bottom, y1 - bottom),
            1: (top - y1, top - y0, x0 - left, x1 - left),
            2: (right - x1, right - x0, top - y1, top - y0),
            3: (y0 - bottom, y1 - bottom, right - x1, right - x0),
        }[turns]
        yield _Sign(char, x0, x1, y0, y1, size, place)


def _signs(text: Any, count: int, turns: int) -> Iterator[_Sign | None]:
    """Everything written on a page with its place, 2 µs a character; None where a line ends."""
    from pypdfium2 import raw  # 0.05 s

    code_of, handle, sign = raw.FPDFText_GetUnicode, text.raw, _signer(text, turns)
    written = "".join([_CHARS.get(code, "") or chr(code) for code in [code_of(handle, n) for n in range(count)]])
    for found in _PIECE.finditer(written):
        piece, place = found[0], found.start()
        if piece == "\n":
            yield None
        elif len(piece) > 1 and (whole := _word(sign(piece, place), sign(piece[-1], place + len(piece) - 1))):
            yield whole
        else:
            for at, char in enumerate(piece, place):
                if one := sign(char, at):
                    yield one


def _signer(text: Any, turns: int) -> Callable[[str, int], _Sign | None]:
    """Gives the sign at a place; None when it is nowhere on the page."""
    from ctypes import byref

    from pypdfium2 import raw

    handle, box, matrix = text.raw, raw.FS_RECTF(), raw.FS_MATRIX()
    box_of, to_box = raw.FPDFText_GetLooseCharBox, byref(box)
    matrix_of, to_matrix, size_of = raw.FPDFText_GetMatrix, byref(matrix), raw.FPDFText_GetFontSize

    def sign(char: str, place: int) -> _Sign | None:
        if not box_of(handle, place, to_box):
            return None
        low, high = box.bottom, box.top
        size = height = box.right - box.left if turns % 2 else high - low
        if char != " " and matrix_of(handle, place, to_matrix):
            size = size_of(handle, place) * hypot(matrix.c, matrix.d)
            if not _LEAST_SIZE * height < size < _GREATEST_SIZE * height:  # fonts of pictures say nothing of it
                size = height
        return _Sign(char, box.left, box.right, low, high, size, place)

    return sign


def _word(first: _Sign | None, last: _Sign | None) -> _Sign | None:
    """A word by its first letter (which has its text) and its last, when both are of one size and on one line."""
    if first is None or last is None or first.size != last.size or abs(first.bottom - last.bottom) > 0.2 * first.size:
        return None
    return first._replace(left=min(first.left, last.left), right=max(first.right, last.right))


def _rows(signs: Iterator[_Sign | None]) -> Iterator[list[_Sign]]:
    """Characters that follow one another on one line."""
    row: list[_Sign] = []
    for sign in signs:
        if row and (sign is None or (sign.char != " " and not _is_beside(sign, row))):
            yield row
            row = []
        if sign is not None and (row or sign.char != " "):
            row.append(sign)
    if row:
        yield row


def _is_beside(sign: _Sign, row: list[_Sign]) -> bool:
    last, middle = row[-1], (sign.bottom + sign.top) / 2
    half = last.size * 0.5
    return last.bottom - half < middle < last.top + half and sign.left >= row[0].left - 1


def _columns(row: list[_Sign], text: Any, turns: int) -> Iterator[Line]:
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


def _line(row: list[_Sign], text: Any, turns: int) -> Iterator[Line]:
    """One line; none of what runs another way than the text, up the margin."""
    from pypdfium2 import raw

    seen = [sign for sign in row if sign.char != " "]
    middle = seen[len(seen) // 2]
    if _turn(text, middle.place) != turns:
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


def _written(row: list[_Sign], raised: Set[_Sign]) -> str:
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
