"""Small widgets of the dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Checkbox, Input, OptionList


class Box(Checkbox, inherit_bindings=False):
    """A check box that is empty unless checked, even without colours; leaves Enter to the dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "toggle_button", "Check")]
    BUTTON_INNER = " "

    def watch_value(self) -> None:
        """Show the state."""
        self.BUTTON_INNER = "X" if self.value else " "
        super().watch_value()


class OneOf(Widget, can_focus=True):
    """One line with one of several texts: the arrow keys, space and clicks go to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,down,space", "go(1)", "Next"),
        Binding("left,up", "go(-1)", "Previous"),
    ]
    chosen = reactive(0)
    """Index of the text shown."""

    def __init__(self, texts: Sequence[str], chosen: int, *, id: str) -> None:
        super().__init__(id=id)
        self._texts = texts
        self.set_reactive(OneOf.chosen, chosen)

    @property
    def text(self) -> str:
        """The text shown."""
        return self._texts[self.chosen]

    def offer(self, texts: Sequence[str]) -> None:
        """Have other texts to choose from, among them the one shown."""
        shown = self.text
        self._texts = texts
        self.set_reactive(OneOf.chosen, texts.index(shown))

    def render(self) -> Content:
        """Return the line."""
        return Content.assemble(("◂ ", "$primary"), self.text, (" ▸", "$primary"))

    def action_go(self, step: int) -> None:
        """Go to another text."""
        self.chosen = (self.chosen + step) % len(self._texts)

    def on_click(self) -> None:
        """Go to the next text."""
        self.focus()
        self.action_go(1)


def _without(bindings: Sequence[BindingType], *keys: str) -> list[BindingType]:
    """Return bindings without those of some keys. Keys that a screen takes before its widgets get them ("priority")
    would overtake what was typed before."""
    return [one for one in bindings if not (isinstance(one, Binding) and one.key in keys)]


class Filter(Input, inherit_bindings=False):
    """A line for typing that leaves Ctrl-X to its screen."""

    BINDINGS: ClassVar[list[BindingType]] = _without(Input.BINDINGS, "ctrl+x")


class Choices(OptionList):
    """A list to choose from, walked with the arrow keys or as in vi."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]


class Ticked(Choices, inherit_bindings=False):
    """A list that leaves Enter to its screen."""

    BINDINGS: ClassVar[list[BindingType]] = [*_without(OptionList.BINDINGS, "enter"), *Choices.BINDINGS]
