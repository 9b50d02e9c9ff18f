"""The story's page in the view: it follows what sounds, scrolls, and passes clicks and selections on.

A highlight repaints only the lines it touches.
"""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import reactive
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp

from player.story.model import Block, Note
from player.tui.messages import PassageSelected, WordClicked
from player.tui.transcript.dragging import Drag, text_of
from player.tui.transcript.layout import Layout, Line, line_at_top, width_within
from player.tui.transcript.note_marks import NoteMarks
from player.tui.transcript.page import Page, Spoken
from player.tui.transcript.tables import tables

_BAND = (0.15, 0.60)
"""Range of the current line's position in the view, as shares of its height, before it scrolls. Text that stands still
is easier to read."""

_SLICE = 0.008
"""Seconds of work between two frames, for wrapping lines not visible yet."""


class Transcript(Page, can_focus=False):
    """The text of a story, with the current sentence and word."""

    following = reactive(True, repaint=False)
    """True while the view follows the sound."""

    def __init__(self, blocks: tuple[Block, ...], notes: tuple[Note, ...] = ()) -> None:
        """See Page."""
        super().__init__(blocks, notes)
        self._drag: Drag | None = None
        self._settled = False  # all blocks are wrapped
        self._settling = False  # a timer is running that wraps more
        self._top: tuple[int, int, int] | None = None  # (block, character, lines above it) at the top of the view

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
        self.tables = tables(blocks)
        self.layout_of_text = self.layout_of_text.grown(blocks, self.tables)
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
            target = line_at_top(y, self.size.height)
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

    def look_at(self, block: int, character: int, *, in_code: bool = False) -> None:
        """Scroll to a character of a block's text, or of its code, unless it is well in sight, and stop following."""
        self.following = False
        page = self.layout_of_text
        y = page.code_y(block, character) if in_code else page.locate(block, character).y
        if not _BAND[0] <= (y - self.scroll_target_y) / max(self.size.height, 1) <= 1 - _BAND[0]:
            self.scroll_to(y=line_at_top(y, self.size.height), animate=False, force=True)

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

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the text anew when the width has changed, and stay at the same text."""
        width = width_within(event.size.width)
        if width != self.layout_of_text.width:
            self.layout_of_text = Layout(self.blocks, width, self.tables)
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
