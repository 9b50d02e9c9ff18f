"""The story as text: spoken sentences dimmed, the current sentence lit, the current word highlighted.

Drawn with Textual's line API: only visible lines are rendered, and a highlight repaints only the lines it touches.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp
from textual.strip import Strip

from player.story.model import Block, BlockKind, Note, Span
from player.tui.code_lines import CODE_MARGIN
from player.tui.dragging import Drag, text_of
from player.tui.layout import Cell, Layout, Line
from player.tui.links import linked
from player.tui.list_numbers import is_numbered
from player.tui.marks import Marks, overlaid
from player.tui.messages import PassageSelected, WordClicked
from player.tui.note_marks import NoteMarks
from player.tui.reading_modes import ReadingMode
from player.tui.right_to_left import is_right_to_left
from player.tui.styles import Styles
from player.tui.tables import BETWEEN, tables
from player.tui.text import shortened

READING_WIDTH = 80
"""Cells. In longer lines the eye loses the next one."""

_CURRENT_AT = 0.35
"""Position of the current line in the view, as a share of its height: what follows matters more than what was."""

_BAND = (0.15, 0.60)
"""Range of that position before the view scrolls. Text that stands still is easier to read."""

_SLICE = 0.008
"""Seconds of work between two frames, for wrapping lines not visible yet."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sentence and word that sound."""

    block: int
    sentence: Span
    word: Span | None


class Transcript(ScrollView, can_focus=False):
    """The text of a story, with the current sentence and word."""

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

    following = reactive(True, repaint=False)
    """True while the view follows the sound."""
    mode: reactive[ReadingMode] = reactive(ReadingMode.BOTH)
    """What is marked."""

    def __init__(self, blocks: tuple[Block, ...], notes: tuple[Note, ...] = ()) -> None:
        """`notes` are the story's footnotes, of which the marks are shown."""
        super().__init__()
        self.blocks = blocks
        self.note_marks = NoteMarks(blocks, notes)
        self._tables = tables(blocks)
        self.layout_of_text = Layout(blocks, READING_WIDTH, self._tables)
        self.spoken: Spoken | None = None
        self.marks = Marks()
        self._drag: Drag | None = None
        self._settled = False  # all blocks are wrapped
        self._settling = False  # a timer is running that wraps more
        self._top: tuple[int, int, int] | None = None  # (block, character, lines above it) at the top of the view
        self._looks = Styles(self, "transcript--")

    # -- what sounds ---------------------------------------------------------------------------------------

    def show(self, spoken: Spoken) -> None:
        """Highlight what sounds now, and follow it."""
        before, self.spoken = self.spoken, spoken
        if before == spoken:
            return
        if before is None or before.block != spoken.block:
            self.refresh()
        else:
            words = (before.word, spoken.word) if self.mode.marks_word else ()
            changed = [span for span in words if span is not None]
            if before.sentence != spoken.sentence:
                changed += [before.sentence, spoken.sentence]
            if changed:
                self._refresh_characters(spoken.block, min(s.start for s in changed), max(s.end for s in changed))
        if self.following:
            self._follow(animate=True)

    def grow(self, blocks: tuple[Block, ...], notes: tuple[Note, ...]) -> None:
        """Go on with a story of which the one so far is the beginning. What is in view stays where it is."""
        self.blocks = blocks
        self.note_marks = NoteMarks(blocks, notes)
        self._tables = tables(blocks)
        self.layout_of_text = self.layout_of_text.grown(blocks, self._tables)
        self._settle()
        self.refresh()

    def watch_following(self, following: bool) -> None:
        """Scroll to what sounds, when following starts."""
        if following:
            self._follow(animate=True, recentre=True)

    def _refresh_characters(self, block: int, start: int, end: int) -> None:
        first = self.layout_of_text.y(self.layout_of_text.line_of(block, start))
        last = self.layout_of_text.y(self.layout_of_text.line_of(block, max(end - 1, start)))
        self.refresh_lines(first, last - first + 1)

    def _follow(self, *, animate: bool, recentre: bool = False) -> None:
        if self.spoken is None or not self.size.height:
            return
        now = self.spoken.word or self.spoken.sentence
        y = self.layout_of_text.locate(self.spoken.block, now.start).y
        place = (y - self.scroll_target_y) / self.size.height
        if recentre or not _BAND[0] <= place <= _BAND[1]:
            target = max(0, y - int(self.size.height * _CURRENT_AT))
            # A long way is jumped, not scrolled: every line of it would be drawn, too fast to read.
            animate = animate and abs(target - self.scroll_offset.y) < 2 * self.size.height
            self.scroll_to(y=target, animate=animate, duration=0.35, easing="in_out_cubic", force=True)

    # -- scrolling by the reader ---------------------------------------------------------------------------

    def look(self, lines: float) -> None:
        """Scroll `lines` down, or up when negative, and stop following."""
        self.following = False
        self.scroll_to(y=self.scroll_target_y + lines, duration=0.15, force=True)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel."""
        self.following = False

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel."""
        self.following = False

    def on_scroll_to(self, message: ScrollTo) -> None:
        """Scroll by dragging the scrollbar."""
        self.following = False

    def on_scroll_up(self, message: ScrollUp) -> None:
        """Scroll by clicking above the scrollbar's grip."""
        self.following = False

    def on_scroll_down(self, message: ScrollDown) -> None:
        """Scroll by clicking below the scrollbar's grip."""
        self.following = False

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember the text at the top, for a change of width."""
        super().watch_scroll_y(old_value, new_value)
        self._remember_top()

    def look_at(self, block: int, character: int) -> None:
        """Scroll to a character unless it is well in sight, and stop following."""
        self.following = False
        y = self.layout_of_text.locate(block, character).y
        if not _BAND[0] <= (y - self.scroll_target_y) / max(self.size.height, 1) <= 1 - _BAND[0]:
            self.scroll_to(y=max(0, y - int(self.size.height * _CURRENT_AT)), animate=False, force=True)

    # -- the mouse -----------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Play from the clicked word, unless text was selected."""
        drag, self._drag = self._drag, None
        found = self.character_at(event.x, event.y)
        if found is not None and not (drag and drag.moved):
            self.post_message(WordClicked(*found))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select, and select nothing yet."""
        self._select(None)
        if event.button == 1:
            self._drag = Drag(self.layout_of_text, event.x - self.left, event.y + self.scroll_offset.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the pointer."""
        if self._drag is not None and event.button == 1:
            self.capture_mouse()
            if not 0 <= event.y < self.size.height:
                self.look(1 if event.y > 0 else -1)
            y = event.y + self.scroll_offset.y
            self._select(self._drag.to(self.layout_of_text, event.x - self.left, y))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End selecting, and tell what is selected."""
        self.release_mouse()
        if self._drag is not None and self._drag.moved and self.selected_text:
            self.post_message(PassageSelected(self.selected_text))

    @property
    def selected_text(self) -> str:
        """What is selected; empty when nothing is."""
        selected = self.marks.selected
        return "" if selected is None else text_of(self.layout_of_text, selected)

    def _select(self, selected: tuple[tuple[int, int], tuple[int, int]] | None) -> None:
        if selected != self.marks.selected:
            self.marks.selected = selected
            self.refresh()

    # -- places on the screen ------------------------------------------------------------------------------

    @property
    def top(self) -> tuple[int, int]:
        """(block, character) at the top of the view."""
        return (0, 0) if self._top is None else self._top[:2]

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

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the text anew when the width has changed, and stay at the same text."""
        width = min(READING_WIDTH, event.size.width - 4)
        if width != self.layout_of_text.width:
            self.layout_of_text = Layout(self.blocks, width, self._tables)
            self._settled = False
        if not self._settled:
            self._settle()
        if self.following:
            self._follow(animate=False, recentre=True)
        else:
            self._back_to_top()

    def _settle(self) -> None:
        """Wrap blocks for a moment, and again at the next frame. The visible lines do not move."""
        self._settled = self.layout_of_text.settle(_SLICE)
        size = Size(self.size.width, self.layout_of_text.height)
        if size != self.virtual_size:
            self.virtual_size = size
            self._back_to_top()
        if not self._settled and not self._settling:
            self._settling = True
            self.set_timer(1 / 60, self._settle_on)

    def _settle_on(self) -> None:
        self._settling = False
        if not self._settled:
            self._settle()

    def _remember_top(self) -> None:
        page, y = self.layout_of_text, self.scroll_offset.y
        block = page.block_at(y)
        if block is not None:
            line = page.line_at(y) or Line(block, 0)  # in the gap above a block: counted from its first line
            self._top = (block, page.extent(line)[0], page.y(line) - y)

    def _back_to_top(self) -> None:
        top = self._top
        if top is not None:
            block, character, above = top
            y = self.layout_of_text.locate(block, character).y - above
            if y != self.scroll_offset.y:
                self.scroll_to(y=y, animate=False, force=True, immediate=True)
                # Keep the remembered character, not its line's beginning, which would drift back with every width.
                self._top = top

    # -- drawing -------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Restyle after a change of theme."""
        self._looks.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Return one line of the widget."""
        width = self.size.width
        line = self.layout_of_text.line_at(y + self.scroll_offset.y)
        if line is None:
            return self._code(y + self.scroll_offset.y)
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

    def _code(self, y: int) -> Strip:
        """Return a line of code at a y of the page, or an empty line."""
        width, found = self.size.width, self.layout_of_text.code_at(y)
        if found is None:
            heads = Segment(self.layout_of_text.heads_at(y), self._looks["head"])
            blank = Segment(" " * self.left, self._looks["text"])
            return Strip([blank, heads]).adjust_cell_length(width, self._looks["text"])
        block, line = found
        before = self.left + self.layout_of_text.indent(block)
        room = max(self.left + self.layout_of_text.width - before, 0)
        box = set_cell_size(" " * CODE_MARGIN + line, room)
        dimmed = next((name for _, _, name in self._stretches(block, 0, 1)), "").endswith("said")
        segments = [
            Segment(" " * before, self._looks["text"]),
            Segment(box, self._looks["code said" if dimmed else "code"]),
        ]
        return Strip(segments).adjust_cell_length(width, self._looks["text"])

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
        for a, b, name in self.marks.over(block, said):
            yield Segment(text[a:b], linked(self._looks[name], styled, a) if styled else self._looks[name])

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
