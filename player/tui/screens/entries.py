"""The entries of a feed, to add some of them and to follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from player.story.text import printable
from player.tui.dialog import Dialog
from player.tui.keys.hints import KeyHints
from player.tui.text import shortened
from player.tui.widgets import Ticked

if TYPE_CHECKING:
    from player.stories import Stories
    from player.story.reading.feed import Entry, Feed


class Answer(NamedTuple):
    """What is to be done with a feed."""

    entries: list[Entry]
    """Those to be added, the oldest first."""
    follow: bool
    """True if the feed is to be followed."""


class EntriesScreen(Dialog[Answer | None]):
    """Returns an Answer, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("enter", "accept(False)", "Add"),
        Binding("space", "choose", "Choose"),
        Binding("f", "accept(True)", "Follow"),
    ]

    def __init__(self, feed: Feed) -> None:
        super().__init__()
        self._feed = feed
        self._chosen = {0}

    def compose(self) -> ComposeResult:
        """Yield a line for each entry; the newest is chosen."""
        with Vertical(classes="dialog", id="entries") as dialog:
            dialog.border_title = Content(shortened(printable(self._feed.title), 60))
            yield Ticked(*(self._line(n) for n in range(len(self._feed.entries))))
            yield KeyHints(
                ("space", "choose", "screen.choose"),
                ("Enter", "add", "screen.accept(False)"),
                ("f", "add, and follow the feed", "screen.accept(True)"),
                ("Esc", "close", "screen.dismiss(None)"),
            )

    def action_choose(self) -> None:
        """Choose the marked entry, or not."""
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            self._chosen ^= {listed.highlighted}
            listed.replace_option_prompt_at_index(listed.highlighted, self._line(listed.highlighted))

    @on(OptionList.OptionSelected)
    def toggle(self) -> None:
        """Choose the clicked entry, or not."""
        self.action_choose()

    def action_accept(self, follow: bool) -> None:
        """Return the chosen entries."""
        found = [entry for n, entry in enumerate(self._feed.entries) if n in self._chosen]
        if found or follow:
            self.dismiss(Answer(found[::-1], follow))

    def _line(self, n: int) -> Content:
        entry = self._feed.entries[n]
        text = "  ".join(printable(part) for part in (entry.published, entry.name) if part)
        return Content.assemble(("[x] " if n in self._chosen else "[ ] ", "$primary"), text)


def added_of(feed: Feed, answer: Answer, stories: Stories) -> str:
    """Add what was chosen of a feed, and follow it if wanted; return what was done, in words. Raises LibraryError or
    SourceError."""
    count = stories.add_entries(feed, answer.entries, answer.follow)
    told = f"Added to the queue: {count} {'story' if count == 1 else 'stories'}" if count else ""
    follows = f"Following {feed.title}: ^F looks for new stories" if answer.follow else ""
    return ". ".join(part for part in (told, follows) if part)
