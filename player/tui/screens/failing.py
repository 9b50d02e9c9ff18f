"""The question what to do when the voice does not work."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from player.errors import PlayerError
from player.story.text import printable
from player.tui.dialog import Dialog
from player.tui.keys.hints import KeyHints


class FailingScreen(Dialog[bool]):
    """Returns True to go on with the fall-back voice, False to stay paused."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", "Go on"),
        Binding("space,escape,p", "dismiss(False)", "Pause"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, failure: PlayerError) -> None:
        super().__init__()
        self._failure = failure

    def compose(self) -> ComposeResult:
        """Yield what went wrong, and the choice."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "The voice does not work"
            yield Static(Content(f"{printable(self._failure.message)}."))
            yield Static(Content("Go on with the voice that every system has?"))
            yield KeyHints(("Enter", "go on", "screen.dismiss(True)"), ("p", "pause", "screen.dismiss(False)"))
