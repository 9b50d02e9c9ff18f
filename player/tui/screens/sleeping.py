"""The sleep timer's dialog."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList

from player.playback.sleep_timer import End, SleepTimer
from player.tui.key_hints import KeyHints
from player.tui.widgets import Choices

_MINUTES = (5, 10, 15, 20, 30, 45, 60, 90)

_CHOICES: tuple[tuple[str, float | End | None], ...] = (
    *((f"{minutes} minutes", minutes) for minutes in _MINUTES),
    *((f"end of the {end.value}", end) for end in End),
    ("off", None),
)


class SleepScreen(ModalScreen[None]):
    """Sets the timer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,z", "dismiss(None)", "Close"),
        Binding("space", "app.toggle_play", "Play"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, timer: SleepTimer) -> None:
        super().__init__()
        self._timer = timer

    def compose(self) -> ComposeResult:
        """Yield a line for each choice."""
        with Vertical(classes="dialog", id="chapters") as dialog:
            dialog.border_title = "Sleep timer"
            yield Choices(*(text for text, _ in _CHOICES))
            yield KeyHints(("Enter", "choose", "screen.accept"), ("Esc", "close", "screen.dismiss(None)"))

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Set the timer, or turn it off."""
        when = _CHOICES[message.option_index][1]
        if when is None:
            self._timer.clear()
        else:
            self._timer.set(when)
        self.dismiss(None)

    def action_accept(self) -> None:
        """Choose the marked line, like Enter."""
        self.query_one(OptionList).action_select()
