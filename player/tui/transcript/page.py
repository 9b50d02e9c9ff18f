"""A story's text as a page of lines: what was said dimmed, the sentence that sounds lit, its word highlighted.

Drawn with Textual's line API: only visible lines are rendered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from player.story.model import Block, BlockKind, Note, Span
from player.tui.colours.styles import Styles
from player.tui.text import shortened
from player.tui.transcript.code_lines import CODE_MARGIN, CodeLine
from player.tui.transcript.layout import READING_WIDTH, Cell, Layout, Line
from player.tui.transcript.links import linked
from player.tui.transcript.list_numbers import is_numbered
from player.tui.transcript.marks import Marks, overlaid
from player.tui.transcript.note_marks import NoteMarks, raised
from player.tui.transcript.reading_modes import ReadingMode
from player.tui.transcript.right_to_left import is_right_to_left
from player.tui.transcript.tables import BETWEEN, tables


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sentence and word that sound."""

    block: int
    sentence: Span
    word: Span | None


class Page(ScrollView, can_focus=False):
    """The lines of a story, as wide as the eye follows easily, in the middle of a wide screen."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--text",
        "transcript--heading",
        "transcript--quotation",
        "transcript--code",
        "transcript--head",
        "transcript--mark",
        "transcript--said",
        "transcript--sentence",
        "transcript--word",
        "transcript--noted",
        "transcript--found",
        "transcript--hit",
        "transcript--selected",
    }

    mode: reactive[ReadingMode] = reactive(ReadingMode.BOTH)
    """What is marked."""

    def __init__(self, blocks: tuple[Block, ...], notes: tuple[Note, ...]) -> None:
        """`notes` are the story's footnotes, of which the marks are shown."""
        super().__init__()
        self.blocks = blocks
        self.note_marks = NoteMarks(blocks, notes)
        self.tables = tables(blocks)
        self.layout_of_text = Layout(blocks, READING_WIDTH, self.tables)
        self.spoken: Spoken | None = None
        self.marks = Marks()
        self._looks = Styles(self, "transcript--")

    @property
    def left(self) -> int:
        """First cell of the text, which is centred on a wide screen."""
        return max((self.size.width - self.layout_of_text.width) // 2, 0)

    def character_at(self, x: int, y: int) -> tuple[int, int] | None:
        """Return (block, character) at a cell of the widget; None where there is no text."""
        return self.layout_of_text.character_at(x - self.left, y + self.scroll_offset.y)

    def cell_of(self, block: int, character: int) -> Cell:
        """Return the cell of the widget at which a character is drawn, or would be, above or below."""
        x, y = self.layout_of_text.locate(block, character)
        return Cell(x + self.left, y - self.scroll_offset.y)

    def notify_style_update(self) -> None:
        """Restyle after a change of theme."""
        self._looks.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Return one line of the widget."""
        width = self.size.width
        line = self.layout_of_text.line_at(y + self.scroll_offset.y)
        if line is None:
            return self._between(y + self.scroll_offset.y)
        segments = [self._margin(line), *self._written(line)]
        text = Strip(segments)
        if self.note_marks and (numbers := self._numbers(line)):
            margin = self.left + self.layout_of_text.width
            mark = Segment(shortened(numbers, width - margin), self._looks["mark"])
            text = Strip([*text.adjust_cell_length(margin, self._looks["text"]), mark])
        return text.adjust_cell_length(width, self._looks["text"])

    def _numbers(self, line: Line) -> str:
        """Return the numbers of the notes whose marks stand on a line, for the margin."""
        start, end = self.layout_of_text.extent(line)
        return " ".join(number for word, number in self.note_marks.words(line.block) if start < word.end <= end)

    def _margin(self, line: Line) -> Segment:
        """Return the cells before the page, with a mark beside what is noted."""
        if self.left > 1 and self.marks.is_noted(line.block, *self.layout_of_text.extent(line)):
            return Segment("▎ ".rjust(self.left), self._looks["mark"])
        return Segment(" " * self.left, self._looks["text"])

    def _between(self, y: int) -> Strip:
        """Return a line of code at a y of the page, the heads of a table, or an empty line."""
        width, found = self.size.width, self.layout_of_text.code_at(y)
        if found is not None:
            segments = self._code(*found)
        elif (row := self.layout_of_text.heads_at(y)) is not None:
            segments = self._heads(row)
        else:
            segments = iter(())
        return Strip(segments).adjust_cell_length(width, self._looks["text"])

    def _heads(self, row: int) -> Iterator[Segment]:
        """Yield the heads of a table, with what was found of them in its first row."""
        yield Segment(" " * self.left, self._looks["text"])
        for head, width, part in self.tables[row].heads_of(row):
            before = part._replace(end=part.start + len(head))
            yield Segment(head, self._looks[f"head {self.marks.found_in(row, before)}"])
            yield Segment(" " * (width - cell_len(head) + BETWEEN), self._looks["head"])

    def _code(self, block: int, line: CodeLine) -> Iterator[Segment]:
        """Yield a line of the code below a block's text."""
        before = self.left + self.layout_of_text.indent(block)
        room = max(self.left + self.layout_of_text.width - before - CODE_MARGIN, 0)
        dimmed = next((name for _, _, name in self._stretches(block, 0, 1)), "").endswith("said")
        look = "code said" if dimmed else "code"
        yield Segment(" " * before, self._looks["text"])
        yield Segment(" " * CODE_MARGIN, self._looks[look])
        stretch = (line.start, line.start + len(line.text), look)
        for start, end, name in self.marks.over_code(block, stretch):
            yield Segment(line.text[start - line.start : end - line.start], self._looks[name])
        yield Segment(" " * max(room - cell_len(line.text), 0), self._looks[look])

    def _written(self, line: Line) -> Iterator[Segment]:
        """Yield a line's text with the mark at its beginning, which is on the right where the text is."""
        if (table := self.layout_of_text.table(line.block)) is not None:
            for x, width, span in table.cells(line.block):
                cell = list(self._text_between(line.block, *span))
                room = width - sum(part.cell_length for part in cell)
                yield from cell
                yield Segment(" " * (room + (BETWEEN if x + width < table.width else 0)), self._looks["text"])
            return
        if not is_right_to_left(self.blocks[line.block].text):
            yield from self._mark(line)
            yield from self._text(line)
            return
        yield Segment(" " * self.layout_of_text.before(line), self._looks["text"])
        yield from self._text(line)
        for mark in self._mark(line):
            yield Segment(mark.text[::-1], mark.style)

    def _mark(self, line: Line) -> Iterator[Segment]:
        block = self.blocks[line.block]
        indent = self.layout_of_text.indent(line.block)
        if block.kind is BlockKind.LIST_ITEM:
            mark = "•" if line.number == 0 and not is_numbered(self.blocks, line.block) else " "
            yield Segment(f"{mark} ".rjust(indent)[:indent], self._looks["mark"])
        elif block.kind is BlockKind.QUOTATION:
            yield Segment("▌ " * (indent // 2), self._looks["mark"])

    def _text(self, line: Line) -> Iterator[Segment]:
        text = self.blocks[line.block].text
        start, end = self.layout_of_text.extent(line)
        end -= text[end - 1] == " "  # the blank at which the line was wrapped is invisible: do not highlight it
        return self._text_between(line.block, start, end)

    def _text_between(self, block: int, start: int, end: int) -> Iterator[Segment]:
        text = self.blocks[block].text
        said = self._stretches(block, start, end)
        styled = self.blocks[block].styled
        for look, added in _STYLED.items() if styled else ():
            said = overlaid(said, [Span(one.start, one.end) for one in styled if one.look == look], added)
        if self.note_marks:
            said = overlaid(said, [word for word, _ in self.note_marks.words(block)], "+underline")
            said = overlaid(said, self._word_of_hit(block), "hit")
        table = self.layout_of_text.table(block)
        marked = self.marks.over(block, said, partial(table.shown, block)) if table else self.marks.over(block, said)
        for a, b, name in marked:
            yield Segment(text[a:b], linked(self._looks[name], styled, a) if styled else self._looks[name])

    def _word_of_hit(self, block: int) -> list[Span]:
        """Return the word in a block whose note holds what was found; none if that is elsewhere."""
        hit = self.marks.hit
        if hit is None or hit.note is None or hit.block != block:
            return []
        return [word for word, number in self.note_marks.words(block) if number == raised(hit.note + 1)]

    def _stretches(self, block: int, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, style) for the line [start, end), split where the style changes."""
        plain = _LOOK.get(self.blocks[block].kind, "text")
        spoken, mode = self.spoken, self.mode
        if spoken is None or mode is ReadingMode.NOTHING:
            yield start, end, plain
            return
        focus = mode is ReadingMode.FOCUS
        if block != spoken.block:
            yield start, end, f"{plain} said" if focus or block < spoken.block else plain
            return
        sentence, word = spoken.sentence, spoken.word or Span(spoken.sentence.end, spoken.sentence.end)
        lit = f"{plain} sentence" if mode.marks_sentence else plain
        looks = (
            (sentence.start, plain if focus else f"{plain} said"),
            (word.start, lit),
            (word.end, f"{lit} word" if mode.marks_word else lit),
            (sentence.end, lit),
            (end, plain),
        )
        for limit, look in looks:
            if start < limit and start < end:
                yield start, min(limit, end), look
                start = limit


_STYLED = {"strong": "+bold", "emphasis": "+italic", "code": "+bold", "link": "+underline"}
"""What is added to the looks of styled words."""

_LOOK = {BlockKind.HEADING: "heading", BlockKind.QUOTATION: "quotation"}
