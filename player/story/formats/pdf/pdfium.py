"""PDFium's text pages, asked in bulk: one call a page for the text, one a text object for its type."""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from math import atan2, hypot, isfinite, pi
from typing import Any, NamedTuple

_BOLD = re.compile(rb"bold|black|heavy|cmbx|semibold|demi(?!an)", re.IGNORECASE)
_HEAVY = 600
"""Font weight of what is bold."""
_FIXED = re.compile(
    rb"mono|courier|consol|menlo|monaco|typewriter|teletype|inconsolata|andale|fixed|code(?!c)|\+?cm(?:s?l?tt)|sftt|ectt|txtt",
    re.IGNORECASE,
)
"""Names of fonts whose letters all have one width; few PDFs flag them as such."""
SECOND = "\ufdd4"
"""Stands behind a character that PDFium counts as two: a noncharacter, which no text has."""
_RARE = re.compile("[\U00010000-\U0010ffff]")
_RAISED, _LOW = 0.2, 0.62
"""Times the size: above the line so much, and no higher than that, is a figure of its font that is raised."""
_APART = 4
"""Words; of fewer each is asked for by itself."""
_SLANT = 0.15
"""Slope (rise by length) of a line that is no part of the text, such as a watermark; scanned pages are less aslant."""
_BOX = 16
"""Bytes: left, top, right and bottom as floats."""


class Type(NamedTuple):
    """How a text object is set."""

    size: float
    """Printed size of its font, in points."""
    bold: bool
    fixed: bool
    """True if all letters of its font are as wide as each other, as code is set."""
    turns: int
    """By how many quarters of a turn to the right; -1 for text at a slant, such as a watermark."""


NO_TYPE = Type(0.0, False, False, 0)
"""The type of characters that are not in the file: PDFium puts blanks and line ends between words."""


class _Calls(NamedTuple):
    """PDFium's functions with plain numbers for addresses: pypdfium2's own build an object a call."""

    text_object: Any
    box: Any
    font: Any
    font_size: Any
    matrix: Any


@cache
def _calls() -> _Calls:
    from pypdfium2 import raw

    def plain(function: Any, result: Any, *arguments: Any) -> Any:
        return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)

    address, number = ctypes.c_void_p, ctypes.c_int
    return _Calls(
        text_object=plain(raw.FPDFText_GetTextObject, address, address, number),
        box=plain(raw.FPDFText_GetLooseCharBox, number, address, number, address),
        font=plain(raw.FPDFTextObj_GetFont, address, address),
        font_size=plain(raw.FPDFText_GetFontSize, ctypes.c_double, address, number),
        matrix=plain(raw.FPDFText_GetMatrix, number, address, number, address),
    )


class TextPage:
    """The text of a page of pypdfium2."""

    text: str
    """A character each that PDFium counts, so that an index is a place on the page."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._address = ctypes.cast(page.raw, ctypes.c_void_p).value
        self._calls = _calls()
        self._types: dict[int | None, Type] = {None: NO_TYPE}
        self._looks: dict[int | None, tuple[bool, bool]] = {}
        self._matrix = array("f", bytes(24))
        self._at_matrix = self._matrix.buffer_info()[0]
        self.text = self._read()

    def type_of(self, index: int) -> Type:
        """Return how the character at this place is set."""
        thing = self._calls.text_object(self._address, index)
        found = self._types.get(thing)
        if found is None:
            found = self._types[thing] = self._type(thing, index)
        return found

    def types_of(self, firsts: Sequence[int], lasts: Sequence[int], runs: Iterable[range]) -> list[tuple[Type, Type]]:
        """Return how the first and the last character of each word are set. The runs are of words that follow one
        another.

        What one text object begins and ends is all in it: most words of a line need not be asked for.
        """
        found = [(NO_TYPE, NO_TYPE)] * len(firsts)
        waiting = list(runs)
        text_object, handle, types = self._calls.text_object, self._address, self._types
        while waiting:
            run = waiting.pop()
            begin, end = run.start, run.stop
            if end - begin < _APART:
                for n in run:
                    found[n] = (self.type_of(firsts[n]), self.type_of(lasts[n]))
                continue
            thing = text_object(handle, firsts[begin])
            if thing is not None and thing == text_object(handle, lasts[end - 1]):
                if thing not in types:
                    types[thing] = self._type(thing, firsts[begin])
                found[begin:end] = [(types[thing], types[thing])] * (end - begin)
            else:
                middle = (begin + end) // 2
                waiting += [range(begin, middle), range(middle, end)]
        return found

    def is_raised(self, index: int) -> bool:
        """Return True for a small figure above the line that is as large as the text by its font: of a font's own."""
        from pypdfium2 import raw

        left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
        raw.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(self._page, index, x, y)
        size = self.type_of(index).size
        return bottom.value - y.value > _RAISED * size and top.value - bottom.value < _LOW * size

    def boxes(self, places: Sequence[int]) -> array[float]:
        """Left, top, right and bottom of each of these characters, with the room above and below letters."""
        boxes = array("f", bytes(_BOX * len(places)))
        base, handle, box = boxes.buffer_info()[0], self._address, self._calls.box
        for at, place in enumerate(places):
            box(handle, place, base + _BOX * at)
        return boxes

    def _read(self) -> str:
        """Return all characters, with SECOND behind rare ones, which PDFium counts twice, as UTF-16 has them. Its text
        leaves out what means nothing: then each is asked for by itself."""
        from pypdfium2 import raw

        count = self._page.count_chars()
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        written = raw.FPDFText_GetText(self._page, 0, count, buffer) - 1
        text = bytes(buffer)[: 2 * max(written, 0)].decode("utf-16-le", errors="replace")
        if len(text) == written == count:
            return text
        text = _RARE.sub(rf"\g<0>{SECOND}", text)
        if len(text) == written == count:
            return text
        return "".join([chr(raw.FPDFText_GetUnicode(self._page, n)) for n in range(count)])

    def _type(self, thing: int, index: int) -> Type:
        calls, handle = self._calls, self._address
        if not calls.matrix(handle, index, self._at_matrix):
            return NO_TYPE
        a, b, c, d, _, _ = self._matrix
        size = calls.font_size(handle, index) * hypot(c, d)
        if not isfinite(size + a):
            return NO_TYPE
        font = calls.font(thing)
        look = self._looks.get(font)
        if look is None:
            look = self._looks[font] = self._look(index)
        turns = round(atan2(c, a) / (pi / 2)) % 4 if c else 2 * (a < 0)
        slanted = min(abs(a), abs(b)) > _SLANT * max(abs(a), abs(b))  # slanted letters on a level line are italics
        return Type(round(size, 1), *look, -1 if slanted else turns)

    def _look(self, index: int) -> tuple[bool, bool]:
        """(whether the font is bold, whether its letters are of one width), as its weight says or its name: many PDFs
        give no weight."""
        from pypdfium2 import raw

        written = ctypes.create_string_buffer(96)
        length = raw.FPDFText_GetFontInfo(self._page, index, written, len(written), ctypes.c_int())
        name = written.value if length > 0 else b""
        heavy = raw.FPDFText_GetFontWeight(self._page, index) >= _HEAVY
        return heavy or _BOLD.search(name) is not None, _FIXED.search(name) is not None
