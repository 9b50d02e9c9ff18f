"""The list of all keys."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from player.tui.keys import KEYS

_OTHERS = (
    ("click", "Play from a word; go to a place on the bar"),
    ("drag", "Select text, which y copies"),
    ("wheel", "Scroll the text, and stop following"),
    ("^p", "All of these, by name"),
)


class HelpScreen(ModalScreen[None]):
    """The table of keys as text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,f1", "dismiss", "Close"),
    ]

    def compose(self) -> ComposeResult:
        """Yield one line per key."""
        width = max(len(key.shown) for key in KEYS)
        lines = [Content.assemble((f"{key.shown:>{width}}", "bold $primary"), f"   {key.help}") for key in KEYS]
        lines += [Content.assemble((f"{keys:>{width}}", "bold $primary"), f"   {what}") for keys, what in _OTHERS]
        with VerticalScroll(id="help", classes="dialog") as dialog:
            dialog.border_title = "Keys"
            dialog.border_subtitle = "Esc closes"
            yield Static(Content("\n").join(lines), classes="keys")
