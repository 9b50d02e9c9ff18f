"""The list of a feed's stories, shown before anything plays."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from player.story.model import Story
from player.story.reading.feed import Entry, Feed
from player.story.text import printable
from player.tui.keys.hints import KeyHints
from player.tui.terminal.app import TerminalApp
from player.tui.text import shortened
from player.tui.widgets import Choices

_logger = logging.getLogger(__name__)

_PER_MINUTE = 900
"""Characters spoken per minute, roughly: enough to tell long stories from short ones."""
_SHOWN = 300
"""Characters shown of a summary: more than any terminal is wide."""


@dataclass
class _Opened(Message):
    """The chosen story is open."""

    story: Story


@dataclass
class _Failed(Message):
    """The chosen story cannot be opened, or the feed not followed."""

    reason: str


class _Followed(Message):
    """The feed is followed."""


class Chooser(TerminalApp[Story | None]):
    """Returns the chosen story, opened; None if none is chosen."""

    CSS_PATH: ClassVar = ["player.tcss", "choosing.tcss"]
    TITLE = "Listen to Story"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+c", "leave", "Close"),
        Binding("space", "accept", "Choose"),
        Binding("f", "follow", "Follow"),
        Binding("ctrl+z", "suspend", "To the shell"),
    ]

    def __init__(self, feed: Feed, load: Callable[[Entry], Story], follow: Callable[[], object], theme: str) -> None:
        """`load` opens an entry, `follow` lets new stories of the feed join the queue: both in a thread; they may take
        a while, and raise PlayerError.

        `theme` as for `look_like`.
        """
        super().__init__()
        self.look_like(theme)
        self._feed = feed
        self._load = load
        self._follow = follow
        self._loading = False

    def compose(self) -> ComposeResult:
        """Yield the feed's title, its stories and keys."""
        count = len(self._feed.entries)
        below = f"\n{count} {'story' if count == 1 else 'stories'}"
        yield Static(Content.assemble((printable(self._feed.title), "bold"), (below, "$said")), id="title")
        yield Choices(*map(_lines, self._feed.entries))
        with Vertical(id="below"):
            yield Static(id="state")
            yield KeyHints(
                ("Enter", "listen", "app.accept"), ("f", "follow", "app.follow"), ("Esc", "quit", "app.leave")
            )

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Open the chosen entry, whose page may have to be fetched."""
        if self._loading:
            return
        self._loading = True
        entry = self._feed.entries[message.option_index]
        self._say(f"Opening {entry.name} …")
        self._start(lambda: _Opened(self._load(entry)))

    def _start(self, work: Callable[[], Message]) -> None:
        """Post what `work` returns, or why it failed. It runs in a daemon: whoever leaves need not wait for it."""

        def run() -> None:
            try:
                self.post_message(work())
            except Exception as error:
                _logger.warning("nothing came of a choice in %s", self._feed.source, exc_info=True)
                self.post_message(_Failed(str(error) or type(error).__name__))

        Thread(target=run, name="open", daemon=True).start()

    @on(_Opened)
    def _answer(self, message: _Opened) -> None:
        self.exit(message.story)

    @on(_Followed)
    def _tell(self) -> None:
        self._say("Followed: listen refresh adds its new stories to the queue")

    @on(_Failed)
    def _complain(self, message: _Failed) -> None:
        self._loading = False
        self._say(message.reason, problem=True)

    def _say(self, text: str, *, problem: bool = False) -> None:
        state = self.query_one("#state", Static)
        state.set_class(problem, "problem")
        state.update(Content(printable(text)))

    def action_accept(self) -> None:
        """Choose the marked story, like Enter."""
        self.query_one(OptionList).action_select()

    def action_follow(self) -> None:
        """Let the feed's stories to come join the queue."""

        def follow() -> Message:
            self._follow()
            return _Followed()

        if not self._loading:
            self._start(follow)

    def action_leave(self) -> None:
        """Leave without choosing."""
        self.exit(None)


def _lines(entry: Entry) -> Content:
    """Return an entry's title, and below it the date and the length or summary."""
    text = entry.text if entry.text != entry.name else ""
    about = f"about {max(round(len(entry.text) / _PER_MINUTE), 1)} min" if entry.whole else shortened(text, _SHOWN)
    below = " · ".join(printable(part) for part in (entry.published, entry.byline, about) if part)
    return Content.assemble((printable(entry.name), "$heading"), (f"\n{below or '—'}", "$said not bold"))
