"""Single lines of plain text: list items, headings, underlines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from player.story.reading.lines.plain_paragraphs import is_chapter
from player.story.roman_numerals import roman

ITEM = re.compile(
    r"""\s* (?: (?: [-*+•‣▪●◦–→☐☑☒] | o(?=\s\s) | \[[ xX]\] ) \s+ (?=\S)
           | (?P<number>\(?(?:\d{1,3}[.)]|[a-z]\))) \s+ (?=\S) )""",
    re.VERBOSE,
)
ITEM_BEGINS = frozenset("-*+•‣▪●◦–→☐☑☒[(0123456789o")
_LABEL = re.compile(r"\s*(?P<number>\(?(?:[A-Za-z]|[ivx]{1,4}|[IVX]{1,4})[.)])\s+(?=\S)")
_DRAWN = re.compile(r"[-=_]{3,}|\+-|\|")
_LETTERS = 0.5
"""Share of the signs of a drawing, at most."""
UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|\*{3,})\s*")
LONGEST_HEADING = 80
"""Characters in a line that may be a heading."""
_ACRONYMS = re.compile(r"(?:\W*[A-Z\d]{1,4}\b)+\W*\.")
"""A sentence of only acronyms and short words: "A 64GB SSD."."""


def is_heading(line: str) -> bool:
    """Return True if a line standing alone is a heading: marked, in capitals, or a chapter's label."""
    if len(line) > LONGEST_HEADING:
        return False
    if line.startswith("#") and re.match(r"#{1,6} \S", line):
        return True
    if line.isupper() and not line.endswith(("!", ",", ";", ":", "”", '"')):
        return sum(map(str.isalpha, line)) > 3 and (is_chapter(line) or not _ACRONYMS.fullmatch(line))
    return line[-1] not in ',;”"' and is_chapter(line)


def labelled(lines: Sequence[str]) -> dict[int, re.Match[str]]:
    """Return the lines that begin with letters or Roman numerals one after the other ("a)", "b)"), by their index."""
    found: dict[int, re.Match[str]] = {}
    chain: dict[int, re.Match[str]] = {}
    last: set[tuple[str, int]] = set()
    for n, line in enumerate(lines):
        label = _LABEL.match(line)
        if label is None:
            continue
        here = _values(label["number"])
        goes_on = {(shape, value) for shape, value in here if (shape, value - 1) in last}
        if not goes_on:
            chain = {}
        last = goes_on or {(shape, value) for shape, value in here if value == 1}
        if last:
            chain[n] = label
        if len(chain) > 1:
            found.update(chain)
    return found


def _values(label: str) -> set[tuple[str, int]]:
    """Return what a label may count: (how it is written, number)."""
    sign = label.strip("(.)")
    case = "A" if sign.isupper() else "a"
    values = {(label.replace(sign, case), ord(sign) - ord(case) + 1)} if len(sign) == 1 else set()
    if number := roman(sign.upper()):
        values.add((label.replace(sign, f"{case} roman"), number))
    return values


def is_drawing(lines: Sequence[str]) -> bool:
    """Return True for a diagram of signs, which nobody can follow by ear."""
    written = "".join("".join(line.split()) for line in lines)
    letters = sum(map(str.isalnum, written))
    return (
        len(lines) > 1 and 0 < letters < _LETTERS * len(written) and sum(1 for line in lines if _DRAWN.search(line)) > 1
    )
