"""Words of a PDF page, with their places and type.

PDFium is asked about the first and the last letter of each word, and once about each text object (what a program
set in one go, mostly a line): a call for every letter would take most of the time. A page that lies on its side is
set up, and one that is read to the left is mirrored: its lines, columns and paragraphs are then found as on any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from player.story.formats.pdf.pdfium import NO_TYPE, SECOND, TextPage, Type

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
"""Number of words examined to find a page's writing direction."""
_LEAST_SIZE, _GREATEST_SIZE = 0.5, 2.0
"""Least and greatest size of a font, in heights of its letters from the lowest descender to the highest ascender."""
_MAY_BE_RAISED = re.compile(r"[^\W\d_][^\w\s]*[-−–]?\d|^\d{1,3}[^\W\d_]|10[-−–]\d")
"""Words in which figures may be raised: "said.3", "20 m2", "1The"."""
_FIGURES = re.compile(r"[-−–]?\d+")
_SMALL = 0.6
"""Times the size: raised figures."""
_MATHEMATICAL = re.compile("[\u210e\U0001d400-\U0001d7ff]")
"""Mathematical letters, which no ordinary word has."""
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
    """Printed size of its type, in points."""
    bold: bool
    fixed: bool
    """See Type."""
    joined: bool
    """True if it follows the word before without a blank."""


class Written(NamedTuple):
    """The words of a page."""

    words: list[Word | None]
    """In the order in which they were written; None where a line ends."""
    height: float
    """The page's, in points, as it is read."""


class _Pieces(NamedTuple):
    """Words, or parts of words in one type each, as parallel lists."""

    texts: list[str]
    """A line's end is a line feed."""
    firsts: list[int]
    """Place of the first character among the page's."""
    lasts: list[int]
    types: list[Type]
    joined: list[bool]
    raised: set[int]
    """Places of figures that the font itself raises above the line, as "²" does."""


def read_words(page: Any, text: Any) -> Written:
    """Return the words of a page of pypdfium2; `text` is its text page."""
    found = TextPage(text)
    pieces = _with_raised(found, _pieces(found))
    turns = _turns(pieces)
    edges = left, bottom, right, top = page.get_bbox()  # not `get_cropbox`: that knows none that all pages share
    width, height = (top - bottom, right - left) if turns % 2 else (right - left, top - bottom)
    words = list(_words(found, pieces, turns))
    if turns or left or bottom:
        words = [word and _upright(word, turns, edges) for word in words]
    words = [word and (word if _is_within(word, width, height) else None) for word in words]
    if _is_leftward(found.text):
        words = [word and word._replace(left=width - word.right, right=width - word.left) for word in words]
    return Written(words, height)


def _pieces(page: TextPage) -> _Pieces:
    """Return all words; a word in several types is split where the type changes."""
    tokens = list(_TOKEN.finditer(page.text.translate(_CHARS)))
    texts = [token[0] for token in tokens]
    firsts = [token.start() for token in tokens]
    lasts = [token.end() - 1 for token in tokens]
    breaks = [-1, *(n for n, text in enumerate(texts) if text == "\n"), len(texts)]
    types = page.types_of(firsts, lasts, [range(a + 1, b) for a, b in pairwise(breaks)])
    if all(one == other or other is NO_TYPE for one, other in types):
        return _Pieces(texts, firsts, lasts, [one for one, _ in types], [False] * len(texts), set())
    found = _Pieces([], [], [], [], [], set())
    for text, first, last, (one, other) in zip(texts, firsts, lasts, types, strict=True):
        if one == other or other is NO_TYPE:
            _add(found, text, first, last, one, joined=False)
            continue
        begun, kind = first, one
        for place in range(first + 1, last + 1):
            here = page.type_of(place)
            if here not in (kind, NO_TYPE):
                _add(found, text[begun - first : place - first], begun, place - 1, kind, joined=begun > first)
                begun, kind = place, here
        _add(found, text[begun - first :], begun, last, kind, joined=begun > first)
    return found


def _add(pieces: _Pieces, text: str, first: int, last: int, kind: Type, *, joined: bool) -> None:
    pieces.texts.append(text)
    pieces.firsts.append(first)
    pieces.lasts.append(last)
    pieces.types.append(kind)
    pieces.joined.append(joined)


def _with_raised(page: TextPage, pieces: _Pieces) -> _Pieces:
    """Return the pieces with raised figures split off where they are in the same type as their word."""
    parted: dict[int, list[tuple[int, int]]] = {}
    for n, text in enumerate(pieces.texts):
        if _MAY_BE_RAISED.search(text) and pieces.types[n] is not NO_TYPE and pieces.types[n].turns == 0:
            spans = [found.span() for found in _FIGURES.finditer(text)]
            first = pieces.firsts[n]
            if high := [(start, end) for start, end in spans if page.is_raised(first + end - 1)]:
                parted[n] = high
    if not parted:
        return pieces
    found = _Pieces([], [], [], [], [], set())
    for n, (text, first, last, kind, joined) in enumerate(zip(*pieces[:5], strict=True)):
        at = 0
        for start, end in parted.get(n, ()):
            if start > at:
                _add(found, text[at:start], first + at, first + start - 1, kind, joined=joined or at > 0)
            found.raised.add(len(found.texts))
            _add(found, text[start:end], first + start, first + end - 1, kind, joined=joined or start > 0)
            at = end
        if at < len(text):
            _add(found, text[at:], first + at, last, kind, joined=joined or at > 0)
    return found


def _turns(pieces: _Pieces) -> int:
    """Return by how many quarters of a turn most of the text is turned: 1 or 3 on a landscape page, 0 usually."""
    every = len(pieces.texts) // _SAMPLES + 1
    found = Counter(kind.turns for kind in pieces.types[::every] if kind is not NO_TYPE and kind.turns >= 0)
    return found.most_common(1)[0][0] if found else 0


def _is_leftward(text: str) -> bool:
    """Return True if most of its letters are Hebrew or Arabic."""
    if text.isascii():
        return False
    kinds = Counter(map(unicodedata.bidirectional, text[:: len(text) // _SAMPLES + 1]))
    return kinds["R"] + kinds["AL"] > kinds["L"]


def _words(page: TextPage, pieces: _Pieces, turns: int) -> Iterator[Word | None]:
    """Yield the words in their places, without those that run in another direction than most."""
    texts, firsts, lasts, types, joined, raised = pieces
    begins, ends = page.boxes(firsts), page.boxes(lasts)
    for n, (text, kind, follows) in enumerate(zip(texts, types, joined, strict=True)):
        at = 4 * n
        if text == "\n":
            yield None
            continue
        if kind.turns != turns:
            continue
        x0, y1, x1, y0 = begins[at : at + 4]
        if len(text) > 1:
            left, top, right, bottom = ends[at : at + 4]
            x0, x1 = left if left < x0 else x0, right if right > x1 else x1
            y0, y1 = bottom if bottom < y0 else y0, top if top > y1 else y1
        if x1 - x0 <= 0 and y1 - y0 <= 0:
            continue  # it is nowhere on the page
        height, size = x1 - x0 if turns % 2 else y1 - y0, kind.size
        if not _LEAST_SIZE * height < size < _GREATEST_SIZE * height:  # fonts of pictures say nothing of it
            size = round(height, 1)
        if n in raised:
            y0, size = y0 + (1 - _SMALL) * size, round(_SMALL * size, 1)
        plain = text if text.isascii() and text[-1] != _HYPHEN else _plain(text)
        yield Word(plain, x0, x1, y0, y1, size, kind.bold, kind.fixed, follows)


def _is_within(word: Word, width: float, height: float) -> bool:
    """Return True for a word on the visible page. Printers' marks and numbers of lines may stand beside it."""
    return 0 <= word.left + word.right <= 2 * width and 0 <= word.bottom + word.top <= 2 * height


def _plain(text: str) -> str:
    """Return a word with letters as they are typed, and the hyphen at its end as one."""
    text = _MATHEMATICAL.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.replace(SECOND, ""))
    text = _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return text.replace("\u2007", " ").replace(_HYPHEN, "-")


def _upright(word: Word, turns: int, edges: tuple[float, float, float, float]) -> Word:
    """Return a word of a page (with its left, lower, right and upper edge), once it is turned to be read."""
    left, bottom, right, top = edges
    _, x0, x1, y0, y1, *_ = word
    x0, x1, y0, y1 = {
        0: (x0 - left, x1 - left, y0 - bottom, y1 - bottom),
        1: (top - y1, top - y0, x0 - left, x1 - left),
        2: (right - x1, right - x0, top - y1, top - y0),
        3: (y0 - bottom, y1 - bottom, right - x1, right - x0),
    }[turns]
    return word._replace(left=x0, right=x1, bottom=y0, top=y1)
