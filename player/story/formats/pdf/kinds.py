"""What a line is by the look of it: heading, list item, caption or text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from player.story.formats.pdf.marks import BULLET
from player.story.formats.pdf.page import Line
from player.story.formats.pdf.tables import Item
from player.story.model import BlockKind

ENDS = re.compile(r"[.!?:…。！？؟۔]['\"’”»)\]]*$")
"""The end of a sentence."""
_HEADING = 1.12
"""Times the text's size; larger type is a heading."""
_LONGEST_HEADING = 160
"""Characters in a heading."""
_LONGEST_BOLD = 80
"""Characters of a heading that is as large as the text."""
_MOST_BOLD_LINES = 3
BULLET_OR_NUMBER = re.compile(rf"(?:[{BULLET}]|\(?(?:\d{{1,3}}|[a-z]|[ivx]{{1,5}})[.)]|\[\d{{1,3}}\])\s+(?=\S)")
_BRACKETED = re.compile(r"\(([2-9]|1\d|[b-h])\)\s")
_ENDING = re.compile(r"([1-9]\d{0,2})\.\s+[A-ZÄÖÜÉ]")
_REFERENCE = re.compile(r"\(([1-9]\d{0,2})\)\s+[a-zäöüß]")
_INDENT = 2.5
"""Times the size: a paragraph's first line is indented so far, at most."""
_MOST_AROUND = 30
"""Lines above and below among which the number before or after is looked for."""
_MOST_ABOVE = 4
"""Lines above in which the number before is looked for."""
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\[\d{1,3}\])\s")
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|tab\.|scheme|chart|plate|listing|algorithm|abb(?:ildung|\.)|tabelle|figura|tableau|tabla"
    r"|tabella|figuur|tabel)\s*(?:S?\d{1,3}|[IVX]{1,5}|[A-Z])(?:[.-]\d{1,3})?[a-z]?(?:\s*[.:|–—](?=\s|$)|$)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:(\d{1,2}(?:\.\d{1,2})*)|[A-Z]|[IVX]{1,5})[.)]?\s+(?=[A-ZÄÖÜÉ])")
_CAPITALS = re.compile(r"[^a-zß-ÿ]*[A-ZÄÖÜÉ]{3}[^a-zß-ÿ]*")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.?\s+[A-ZÄÖÜÉ]\D*")


def is_caption(text: str) -> bool:
    """Return True if a line begins what is said of a figure or a table: "Fig. 3: The mole"."""
    return _CAPTION.match(text) is not None


def without_bullet(text: str) -> str:
    """Return a list item's text: a number stays, a bullet goes."""
    bullet = BULLET_OR_NUMBER.match(text)
    return text[bullet.end() :] if bullet and not _NUMBERED.match(text) else text


class Kinds:
    """Tells lines' kinds in a document."""

    size: float
    """Of the document's text, in points."""

    def __init__(self, pages: Sequence[Sequence[Sequence[Item]]], size: float) -> None:
        lines = [item for flows in pages for flow in flows for item in flow if isinstance(item, Line)]
        self.size = size
        self._sizes = sorted({line.size for line in lines if line.size > _HEADING * size}, reverse=True)
        self._levels = {one: min(n + 2, 6) for n, one in enumerate(self._sizes)}
        self._bold = _most_are_bold(lines)

    def of(self, flow: Sequence[Item], n: int, leading: float) -> tuple[BlockKind, int]:
        """(kind, level) of a line of a column."""
        line = flow[n]
        assert isinstance(line, Line)
        text = line.text
        large = line.size > _HEADING * self.size and any(map(str.isalpha, text))
        if large and len(text) < _LONGEST_HEADING and not is_caption(text):
            return BlockKind.HEADING, self._levels[line.size]
        if self._is_heading(flow, n, line, leading):
            number = _NUMBER.match(text)
            depth = number[1].count(".") if number and number[1] else 0
            return BlockKind.HEADING, min(len(self._sizes) + 2 + depth, 6)
        if BULLET_OR_NUMBER.match(text) and not (_is_counted_within(flow, n, text) or _ends_sentence(flow, n, line)):
            return BlockKind.LIST_ITEM, 1
        return BlockKind.PARAGRAPH, 0

    def _is_heading(self, flow: Sequence[Item], n: int, line: Line, leading: float) -> bool:
        """Return True if a line is a heading though it is no larger than the text."""
        text = line.text
        if len(text) > _LONGEST_BOLD or line.size < 0.85 * self.size or is_caption(text) or text[:1] in BULLET:
            return False
        if text[-1:] in ".,;-\u2010" or sum(map(str.isalpha, text)) < 3 or text[:1].islower():
            return False
        if line.bold and not self._bold:
            around = flow[max(n - _MOST_BOLD_LINES, 0) : n + _MOST_BOLD_LINES + 1]
            return sum(isinstance(item, Line) and item.bold for item in around) <= _MOST_BOLD_LINES
        if not (_CAPITALS.fullmatch(text) or _DOTTED.fullmatch(text)):
            return False
        before, after = flow[n - 1] if n else None, flow[n + 1] if n + 1 < len(flow) else None
        apart = not isinstance(before, Line) or before.bottom - line.bottom > 1.25 * leading
        follows = not isinstance(after, Line) or not (_CAPITALS.fullmatch(after.text) or _DOTTED.fullmatch(after.text))
        return apart and follows and after is not None


def _is_counted_within(flow: Sequence[Item], n: int, text: str) -> bool:
    """Return True if a line begins with "(2)" because the sentence that it is in counts "(1)" before."""
    number = _BRACKETED.match(text)
    if number is None:
        return False
    sign = number[1]
    before = str(int(sign) - 1) if sign.isdecimal() else chr(ord(sign) - 1)
    above = [item.text for item in flow[max(n - _MOST_ABOVE, 0) : n] if isinstance(item, Line)]
    return any(re.search(rf"\w[^\s.)]*\s\({before}\)(?:\s|$)", line) for line in above)


def _ends_sentence(flow: Sequence[Item], n: int, line: Line) -> bool:
    """Return True if a line begins with a number because the sentence before ends there ("… the value is / 10. Then
    …"), or refers to it ("as given in / (7) above"). No line around begins with the number before or after."""
    number, above = _ENDING.match(line.text) or _REFERENCE.match(line.text), flow[n - 1] if n else None
    if number is None or not isinstance(above, Line) or ENDS.search(above.text) or above.text[-1:] in ",;":
        return False
    if (
        not -1 <= above.left - line.left < _INDENT * line.size
        or above.size != line.size
        or above.bottom - line.bottom > 1.5 * line.size
    ):
        return False
    beside = tuple(line.text[: number.end(1) + 1].replace(number[1], str(int(number[1]) + step)) for step in (-1, 1))
    around = flow[max(n - _MOST_AROUND, 0) : n + _MOST_AROUND]
    return not any(isinstance(item, Line) and item.text.startswith(beside) for item in around)


def _most_are_bold(lines: Iterable[Line]) -> bool:
    letters: Counter[bool] = Counter()
    for line in lines:
        letters[line.bold] += len(line.text)
    return letters[True] > letters[False]
