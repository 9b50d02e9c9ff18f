"""The library: all stories, the queue first, to be found, opened, ordered and added to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from player.story.text import printable
from player.tui.background import Job, JobDone, JobFailed, JobTold
from player.tui.keys.hints import KeyHints
from player.tui.library.arranging import Arranging
from player.tui.library.story_lines import heading
from player.tui.library.story_list import ShelfList
from player.tui.text import with_its_end
from player.tui.widgets import Filter

if TYPE_CHECKING:
    from player.library.shelf import Addition
    from player.story.opening.waiting import Watch
    from player.story.reading.feed import Feed
    from player.tui.screens.entries import Answer


_STATE_LINES = 2
"""Most lines of the status message when broken anywhere; the stylesheet has one more, for word breaks."""


class LibraryScreen(Arranging):
    """Returns the chosen story, ready to play; None when it is closed without one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close"),
        Binding("enter", "open", "Listen"),
        Binding("up", "walk(-1)", "Up"),
        Binding("down", "walk(1)", "Down"),
        Binding("pageup", "page(-1)", "Page up"),
        Binding("pagedown", "page(1)", "Page down"),
        Binding("ctrl+home", "walk(-1000000)", "First"),
        Binding("ctrl+end", "walk(1000000)", "Last"),
        Binding("ctrl+o", "add", "Add"),
        Binding("ctrl+l", "queue", "Queue"),
        Binding("shift+up,ctrl+up", "move(-1)", "Earlier"),
        Binding("shift+down,ctrl+down", "move(1)", "Later"),
        Binding("ctrl+t", "heard", "Heard"),
        Binding("ctrl+x", "remove", "Remove"),
        Binding("ctrl+r", "put_back", "Put back"),
        Binding("ctrl+f,f5", "refresh_feeds", "Refresh feeds"),
        Binding("ctrl+g", "show_file", "Show file"),
        Binding("ctrl+q", "app.quit", "Quit"),
    ]

    _waiting: tuple[str, ...] = ()
    """Sources to be added after the one that is being opened."""
    _added_last = ""
    """The source that is being added, or was added last."""
    _failed = ""
    """The source that could not be added: to be mended rather than typed anew."""

    def compose(self) -> ComposeResult:
        """Yield the filter, the list, what goes on, and the keys."""
        with Vertical(id="library"):
            found = Filter(placeholder="Find a story", id="filter", compact=True)
            found.cursor_blink = False
            yield found
            yield Static(id="welcome")
            yield Static(id="heading")
            yield self.listed
            yield Static(id="state", markup=False)
            close = "close" if self.playing else "quit"
            yield KeyHints(
                ("Enter", "listen", "screen.open"),
                ("^O", "add", "screen.add"),
                ("^L", "queue", "screen.queue"),
                ("⇧↑↓", "order", "screen.move(1)"),
                ("^T", "heard", "screen.heard"),
                ("^X", "remove", "screen.remove"),
                ("^F", "feeds", "screen.refresh_feeds"),
                ("^G", "file", "screen.show_file"),
                ("Esc", close, "screen.leave"),
            )

    def on_mount(self) -> None:
        """Read the library."""
        self.read()
        self.refresh_if_due()

    def on_unmount(self) -> None:
        """Stop what goes on. Feeds are refreshed to the end."""
        if self.job is not None:
            self.job.stop()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the names of the columns, and what is told."""
        self.query_one("#heading", Static).update(Content(heading(event.size.width - 4)))
        self._show_told()

    def on_key(self, event: events.Key) -> None:
        """Quit from the welcome as from the player."""
        if event.key in self.quit_keys and self.query_one("#filter").disabled:
            self.action_leave()

    def action_leave(self) -> None:
        """Stop what is being opened, or refreshed by a key; else clear the filter; else close."""
        found = self.query_one(Input)
        if self.job is not None:
            self.job.stop()
            self.job = None
            self._waiting = ()
            self.say("")
        elif self.refreshing is not None and not self.refreshes_by_itself:
            self.refreshing.stop()
            self.refreshing = None
            self.say("")
        elif found.value:
            found.value = ""
        else:
            self.dismiss(None)

    # -- opening and adding --------------------------------------------------------------------------------------

    @on(Input.Submitted)
    @on(ShelfList.Chosen)
    def action_open(self) -> None:
        """Open the marked story."""
        self.look_for_typed()
        story = self.listed.story
        if story is None:
            self._add(self.query_one(Input).value.strip())
        elif self.job is None:
            if story.story == self.playing:
                self.dismiss(None)
                return
            stories, job = self.stories, Job(f"Opening {printable(story.title)}")
            source, identity = story.source, story.story
            self._begin(job, lambda watch: stories.listen_to(source, watch, story=identity), discard=stories.leave)

    def action_add(self) -> None:
        """Ask for a story, and add it to the queue."""
        from player.tui.library.adding import AddScreen

        self.app.push_screen(AddScreen(self._failed), self._add)

    def _add(self, source: str | None) -> None:
        stories = self.stories
        if source and self.job is not None:
            self._waiting = (*self._waiting, source)
            self.say(f"{printable(source)} is next  (Esc stops)")
        elif source:
            self._added_last = source
            self._begin(Job(f"Opening {printable(source)}"), lambda watch: stories.open(source, watch))

    def _add_next(self) -> None:
        """Add the source that waits longest, if there is one."""
        source, *waiting = self._waiting or ("",)
        self._waiting = tuple(waiting)
        self._add(source)

    def _begin(self, job: Job, work: Callable[[Watch], object], discard: Callable[..., None] = lambda _: None) -> None:
        self.job = job
        self.say(f"{job.name} …  (Esc stops)")
        job.start(work, self, discard)

    @on(JobTold)
    def tell(self, message: JobTold) -> None:
        """Show progress."""
        if message.job is self.refreshing and message.told and self.job is None:
            self.say(f"{message.job.name}: {message.told}" + ("" if self.refreshes_by_itself else "  (Esc stops)"))
        if message.job is self.job and message.told:
            self.say(f"{message.job.name}: {message.told}  (Esc stops)")

    @on(JobFailed)
    def complain(self, message: JobFailed) -> None:
        """Show what is wrong."""
        if message.job in (self.job, self.refreshing):
            if message.job is self.job:
                from player.tui.library.adding import CLIPBOARD

                self.job, self._failed = None, "" if self._added_last == CLIPBOARD else self._added_last
            self.refreshing = None if message.job is self.refreshing else self.refreshing
            self.say(message.reason, problem=True)
            self.read()
            if self._waiting and self.job is None:
                self.notify(printable(message.reason), title=message.job.name, severity="error", markup=False)
                self._add_next()

    @on(JobDone)
    def go_on(self, message: JobDone) -> None:
        """Play what was opened, or add it."""
        from player.following import told
        from player.story.model import Story
        from player.story.reading.feed import Feed

        found = message.result
        if message.job is self.refreshing:
            self.refreshing = None
            self.changed |= any(one.added for one in found)
            self.say(told(found), problem=any(one.problem for one in found))
            self.read()
            return
        self.job = None
        if isinstance(found, Feed):
            self._choose(found)
        elif isinstance(found, Story):
            self._begin(Job("Adding"), lambda watch: self.stories.add(found))
        elif hasattr(found, "player"):
            self.dismiss(found)
        else:
            self._added(found)

    def _choose(self, feed: Feed) -> None:
        from player.tui.screens.entries import EntriesScreen, added_of

        def chosen(answer: Answer | None) -> None:
            if answer is not None:
                self._begin(Job("Adding"), lambda watch: added_of(feed, answer, self.stories))
            else:
                self._add_next()

        self.say("")
        self.app.push_screen(EntriesScreen(feed), chosen)

    def _added(self, found: Addition | str) -> None:
        """Tell of what was added, and mark it. The filter that named it has done its work."""
        self.changed, self._failed = True, ""
        if not isinstance(found, str):
            self.to_mark = found.story
        typed = self.query_one(Input)
        if typed.value.strip() == self._added_last:
            with self.prevent(Input.Changed):
                typed.value = ""
        self.say(found if isinstance(found, str) else f"Added to the queue: {found.title}")
        self.read()
        self._add_next()

    def say(self, text: str, *, problem: bool = False) -> None:
        """Show what goes on, or is wrong."""
        self.told = text
        self.query_one("#state", Static).set_class(problem, "problem")
        self._show_told()

    def _show_told(self) -> None:
        shown = with_its_end(printable(self.told), _STATE_LINES * max(self.size.width - 6, 20))
        self.query_one("#state", Static).update(Content(shown))
