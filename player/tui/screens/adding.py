"""The question which story to add."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static

from player.tui.key_hints import KeyHints

_CLIPBOARD = "clipboard:"
"""As `player.story.opening.locate.CLIPBOARD`, whose import would take 0.1 s here."""


class Paths(Suggester):
    """Completes names of files and folders."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the first name that begins so; None if there is none."""
        return await asyncio.to_thread(completed, value)


def completed(typed: str) -> str | None:
    """Return a path with its last name completed, a folder's with a slash; None if none begins so."""
    folder, name = os.path.split(typed)
    if not typed or typed.startswith(("http:", "https:")):
        return None
    try:
        with os.scandir(Path(folder or ".").expanduser()) as entries:
            found = [entry for entry in entries if entry.name.startswith(name)]
        found = [entry for entry in found if name.startswith(".") or not entry.name.startswith(".")]
        first = min(found, key=lambda entry: entry.name, default=None)
        if first is None or not first.name.isprintable():
            return None
        return os.path.join(folder, first.name) + ("/" if first.is_dir() else "")  # noqa: PTH118 (keeps "./")
    except (OSError, RuntimeError):
        return None


class AddScreen(ModalScreen[str | None]):
    """Returns a source, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("tab", "complete", "Complete", priority=True),
        Binding("ctrl+b", "clipboard", "The clipboard", priority=True),
    ]

    def compose(self) -> ComposeResult:
        """Yield an input line."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Add a story"
            yield Static("A file, or the address of a page or a feed:")
            source = Input(id="source", suggester=Paths(), compact=True)
            source.cursor_blink = False
            yield source
            yield Static(Content("It joins the end of the queue."), classes="quoted")
            yield KeyHints(
                ("Enter", "add", "screen.accept"),
                ("Tab", "complete", "screen.complete"),
                ("^B", "the clipboard", "screen.clipboard"),
                ("Esc", "close", "screen.dismiss(None)"),
            )

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Return what was typed."""
        typed = self.query_one(Input).value.strip().strip("'\"")
        if typed:
            self.dismiss(typed)

    def action_complete(self) -> None:
        """Take the suggestion."""
        source = self.query_one(Input)
        source.action_end()
        source.action_cursor_right()

    def action_clipboard(self) -> None:
        """Return the clipboard as the source."""
        self.dismiss(_CLIPBOARD)
