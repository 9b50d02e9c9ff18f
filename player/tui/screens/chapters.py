"""The chapters, to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList

from player.playback.player import Player
from player.tui.clock import clock
from player.tui.key_hints import KeyHints
from player.tui.text import shortened

_DIALOG = 64
"""Columns of a dialog where the terminal has as many (see player.tcss)."""
_BESIDE = 20
"""Columns of it that hold no title: the frame, the scroll bar, the mark, and a length of time."""


class ChaptersScreen(ModalScreen[int | None]):
    """Answers the first block of a chapter, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,c", "dismiss(None)", "Close"),
        Binding("space", "app.toggle_play", "Play"),
        Binding("q,ctrl+c", "app.quit", "Quit"),
    ]

    def __init__(self, player: Player, block: int) -> None:
        """`block` is what sounds now."""
        super().__init__()
        self._player = player
        self._here = player.story.section_at(block)

    def compose(self) -> ComposeResult:
        """A line for each, with how long it is."""
        with Vertical(classes="dialog", id="chapters") as dialog:
            dialog.border_title = "Chapters"
            yield OptionList(*self._lines())
            yield KeyHints(("Enter", "play from there", "screen.accept"), ("Esc", "close", "screen.dismiss(None)"))

    def on_mount(self) -> None:
        """Begin at the chapter that sounds."""
        self.query_one(OptionList).highlighted = self._here or 0

    def _lines(self) -> Iterator[Content]:
        player = self._player
        sections = player.story.sections
        starts = [player.timeline.start(section.block) for section in sections] + [player.timeline.duration]
        width = min(_DIALOG, self.app.size.width) - _BESIDE
        about = "" if player.timeline.exact else "≈ "
        for n, section in enumerate(sections):
            # A part lasts until the next part, its own chapters included.
            after = (m for m in range(n + 1, len(sections)) if sections[m].level <= section.level)
            seconds = (starts[next(after, len(sections))] - starts[n]) / player.rate / player.transport.speed
            indent = "  " * min(section.level - 1, 4)
            name = indent + shortened(section.title, width - len(indent))
            length = about + clock(seconds)
            blank = " " * max(width + 1 - cell_len(name), 1)
            yield Content.assemble(
                ("▸ " if n == self._here else "  ", "$primary"), name, blank, (f"{length:>9}", "$said")
            )

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Answer with it."""
        self.dismiss(self._player.story.sections[message.option_index].block)

    def action_accept(self) -> None:
        """As Enter does."""
        self.query_one(OptionList).action_select()
