"""The list of chapters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import set_cell_size
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList

from player.audio.clock import clock
from player.playback.player import Player
from player.tui.key_hints import KeyHints
from player.tui.text import shortened

_WIDEST = 64
"""Width of the dialog in cells on a wide screen, as in the stylesheet."""

_AROUND = 7
"""Cells of the width without text: borders, padding, scrollbar."""


class ChaptersScreen(ModalScreen[int | None]):
    """Returns the first block of the chosen chapter, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,c", "dismiss(None)", "Close"),
        Binding("space", "app.toggle_play", "Play"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, player: Player, block: int) -> None:
        """`block` is the one that sounds now."""
        super().__init__()
        self._player = player
        self._here = player.story.section_at(block)

    def compose(self) -> ComposeResult:
        """Yield a line per chapter, with its length."""
        with Vertical(classes="dialog", id="chapters") as dialog:
            dialog.border_title = "Chapters"
            yield OptionList()
            yield KeyHints(("Enter", "play from there", "screen.accept"), ("Esc", "close", "screen.dismiss(None)"))

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines, and mark the chapter that sounds."""
        chapters = self.query_one(OptionList)
        at = chapters.highlighted
        chapters.set_options(self._lines(min(event.size.width, _WIDEST) - _AROUND))
        chapters.highlighted = (self._here or 0) if at is None else at

    def _lines(self, width: int) -> Iterator[Content]:
        player = self._player
        timeline, sections = player.timeline, player.story.sections
        starts = [timeline.start(section.block) for section in sections] + [timeline.duration]
        about = "" if timeline.exact else "≈ "
        for n, section in enumerate(sections):
            # A part lasts until the next part, and includes its chapters.
            after = (m for m in range(n + 1, len(sections)) if sections[m].level <= section.level)
            seconds = (starts[next(after, len(sections))] - starts[n]) / timeline.rate / player.transport.speed
            mark = "▸ " if n == self._here else "  "
            length = f"  {about}{clock(seconds)}"
            room = width - len(mark) - len(length)
            title = "  " * min(section.level - 1, 4) + section.title
            yield Content.assemble((mark, "$primary"), set_cell_size(shortened(title, room), room), (length, "$said"))

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Return the chosen chapter."""
        self.dismiss(self._player.story.sections[message.option_index].block)

    def action_accept(self) -> None:
        """Choose the marked chapter, like Enter."""
        self.query_one(OptionList).action_select()
