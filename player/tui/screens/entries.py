"""The entries of a feed, to add some of them and to follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import SelectionList
from textual.widgets.selection_list import Selection

from player.story.text import printable
from player.tui.key_hints import KeyHints
from player.tui.text import shortened

if TYPE_CHECKING:
    from player.story.reading.feed import Entry, Feed

_WIDTH = 78
"""Cells of an entry's line; wider ones are cut."""


class EntriesScreen(ModalScreen["tuple[list[Entry], bool] | None"]):
    """Returns the chosen entries, the oldest first, and whether to follow the feed; or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("enter", "accept(False)", "Add", priority=True),
        Binding("f", "accept(True)", "Follow", priority=True),
    ]

    def __init__(self, feed: Feed) -> None:
        super().__init__()
        self._feed = feed

    def compose(self) -> ComposeResult:
        """Yield a line for each entry; the newest is chosen."""
        with Vertical(classes="dialog", id="entries") as dialog:
            dialog.border_title = Content(shortened(printable(self._feed.title), 60))
            yield SelectionList[int](
                *(Selection(_line(entry), n, n == 0) for n, entry in enumerate(self._feed.entries)), compact=True
            )
            yield KeyHints(
                ("space", "choose", "screen.choose"),
                ("Enter", "add", "screen.accept(False)"),
                ("f", "add, and follow the feed", "screen.accept(True)"),
                ("Esc", "close", "screen.dismiss(None)"),
            )

    def action_choose(self) -> None:
        """Choose the marked entry, or not."""
        self.query_one(SelectionList).action_select()

    def action_accept(self, follow: bool) -> None:
        """Return the chosen entries."""
        chosen = set(self.query_one(SelectionList).selected)
        found = [entry for n, entry in enumerate(self._feed.entries) if n in chosen]
        if found or follow:
            self.dismiss((found[::-1], follow))


def _line(entry: Entry) -> Content:
    return Content(shortened("  ".join(printable(part) for part in (entry.published, entry.name) if part), _WIDTH))
