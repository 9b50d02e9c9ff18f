"""The question which story to add."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from player.story.text import printable
from player.tui.dialog import Dialog
from player.tui.keys.hints import KeyHints
from player.tui.path_completion import Paths, complete

_JOINS = "It joins the end of the queue."

CLIPBOARD = "clipboard:"
"""As `player.story.opening.locate.CLIPBOARD`, whose import would take 0.1 s here."""


def problem_of(typed: str) -> str:
    """Return why a name of a file cannot be opened, in a sentence; empty for one that can, and for addresses."""
    if "://" in typed:
        return ""
    try:
        path = Path(typed).expanduser()
        if path.is_dir():
            return f"{typed} is a folder: Tab completes the names in it"
        return "" if path.exists() else f"there is no file {typed}; an address begins with https://"
    except (OSError, RuntimeError, ValueError):
        return ""  # whoever opens it tells


class AddScreen(Dialog[str | None]):
    """Returns a source, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("tab", "complete", "Complete"),
        Binding("ctrl+b", "clipboard", "The clipboard"),
    ]

    def __init__(self, typed: str = "") -> None:
        """`typed` stands in the line to begin with."""
        super().__init__()
        self._typed = typed

    def compose(self) -> ComposeResult:
        """Yield an input line."""
        with Vertical(classes="dialog form") as dialog:
            dialog.border_title = "Add a story"
            yield Static("A file, or the address of a page or a feed:")
            source = Input(self._typed, id="source", suggester=Paths(), compact=True)
            source.cursor_blink = False
            yield source
            yield Static(_JOINS, id="told", classes="quoted", markup=False)
            yield KeyHints(
                ("Enter", "add", "screen.accept"),
                ("Tab", "complete", "screen.complete"),
                ("^B", "the clipboard", "screen.clipboard"),
                ("Esc", "close", "screen.dismiss(None)"),
            )

    @on(Input.Changed)
    def forget_problem(self) -> None:
        """Tell again what will happen."""
        self._tell("")

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Return what was typed, unless there is no such file: then tell."""
        typed = self.query_one(Input).value.strip().strip("'\"")
        if problem := problem_of(typed) if typed else "":
            self._tell(problem)
        elif typed:
            self.dismiss(typed)

    def _tell(self, problem: str) -> None:
        told = self.query_one("#told", Static)
        told.set_class(bool(problem), "problem")
        told.update(Content(printable(problem) or _JOINS))

    async def action_complete(self) -> None:
        """Complete what is typed by now."""
        await complete(self.query_one(Input))

    def action_clipboard(self) -> None:
        """Return the clipboard as the source."""
        self.dismiss(CLIPBOARD)
