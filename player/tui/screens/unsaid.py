"""The question whether to export a story without the sentences that cannot be said."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from player.errors import Unsaid
from player.story.text import printable
from player.tui.dialog import Dialog
from player.tui.keys.hints import KeyHints


class UnsaidScreen(Dialog[bool]):
    """Returns True to export it without them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", "Export it without them"),
        Binding("escape", "dismiss(False)", "Close"),
        Binding("space", "app.toggle_play", "Play"),
    ]

    def __init__(self, unsaid: Unsaid, file: str) -> None:
        """`file` is its name."""
        super().__init__()
        self._unsaid = unsaid
        self._file = file

    def compose(self) -> ComposeResult:
        """Yield which sentences they are, what can be done, and the keys."""
        with Vertical(classes="dialog", id="unsaid") as dialog:
            dialog.border_title = "Not everything can be said"
            yield Static(Content(f"{printable(self._unsaid.message)}."))
            if self._unsaid.advice:
                yield Static(Content(f"To have them said: {printable(self._unsaid.advice)}."), classes="quoted")
            yield Static(Content(f"{printable(self._file)} can still be made."), classes="question")
            yield KeyHints(
                ("Enter", f"{self._unsaid.way_out}, and export", "screen.dismiss(True)"),
                ("Esc", "no export", "screen.dismiss(False)"),
            )
