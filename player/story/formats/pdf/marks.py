"""What is set apart from a line and belongs to it: bullets and numbers of lists, footnotes' marks, initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from player.story.formats.pdf.page import Line

BULLET = "•◦▪‣●○■□–—*·➢➤✓\uf0b7"
_ITEM = re.compile(rf"[{BULLET}]|\(?(?:\d{{1,3}}|[a-zA-Z]|[ivx]{{1,5}})[.)]|\d{{1,2}}")
_ITEM_GAP = 4.0
"""Times the line's size: so far from its text is an item's bullet, at most. A number without a point is as large as
the text, or is the line's own."""
_NOTE_MARK = re.compile(r"\d{1,3}|[*†‡§¶]{1,3}")
_INITIAL = re.compile(r"[“‘\"'«„]?[^\W\d_a-zß-ÿ]")
_INITIAL_SIZE = 1.7
"""Times the text's size; an initial is larger."""


def with_marks(lines: Sequence[Line], size: float) -> list[Line]:
    """The lines of a page, each together with what belongs to it; the text is of this size."""
    found = list(lines)
    for mark in sorted(lines, key=lambda line: -line.left):  # of "1. (a) Text" first "(a)", then "1."
        if mark not in found:
            continue  # it is part of a line by now
        together = _initial(mark, found, size) or _note(mark, found) or _item(mark, found)
        if together is not None:
            line, whole = together
            found[found.index(line)] = whole
            found.remove(mark)
    return found


def _initial(mark: Line, lines: Iterable[Line], size: float) -> tuple[Line, Line] | None:
    """The first letter of a chapter, as high as two lines or more."""
    if mark.size < _INITIAL_SIZE * size or not _INITIAL.fullmatch(mark.text):
        return None
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
    return first, replace(first, text=mark.text + (" " if word else "") + first.text)


def _note(mark: Line, lines: Iterable[Line]) -> tuple[Line, Line] | None:
    """A small number above the beginning of a line: the line begins a footnote."""
    if not _NOTE_MARK.fullmatch(mark.text):
        return None
    for line in lines:
        raised = mark.size < 0.95 * line.size and 0.15 * line.size < mark.bottom - line.bottom < line.size
        if raised and -0.2 * line.size < line.left - mark.right < 0.8 * line.size:
            return line, replace(line, mark=mark.text, left=mark.left)
    return None


def _item(mark: Line, lines: Iterable[Line]) -> tuple[Line, Line] | None:
    """A bullet or a number left of its text."""
    if not _ITEM.fullmatch(mark.text):
        return None
    beside = [
        line
        for line in lines
        if line is not mark
        and abs(line.bottom - mark.bottom) < 0.5 * line.size
        and 0 < line.left - mark.right < _ITEM_GAP * line.size
        and line.text[:1].isprintable()
    ]
    if not beside:
        return None
    line = min(beside, key=lambda one: one.left)
    said = mark.text
    if said.isdigit():
        if not line.text[:1].isalpha() or not 0.9 < mark.size / line.size < 1.3:
            return None
        said += "."
    return line, replace(line, text=f"{said} {line.text}", left=mark.left)
