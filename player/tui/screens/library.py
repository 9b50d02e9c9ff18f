"""The library: all stories, the queue first, to be found, opened, ordered and added to."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from player.errors import PlayerError
from player.library.shelf import Shelf, Shelved
from player.story.text import printable
from player.tui.background import Job, JobDone, JobFailed, JobTold
from player.tui.beginning import Beginning
from player.tui.key_hints import KeyHints
from player.tui.shelf_lines import heading
from player.tui.shelf_list import ShelfList, texts
from player.tui.text import shortened
from player.tui.welcome import welcome

if TYPE_CHECKING:
    from player.library.shelf import Addition
    from player.session.prelude import Prelude
    from player.stories import Stories
    from player.story.opening.waiting import Watch
    from player.story.reading.feed import Feed
    from player.tui.actions.sounding import Sounding
    from player.tui.listening import Listening
    from player.tui.screens.entries import Answer

_logger = logging.getLogger(__name__)

_FIRST = 100
"""Stories that are shown before all have been read: ten thousand take 0.1 s."""


class LibraryScreen(ModalScreen["Listening | None"]):
    """Returns the chosen story, ready to play; None when it is closed without one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", priority=True),
        Binding("enter", "open", "Listen", priority=True),
        Binding("up", "walk(-1)", "Up", priority=True),
        Binding("down", "walk(1)", "Down", priority=True),
        Binding("pageup", "page(-1)", "Page up", priority=True),
        Binding("pagedown", "page(1)", "Page down", priority=True),
        Binding("ctrl+home", "walk(-1000000)", "First", priority=True),
        Binding("ctrl+end", "walk(1000000)", "Last", priority=True),
        Binding("ctrl+o", "add", "Add", priority=True),
        Binding("ctrl+l", "queue", "Queue", priority=True),
        Binding("shift+up,ctrl+up", "move(-1)", "Earlier", priority=True),
        Binding("shift+down,ctrl+down", "move(1)", "Later", priority=True),
        Binding("ctrl+t", "heard", "Heard", priority=True),
        Binding("ctrl+x", "remove", "Remove", priority=True),
        Binding("ctrl+r", "put_back", "Put back", priority=True),
        Binding("ctrl+f,f5", "refresh_feeds", "Refresh feeds", priority=True),
        Binding("ctrl+g", "show_file", "Show file", priority=True),
        Binding("ctrl+q", "app.quit", "Quit", priority=True),
    ]

    def __init__(self, stories: Stories, playing: str = "") -> None:
        """`playing` is the identity of the story that plays; empty when none does."""
        super().__init__()
        self._stories = stories
        self._playing = playing
        self._job: Job | None = None
        self._beginning: Beginning | None = None
        self._refreshing: Job | None = None
        self._refreshes_by_itself = False
        self._removed: Shelved | None = None
        self.changed = False
        """True once the queue may have changed."""

    def compose(self) -> ComposeResult:
        """Yield the filter, the list, what goes on, and the keys."""
        with Vertical(id="library"):
            found = Input(placeholder="Find a story", id="filter", compact=True)
            found.cursor_blink = False
            yield found
            yield Static(id="welcome")
            yield Static(id="heading")
            yield ShelfList(self._playing)
            yield Static(id="state", markup=False)
            close = "close" if self._playing else "quit"
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
        self._listed = self.query_one(ShelfList)
        self.read()
        self._refresh_if_due()

    def on_unmount(self) -> None:
        """Stop what goes on. Feeds are refreshed to the end."""
        if self._job is not None:
            self._job.stop()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the names of the columns."""
        self.query_one("#heading", Static).update(Content(heading(event.size.width - 4)))

    def show_playing(self, playing: str) -> None:
        """Show that another story plays now."""
        self._playing = self._listed.playing = playing
        self.read()

    # -- the list ------------------------------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="shelf", exit_on_error=False)
    def read(self, change: Callable[[Shelf], None] | None = None) -> None:
        """Change the library, if something is to be changed, and show it as it is now."""
        try:
            with closing(self._stories.shelf()) as shelf:
                if not self._listed.stories:
                    first = shelf.stories(most=_FIRST)
                    self.app.call_from_thread(self._fill, first, texts(first))
                if change is None:
                    shelf.forget_removed()
                else:
                    change(shelf)
                found = shelf.stories()
        except PlayerError as error:
            _logger.warning("the library cannot be used", exc_info=True)
            self.app.call_from_thread(self._say, str(error), problem=True)
            return
        self.app.call_from_thread(self._fill, found, texts(found))
        if not self._playing:
            self._stories.prepare()

    def _fill(self, found: list[Shelved], searched: list[str]) -> None:
        if not self.is_mounted:
            return
        first = not found
        if first:
            found = [self._stories.sample()]
            searched = texts(found)
        self.query_one("#welcome").display = first
        self.query_one("#filter").display = not first
        self.query_one("#filter").disabled = first
        if not first:
            self.query_one("#filter").focus()
        else:
            self.query_one("#welcome", Static).update(welcome())
        self._listed.fill(found, searched, self.query_one(Input).value)
        if self._playing and self._listed.marked == 0 and not self.changed:
            self._listed.mark(self._playing)

    @on(Input.Changed)
    def filter(self, message: Input.Changed) -> None:
        """Show what is left."""
        self._listed.filter(message.value)
        nothing = bool(message.value) and not self._listed.shown
        self._say("Not in the library: Enter opens it as a file or an address." if nothing else "")

    def on_key(self, event: events.Key) -> None:
        """Quit from the welcome as from the player."""
        if event.key == "q" and self.query_one("#filter").disabled:
            self.action_leave()

    def action_walk(self, step: int) -> None:
        """Mark another line."""
        self._listed.walk(step)

    def action_page(self, step: int) -> None:
        """Mark a line a page further."""
        self._listed.walk(step * max(self._listed.size.height - 1, 1))

    def action_leave(self) -> None:
        """Stop what is being opened, or refreshed by a key; else clear the filter; else close."""
        found = self.query_one(Input)
        if self._job is not None:
            self._job.stop()
            self._job = None
            self._give_up_beginning()
            self._say("")
        elif self._refreshing is not None and not self._refreshes_by_itself:
            self._refreshing.stop()
            self._refreshing = None
            self._say("")
        elif found.value:
            found.value = ""
        else:
            self.dismiss(None)

    def action_queue(self) -> None:
        """Put the marked story at the queue's end, or take it out of the queue."""
        story = self._listed.story
        if story is not None and story.queued is not None:
            self._change(lambda shelf: shelf.take_out(story.story))
        elif story is not None:
            self._change(lambda shelf: shelf.add([_added(story)]))

    def action_move(self, step: int) -> None:
        """Move the marked story within the queue."""
        story = self._listed.story
        if story is not None and story.queued is not None:
            self._change(lambda shelf: shelf.move(story.story, step))
        else:
            self._say("Only stories in the queue have an order: ^L puts this one there.")

    def action_heard(self) -> None:
        """Mark the story as heard, or as not heard."""
        story = self._listed.story
        if story is not None:
            self._change(lambda shelf: shelf.mark(story.story, finished=not story.finished))

    def action_remove(self) -> None:
        """Remove the marked story from the library."""
        story = self._listed.story
        if story is None:
            return
        if story.story == self._playing:
            self._say("That story is playing.")
            return
        self._removed = story
        self._change(lambda shelf: shelf.remove(story.story))
        self._say(f"Removed {story.title}.  ^R puts it back", action="screen.put_back")

    def action_put_back(self) -> None:
        """Undo the last removal."""
        story, self._removed = self._removed, None
        if story is not None:
            self._change(lambda shelf: shelf.put_back(story.story))
            self._say("")

    def _change(self, change: Callable[[Shelf], None]) -> None:
        self.changed = True
        self.read(change)

    def action_show_file(self) -> None:
        """Show where the marked story is."""
        from player.tui.showing import show_source

        story = self._listed.story
        if story is not None:
            show_source(story.source)
            self._say(printable(story.source))

    # -- opening and adding --------------------------------------------------------------------------------------

    @on(ShelfList.Chosen)
    def action_open(self) -> None:
        """Open the marked story."""
        story = self._listed.story
        if story is None:
            self._add(self.query_one(Input).value.strip())
        elif self._job is None:
            if story.story == self._playing:
                self.dismiss(None)
                return
            stories, job, title = self._stories, Job(f"Opening {printable(story.title)}"), printable(story.title)

            def begun(prelude: Prelude) -> None:
                self.app.call_from_thread(self._hear, job, title, prelude)

            def opened(watch: Watch) -> Listening:
                return stories.listen_to(story.source, watch, begun)

            self._begin(job, opened, discard=stories.leave)

    def _hear(self, job: Job, title: str, prelude: Prelude) -> None:
        """Play the beginning of a story while the rest is read."""
        if not job.stopped:
            job.name = f"Playing, and reading {title}"
            self._beginning = Beginning(cast("Sounding", self.app), prelude)
            self._say(f"{job.name} …  (Esc stops)")

    def action_add(self) -> None:
        """Ask for a story, and add it to the queue."""
        from player.tui.screens.adding import AddScreen

        self.app.push_screen(AddScreen(), self._add)

    def _add(self, source: str | None) -> None:
        stories = self._stories
        if source and self._job is None:
            self._begin(Job(f"Opening {printable(source)}"), lambda watch: stories.open(source, watch))

    def _give_up_beginning(self) -> None:
        if self._beginning is not None:
            self._beginning.give_up()
            self._beginning = None

    def _begin(self, job: Job, work: Callable[[Watch], object], discard: Callable[..., None] = lambda _: None) -> None:
        self._job = job
        self._say(f"{job.name} …  (Esc stops)")
        job.start(work, self, discard)

    @work(thread=True, exit_on_error=False)
    def _refresh_if_due(self) -> None:
        """Refresh the feeds if that is set, and was long ago."""
        from player.following import due

        hours = self._stories.settings.refresh_feeds
        if not hours:
            return
        try:
            with closing(self._stories.shelf()) as shelf:
                is_due = due(shelf, hours)
        except PlayerError:
            _logger.warning("the feeds cannot be looked up", exc_info=True)  # and the library's list tells so
            return
        if is_due:
            self.app.call_from_thread(self._refresh, by_itself=True)

    def action_refresh_feeds(self) -> None:
        """Let the new stories of followed feeds join the queue."""
        self._refresh(by_itself=False)

    def _refresh(self, *, by_itself: bool) -> None:
        from player.following import refresh

        if self._refreshing is None and self.is_mounted:
            self._refreshing, self._refreshes_by_itself = Job("Looking for new stories"), by_itself
            self._say(f"{self._refreshing.name} …" + ("" if by_itself else "  (Esc stops)"))
            self._refreshing.start(lambda watch: list(refresh(self._stories, watch)), self)

    @on(JobTold)
    def tell(self, message: JobTold) -> None:
        """Show progress."""
        if message.job is self._refreshing and message.told and self._job is None:
            self._say(f"{message.job.name}: {message.told}" + ("" if self._refreshes_by_itself else "  (Esc stops)"))
        if message.job is self._job and message.told:
            self._say(f"{message.job.name}: {message.told}  (Esc stops)")

    @on(JobFailed)
    def complain(self, message: JobFailed) -> None:
        """Show what is wrong."""
        if message.job in (self._job, self._refreshing):
            if message.job is self._job:
                self._job = None
                self._give_up_beginning()
            self._refreshing = None if message.job is self._refreshing else self._refreshing
            self._say(message.reason, problem=True)

    @on(JobDone)
    def go_on(self, message: JobDone) -> None:
        """Play what was opened, or add it."""
        from player.following import told
        from player.story.model import Story
        from player.story.reading.feed import Feed

        found = message.result
        if message.job is self._refreshing:
            self._refreshing = None
            self.changed |= any(one.added for one in found)
            self._say(told(found), problem=any(one.problem for one in found))
            self.read()
            return
        self._job = None
        if isinstance(found, Feed):
            self._choose(found)
        elif isinstance(found, Story):
            self._begin(Job("Adding"), lambda watch: self._stories.add(found))
        elif hasattr(found, "player"):
            self.dismiss(found)
        else:
            self._added(found)

    def _choose(self, feed: Feed) -> None:
        from player.tui.screens.entries import EntriesScreen

        def chosen(answer: Answer | None) -> None:
            if answer is not None:
                self._begin(Job("Adding"), lambda watch: self._stories.add_entries(feed, *answer))

        self._say("")
        self.app.push_screen(EntriesScreen(feed), chosen)

    def _added(self, found: Addition | int) -> None:
        self.changed = True
        what = f"{found} {'story' if found == 1 else 'stories'}" if isinstance(found, int) else printable(found.title)
        self._say(f"Added to the queue: {what}")
        self.read()

    def _say(self, text: str, *, problem: bool = False, action: str = "") -> None:
        state = self.query_one("#state", Static)
        state.set_class(problem, "problem")
        state.update(Content(shortened(printable(text), max(self.size.width - 4, 20))))


def _added(story: Shelved) -> Addition:
    from player.library.shelf import Addition

    return Addition(story.story, story.title, story.source, story.characters)
