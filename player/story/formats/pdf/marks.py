"""What is set apart from a line and belongs to it: bullets and numbers of lists, footnotes' marks, initials."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from player.story.formats.pdf.page import Line
from player.story.formats.pdf.rows import rows_of

BULLET = "•◦▪‣●○■□–—*·➢➤✓\uf0b7\uf0a7\uf076\uf0d8\uf0fc\uf0a8\uf06e\uf071\uf0e0\uf02d\uf0ad\uf0de\uf0f0"
_AS_BULLET = "!§Øü"
"""What bullets in a font of symbols are as letters."""
_ITEM = re.compile(
    rf"[{BULLET}]|\(?(?:\d{{1,3}}|[a-zA-Z]|[ivxIVX]{{1,5}})[.)]|\d{{1,3}}(?:\.\d{{1,2}}){{1,3}}\.?|\d{{1,2}}"
)
_ITEM_GAP = 4.0
"""Times the line's size: so far from its text is an item's bullet, at most. A number without a point is as large as
the text, or is the line's own."""
_NOTE_MARK = re.compile(r"\d{1,3}|[*∗†‡§¶]{1,3}")
_LONGEST_MARK = 9
"""Characters in a mark that is a line of its own."""
_SET_APART, _SMALL = re.compile(r"[\d,*∗†‡§¶\[\]\s–-]+"), 0.85
"""A raised footnote mark that was set apart from its line."""
_NEXT_ROW = 3.2
"""Times the size: rows of a table are no further apart."""
_INITIAL = re.compile(r"[“‘\"'«„]?[^\W\d_a-zß-ÿ]")
_INITIAL_SIZE = 1.7
"""Times the text's size; an initial is larger."""
_MOST_INITIALS = 4
"""On a page."""


def with_marks(lines: Sequence[Line], size: float) -> list[Line]:
    """Return the lines of a page, each together with what belongs to it; the text is of this size."""
    found = {line.number: line for line in lines}
    initials = [line for line in lines if line.size >= _INITIAL_SIZE * size and _INITIAL.fullmatch(line.text)]
    for mark in initials[:_MOST_INITIALS]:
        _join(found, mark, _initial(mark, lines, size))
    signs = _signs(lines)
    for row in rows_of(found.values()):
        whole = row[-1]
        for mark in reversed(row[:-1]):  # of "1. (a) Text" first "(a)", then "1."
            shown = mark._replace(text="•") if (mark.text, round(mark.left)) in signs else mark
            together = _note(shown, whole) or _item(shown, whole) if _is_short(mark) else None
            _join(found, mark, together)
            whole = together or mark
    return list(found.values())


def _signs(lines: Iterable[Line]) -> set[tuple[str, int]]:
    """Return the (sign, left edge) of bullets that are other signs in the text's letters: alone, and one below the
    other."""
    alone = Counter((line.text, round(line.left)) for line in lines if len(line.text) == 1)
    return {each for each, count in alone.items() if count > 1 and (each[0] in _AS_BULLET or _is_symbol(each[0]))}


def _is_symbol(sign: str) -> bool:
    return unicodedata.category(sign) == "So"


def without_marks(lines: Sequence[Line], size: float) -> list[Line]:
    """Return the lines without marks of footnotes that were set apart, and without the figures of an axis; cells of a
    table in small type stay."""
    small = [line for line in lines if line.size <= _SMALL * size]
    marks = {line.number for line in small if _SET_APART.fullmatch(line.text)}
    rows = [row for row in rows_of(small) if len(row) > 1] if marks else []
    cells = {one.number for a, b in pairwise(rows) if _are_rows(a, b) for one in (*a, *b)}
    return [line for line in lines if line.text and line.number not in marks - cells]


def _are_rows(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Return True for two rows of a table: one close below the other, with two columns at least in common."""
    edges = {round(edge) for line in above for edge in (line.left, line.right)}
    near = above[0].bottom - below[0].bottom < _NEXT_ROW * below[0].size
    return near and sum(not edges.isdisjoint(_around(line)) for line in below) > 1


def _around(line: Line) -> set[int]:
    return {round(edge) + by for edge in (line.left, line.right) for by in (-1, 0, 1)}


def _is_short(line: Line) -> bool:
    return len(line.text) <= _LONGEST_MARK


def _join(found: dict[int, Line], mark: Line, whole: Line | None) -> None:
    if whole is not None:
        del found[mark.number]
        found[whole.number] = whole


def _initial(mark: Line, lines: Iterable[Line], size: float) -> Line | None:
    """Return the first letter of a chapter, as high as two lines or more."""
    beside = [
        line
        for line in lines
        if line.size < 1.3 * size
        and -0.3 * size < line.left - mark.right < 1.2 * size
        and line.top < mark.top + size
        and line.bottom > mark.bottom - 0.5 * size
    ]
    if not beside:
        return None
    first = max(beside, key=lambda line: line.top)
    word = mark.text[-1:] in "AIO" and first.text[:1].isalpha() and first.left - mark.right > 0.5 * size
    return first._replace(text=mark.text + (" " if word else "") + first.text)


def _note(mark: Line, line: Line) -> Line | None:
    """Return a small number above the beginning of a line: the line begins a footnote."""
    if not _NOTE_MARK.fullmatch(mark.text or mark.mark):
        return None
    raised = mark.size < 0.95 * line.size and 0.15 * line.size < mark.bottom - line.bottom < line.size
    if raised and -0.2 * line.size < line.left - mark.right < 0.8 * line.size:
        return line._replace(mark=mark.text or mark.mark, left=mark.left)
    return None


def _item(mark: Line, line: Line) -> Line | None:
    """Return a bullet or a number left of its text."""
    if not _ITEM.fullmatch(mark.text) or not 0 < line.left - mark.right < _ITEM_GAP * line.size:
        return None
    said = mark.text
    if said in BULLET and line.text[:2].rstrip() in BULLET:  # of a list that begins within an item without words
        return line
    if said[-1].isdecimal():
        if not line.text[:1].isalpha() or not 0.9 < mark.size / line.size < 1.3:
            return None
        said += "." if said.isdecimal() else ""
    return line._replace(text=f"{said} {line.text}", left=mark.left, bold=line.bold)
