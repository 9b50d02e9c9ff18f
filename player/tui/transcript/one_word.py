"""One word at a time, in large letters, in place of the text: the eye rests on one column while the voice goes on."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from player.story.model import Span
from player.tui.colours.styles import Styles
from player.tui.transcript.large_letters import LargeWord, draw, focus_of, size_for
from player.tui.transcript.page import Spoken

_COLUMN = 0.45
"""Place of the letter to look at, as a share of the width."""


class OneWord(Widget):
    """The word that sounds, large where the font has its letters and the terminal room, else bold."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"word--text", "word--focus", "word--guide"}

    def __init__(self) -> None:
        super().__init__()
        self._word = ""
        self._sentence: tuple[int, Span] | None = None
        self._looks = Styles(self, "word--")

    def show(self, spoken: Spoken, text: str) -> None:
        """Show what sounds now, in a block of this text; in a pause the last word stays, and before a sentence its
        first stands."""
        sentence = (spoken.block, spoken.sentence)
        if spoken.word is not None:
            word = written_word(text, spoken.word)
        elif sentence != self._sentence:
            word = text[slice(*spoken.sentence)].split(" ", 1)[0]
        else:
            return
        self._sentence = sentence
        if word != self._word:
            self._word = word
            first, last = self._band
            self.refresh(Region(0, first, self.size.width, last - first))

    def notify_style_update(self) -> None:
        """Restyle after a change of theme."""
        self._looks.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Return one line of the widget."""
        width, plain = self.size.width, self._looks["text"]
        first, last = self._band
        column = int(width * _COLUMN)
        if y in (first, last - 1):
            mark = "┬" if y == first else "┴"
            side = min(column, width - column, 2 * (last - first)) - 2
            guide = f"{'─' * side}{mark}{'─' * side}" if side > 0 else mark
            return Strip([Segment(" " * max(column - max(side, 0), 0), plain), Segment(guide, self._looks["guide"])])
        if not first < y < last - 1:
            return Strip.blank(width, plain)
        drawn = self._drawn(column)
        line, (start, end) = drawn.lines[y - first - 1], drawn.focus
        before = column - cell_len(line[:start]) - (end - start) // 2
        parts = ((" " * before, "text"), (line[:start], "text"), (line[start:end], "focus"), (line[end:], "text"))
        return Strip([Segment(text, self._looks[look]) for text, look in parts if text])

    @property
    def type_size(self) -> int | None:
        """Height of the large letters in pixels; None where they have no room."""
        return size_for(self.size.width, self.size.height - 2)

    @property
    def _band(self) -> tuple[int, int]:
        """Lines [first, last) that the word may fill, with the guides above and below."""
        size = self.type_size
        drawn = None if size is None else draw("x", size)
        lines = 2 + (len(drawn.lines) if drawn is not None else 1)
        first = max((self.size.height - lines) // 2, 0)
        return first, first + lines

    def _drawn(self, column: int) -> LargeWord:
        """Return the word as lines of the band, in large letters if they fit around a column."""
        size = self.type_size
        drawn = None if size is None else draw(self._word, size)
        if drawn is not None:
            middle = sum(drawn.focus) // 2
            if middle <= column and len(drawn.lines[0]) - middle <= self.size.width - column:
                return drawn
        first, last = self._band
        at = focus_of(self._word)
        lines = [""] * (last - first - 2)
        lines[len(lines) // 2] = self._word
        return LargeWord(tuple(lines), (at, at + 1))


def written_word(text: str, span: Span) -> str:
    """Return a word with the signs that touch it; words of a script without blanks stand alone.

    >>> written_word("“A light is a promise,” she said.", Span(14, 21))
    'promise,”'
    """
    start, end = span
    while start > 0 and not text[start - 1].isspace() and not text[start - 1].isalnum():
        start -= 1
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return text[start:end]
