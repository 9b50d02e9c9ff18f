"""A line for typing at the bottom of the screen, in place of the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label, Static


class PromptLine(Horizontal, can_focus=True):
    """Has the keyboard while it is open. When `rest` has been called it is typed in no more: its single keys work, and
    all others are the player's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close"),
        Binding("enter", "accept", "Accept"),
        Binding("down,n", "move(1)", "Next"),
        Binding("up,N", "move(-1)", "Previous"),
        Binding("slash", "type", "Type"),
    ]

    def __init__(
        self,
        prompt: str,
        hint: str,
        *,
        changed: Callable[[str], None],
        accepted: Callable[[str], None],
        closed: Callable[[], None],
        moved: Callable[[int], None] | None = None,
    ) -> None:
        """`changed` and `accepted` get what is typed; `moved` a step, 1 to the next or -1 to the previous."""
        super().__init__()
        self._prompt = prompt
        self._hint = hint
        self._when_changed = changed
        self._when_accepted = accepted
        self._when_closed = closed
        self._when_moved = moved
        self._ahead = ""  # typed before the line had a field
        self._field: Input | None = None  # once it takes what is typed

    def compose(self) -> ComposeResult:
        """Yield the prompt, what is typed, and what has come of it."""
        yield Label(self._prompt)
        typed = Input(placeholder=self._hint, compact=True, select_on_focus=False)
        typed.cursor_blink = False
        yield typed
        yield Static(classes="state")

    def on_mount(self) -> None:
        """Let the listener type on."""
        self._field = self.query_one(Input)
        self._field.insert_text_at_cursor(self._ahead)
        self._field.focus()

    def type_ahead(self, character: str) -> None:
        """Take a character that was typed before the line had the keyboard."""
        if self._field is None:
            self._ahead += character
        else:
            self._field.insert_text_at_cursor(character)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one(Input).value

    def say(self, text: str, *, problem: bool = False) -> None:
        """Show what has come of it."""
        state = self.query_one(".state", Static)
        state.set_class(problem, "problem")
        state.update(Content(text))

    def rest(self) -> None:
        """Leave all keys but the line's own to the player."""
        self.focus()

    @property
    def rests(self) -> bool:
        """True when it is typed in no more."""
        return self.has_focus

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys that mean nothing here to the player."""
        if action in ("move", "type"):
            return self._when_moved is not None
        return True

    def action_type(self) -> None:
        """Type on; what is there is selected."""
        typed = self.query_one(Input)
        typed.focus()
        typed.action_select_all()

    def action_close(self) -> None:
        """Close the line."""
        self._when_closed()

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Do what was typed."""
        self._when_accepted(self.text)

    def action_move(self, step: int) -> None:
        """Go to the next or previous."""
        if self._when_moved is not None:
            self._when_moved(step)

    @on(Input.Changed)
    def tell(self, message: Input.Changed) -> None:
        """Tell what is typed now."""
        self._when_changed(message.value)
