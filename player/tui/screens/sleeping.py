"""The sleep timer's dialog."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from player.playback.sleep_timer import End, SleepTimer
from player.tui.dialog import Dialog
from player.tui.keys.hints import KeyHints
from player.tui.widgets import Choices

_MINUTES = (5, 10, 15, 20, 30, 45, 60, 90)

_CHOICES: tuple[tuple[str, float | End | None], ...] = (
    *((f"{minutes} minutes", minutes) for minutes in _MINUTES),
    *((f"end of the {end.value}", end) for end in End),
    ("off", None),
)


_MOST_DIGITS = 3
"""Minutes that can be typed, at most: sixteen hours."""


class SleepScreen(Dialog[None]):
    """Sets the timer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,z", "dismiss(None)", "Close"),
        Binding("space", "app.toggle_play", "Play"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, timer: SleepTimer) -> None:
        super().__init__()
        self._timer = timer
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Yield a line for each choice."""
        with Vertical(classes="dialog", id="sleep") as dialog:
            dialog.border_title = "Sleep timer"
            yield Choices(*(text for text, _ in _CHOICES))
            yield Static(id="typed")
            yield KeyHints(("Enter", "choose", "screen.accept"), ("Esc", "close", "screen.dismiss(None)"))

    def on_mount(self) -> None:
        """Tell that any number can be typed."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Type minutes."""
        digit = event.character or ""
        if digit.isascii() and digit.isdecimal() and len(self._typed) < _MOST_DIGITS:
            self._typed = (self._typed + digit).lstrip("0") or "0"
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.key == "enter" and self._typed:
            self._set(int(self._typed) or None)
        elif event.key in ("up", "down", "j", "k"):
            self._typed = ""
        else:
            return
        if event.key not in ("up", "down", "j", "k"):
            event.stop()
            event.prevent_default()
        self._show()

    def _show(self) -> None:
        meant = {"0": "off", "1": "1 minute"}.get(self._typed, f"{self._typed} minutes")
        text = f"Enter: {meant}" if self._typed else "or type any number of minutes"
        self.query_one("#typed", Static).update(Content.styled(text, "$primary" if self._typed else "$said"))

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Set the timer, or turn it off."""
        self._set(_CHOICES[message.option_index][1])

    def action_accept(self) -> None:
        """Choose what was typed, or the marked line, like Enter."""
        if self._typed:
            self._set(int(self._typed) or None)
        else:
            self.query_one(OptionList).action_select()

    def _set(self, when: float | End | None) -> None:
        if when is None:
            self._timer.clear()
        else:
            self._timer.set(when)
        self.dismiss(None)
