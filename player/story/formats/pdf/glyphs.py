"""What is written on a PDF's page, sign by sign, with its place and size.

A page that lies on its side is set up, and one that is read to the left is mirrored: its lines, columns and
paragraphs are then made out as on any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from math import hypot, pi
from typing import Any, NamedTuple

_CHARS = dict.fromkeys((*range(32), *range(0xD800, 0xE000)), "\0") | {10: "\n", 13: "\n", 0x02: "-", 0xFFFE: "-"}
"""What has no character of its own: of PDFium's, a hyphen at the end of a line."""
_PIECE = re.compile(r"[^\W\d_]{3,}|[^\0]")
"""Words are taken as one, for asking where each letter is takes most of the time; a mark is no letter."""
_SAMPLES = 60
"""Characters of a page that tell which way its text runs."""
_LEAST_SIZE, _GREATEST_SIZE = 0.5, 2.0
"""Of a font, times the height of its letters with all that reaches above and below."""


class Sign(NamedTuple):
    """A character or a word where it stands, in points from the page's lower left corner as it is read."""

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


class Written(NamedTuple):
    """What is written on a page."""

    signs: Iterator[Sign | None]
    """In the order in which they were written; None where a line ends."""
    turns: int
    """By how many quarters of a turn to the right they are turned in the file."""
    height: float
    """The page's, in points, as it is read."""


def read_signs(page: Any, text: Any) -> Written:
    """What is written on a page of pypdfium2, which is given with its text page."""
    count = text.count_chars()
    some = range(0, count, count // _SAMPLES + 1)
    turns = _turns(text, some)
    edges = left, bottom, right, top = page.get_cropbox()
    signs = _signs(text, count, turns)
    if turns or left or bottom:
        signs = _upright(signs, turns, edges)
    width, height = (top - bottom, right - left) if turns % 2 else (right - left, top - bottom)
    return Written(_mirrored(signs, width) if _is_leftward(text, some) else signs, turns, height)


def turn_of(text: Any, index: int) -> int:
    """By how many quarters of a turn to the right a character is turned."""
    from pypdfium2 import raw

    angle: float = raw.FPDFText_GetCharAngle(text, index)
    return round(angle / (pi / 2)) % 4


def _turns(text: Any, some: range) -> int:
    """By how many quarters of a turn most of the text is: of a landscape page, whichever way that was made."""
    found = Counter(turn_of(text, index) for index in some)
    return found.most_common(1)[0][0] if found else 0


def _is_leftward(text: Any, some: range) -> bool:
    """Whether most of its letters are Hebrew or Arabic."""
    from pypdfium2 import raw

    kinds = Counter(unicodedata.bidirectional(chr(raw.FPDFText_GetUnicode(text, index))) for index in some)
    return kinds["R"] + kinds["AL"] > kinds["L"]


def _mirrored(signs: Iterator[Sign | None], width: float) -> Iterator[Sign | None]:
    """As in a mirror, where a page that is read to the left is one like all others: columns, indents, ends of lines."""
    for sign in signs:
        yield sign and sign._replace(left=width - sign.right, right=width - sign.left)


def _upright(
    signs: Iterator[Sign | None], turns: int, edges: tuple[float, float, float, float]
) -> Iterator[Sign | None]:
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
        yield Sign(char, x0, x1, y0, y1, size, place)


def _signs(text: Any, count: int, turns: int) -> Iterator[Sign | None]:
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


def _signer(text: Any, turns: int) -> Callable[[str, int], Sign | None]:
    """Gives the sign at a place; None when it is nowhere on the page."""
    from ctypes import byref

    from pypdfium2 import raw

    handle, box, matrix = text.raw, raw.FS_RECTF(), raw.FS_MATRIX()
    box_of, to_box = raw.FPDFText_GetLooseCharBox, byref(box)
    matrix_of, to_matrix, size_of = raw.FPDFText_GetMatrix, byref(matrix), raw.FPDFText_GetFontSize

    def sign(char: str, place: int) -> Sign | None:
        if not box_of(handle, place, to_box):
            return None
        low, high = box.bottom, box.top
        size = height = box.right - box.left if turns % 2 else high - low
        if char != " " and matrix_of(handle, place, to_matrix):
            size = size_of(handle, place) * hypot(matrix.c, matrix.d)
            if not _LEAST_SIZE * height < size < _GREATEST_SIZE * height:  # fonts of pictures say nothing of it
                size = height
        return Sign(char, box.left, box.right, low, high, size, place)

    return sign


def _word(first: Sign | None, last: Sign | None) -> Sign | None:
    """A word by its first letter (which has its text) and its last, when both are of one size and on one line."""
    if first is None or last is None or first.size != last.size or abs(first.bottom - last.bottom) > 0.2 * first.size:
        return None
    return first._replace(left=min(first.left, last.left), right=max(first.right, last.right))
