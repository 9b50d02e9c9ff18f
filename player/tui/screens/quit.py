"""The question whether to quit during an export."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from player.story.text import printable
from player.tui.dialog import Dialog
from player.tui.keys.hints import KeyHints

Quit = Literal["now", "exported", "left"]


class QuitScreen(Dialog["Quit | None"]):
    """Returns when to quit, or None to stay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "dismiss('now')", "Stop the export and quit"),
        Binding("w", "dismiss('exported')", "Quit when it is exported"),
        Binding("b", "dismiss('left')", "Quit, and let it go on in the background"),
        Binding("escape", "dismiss(None)", "Stay"),
        Binding("space", "app.toggle_play", "Play"),
    ]

    def __init__(self, path: Path) -> None:
        """`path` is the file being written."""
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        """Yield the question and the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "An export is not finished"
            yield Static(Content(printable(str(self._path))))
            yield Static("Quit, and what becomes of it?", classes="question")
            yield KeyHints(
                ("s", "stop it", "screen.dismiss('now')"),
                ("w", "quit when it is done", "screen.dismiss('exported')"),
                ("b", "in the background", "screen.dismiss('left')"),
                ("Esc", "stay", "screen.dismiss(None)"),
            )
