"""What is written on a PDF's page, word by word, with its place and type.

PDFium is asked about the first and the last letter of each word, and once about each text object (what a program
set in one go, mostly a line): a call for every letter would take most of the time. A page that lies on its side is
set up, and one that is read to the left is mirrored: its lines, columns and paragraphs are then found as on any other.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from player.story.formats.pdf.pdfium import NO_TYPE, TextPage, Type

_HYPHEN = "\x02"
"""PDFium's sign for a hyphen at the end of a line."""
_CHARS = {
    **dict.fromkeys((*range(32), *range(0xD800, 0xE000)), " "),
    10: "\n",
    13: "\n",
    0x02: _HYPHEN,
    0xFFFE: _HYPHEN,
    0xFFFF: " ",
    0xA0: "\u2007",  # is no blank for _TOKEN: words that stay together on a line
}
_TOKEN = re.compile(rf"\n|{_HYPHEN}|[^\s{_HYPHEN}]+{_HYPHEN}?")
_SAMPLES = 400
"""Words of a page that tell which way its text runs."""
_LEAST_SIZE, _GREATEST_SIZE = 0.5, 2.0
"""Of a font, times the height of its letters with all that reaches above and below."""
_FORMS = re.compile("[\ufb1d-\ufb4f\ufb50-\ufdff\ufe70-\ufefc]+")
"""Presentation forms of Hebrew and Arabic: letters as they look within a word."""


class Word(NamedTuple):
    """A word, or a part of one, where it stands, in points from the page's lower left corner as it is read."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    """Of its type as printed."""
    bold: bool
    joined: bool
    """Whether it follows the word before without a blank."""


class Written(NamedTuple):
    """What is written on a page."""

    words: list[Word | None]
    """In the order in which they were written; None where a line ends."""
    height: float
    """The page's, in points, as it is read."""


class _Piece(NamedTuple):
    """A part of a word that is in one type: its first and last character among the page's."""

    text: str
    first: int
    last: int
    type: Type
    joined: bool


def read_words(page: Any, text: Any) -> Written:
    """What is written on a page of pypdfium2, which is given with its text page."""
    found = TextPage(text)
    pieces = list(_pieces(found))
    turns = _turns(pieces)
    kept = [piece for piece in pieces if piece is None or piece.type.turns == turns]
    edges = left, bottom, right, top = page.get_cropbox()
    width, height = (top - bottom, right - left) if turns % 2 else (right - left, top - bottom)
    boxes = _boxes(found, [piece for piece in kept if piece is not None], turns, edges)
    if _is_leftward(found.text):
        boxes = [(width - x1, width - x0, y0, y1) for x0, x1, y0, y1 in boxes]
    return Written(list(_words(kept, boxes, turns)), height)


def _pieces(page: TextPage) -> Iterator[_Piece | None]:
    """The parts of all words; None where a line ends."""
    type_of = page.type_of
    for token in _TOKEN.finditer(page.text.translate(_CHARS)):
        word, first, last = token[0], token.start(), token.end() - 1
        if word == "\n":
            yield None
            continue
        one, other = type_of(first), type_of(last)
        if one == other or other is NO_TYPE:
            yield _Piece(word, first, last, one, joined=False)
        else:
            yield from _parted(page, word, first)


def _parted(page: TextPage, word: str, first: int) -> Iterator[_Piece]:
    """The parts of a word that are each in one type."""
    begun, kind = 0, page.type_of(first)
    for n in range(1, len(word)):
        here = page.type_of(first + n)
        if here not in (kind, NO_TYPE):
            yield _Piece(word[begun:n], first + begun, first + n - 1, kind, joined=begun > 0)
            begun, kind = n, here
    yield _Piece(word[begun:], first + begun, first + len(word) - 1, kind, joined=begun > 0)


def _turns(pieces: Sequence[_Piece | None]) -> int:
    """By how many quarters of a turn most of the text is: of a landscape page, whichever way that was made."""
    some = pieces[:: len(pieces) // _SAMPLES + 1]
    found = Counter(piece.type.turns for piece in some if piece is not None)
    return found.most_common(1)[0][0] if found else 0


def _is_leftward(text: str) -> bool:
    """Whether most of its letters are Hebrew or Arabic."""
    kinds = Counter(map(unicodedata.bidirectional, text[:: len(text) // _SAMPLES + 1]))
    return kinds["R"] + kinds["AL"] > kinds["L"]


def _boxes(
    page: TextPage, pieces: Sequence[_Piece], turns: int, edges: tuple[float, float, float, float]
) -> list[tuple[float, float, float, float]]:
    """(left, right, bottom, top) of each piece, once the page is turned to be read."""
    left, bottom, right, top = edges
    upright = not (turns or left or bottom)
    found: list[tuple[float, float, float, float]] = []
    values: array[float] = page.boxes([place for piece in pieces for place in (piece.first, piece.last)])
    for n in range(0, len(values), 8):
        a0, at, a1, ab, b0, bt, b1, bb = values[n : n + 8]
        x0, x1 = a0 if a0 < b0 else b0, a1 if a1 > b1 else b1
        y0, y1 = ab if ab < bb else bb, at if at > bt else bt
        if upright:
            found.append((x0, x1, y0, y1))
        elif turns == 0:
            found.append((x0 - left, x1 - left, y0 - bottom, y1 - bottom))
        elif turns == 1:
            found.append((top - y1, top - y0, x0 - left, x1 - left))
        elif turns == 2:
            found.append((right - x1, right - x0, top - y1, top - y0))
        else:
            found.append((y0 - bottom, y1 - bottom, right - x1, right - x0))
    return found


def _words(
    pieces: Sequence[_Piece | None], boxes: Sequence[tuple[float, float, float, float]], turns: int
) -> Iterator[Word | None]:
    place = iter(boxes)
    for piece in pieces:
        if piece is None:
            yield None
            continue
        text, _, _, kind, joined = piece
        x0, x1, y0, y1 = next(place)
        if x1 - x0 <= 0 and y1 - y0 <= 0:
            continue  # it is nowhere on the page
        height, size = y1 - y0, kind.size
        if not _LEAST_SIZE * height < size < _GREATEST_SIZE * height:  # fonts of pictures say nothing of it
            size = height
        if not text.isascii():
            text = _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
            text = text.replace("\u2007", " ")
        yield Word(text.replace(_HYPHEN, "-"), x0, x1, y0, y1, round(size, 1), kind.bold, joined)
