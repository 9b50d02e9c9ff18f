"""The library: all stories, the queue first, to be found, opened, ordered and added to."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from player.errors import PlayerError
from player.library.shelf import Shelf, Shelved
from player.story.text import printable
from player.tui.background import Job, JobDone, JobFailed, JobTold
from player.tui.key_hints import KeyHints
from player.tui.screens.refreshing import Refreshing
from player.tui.shelf_lines import heading
from player.tui.shelf_list import ShelfList, texts
from player.tui.text import shortened
from player.tui.welcome import welcome

if TYPE_CHECKING:
    from player.library.shelf import Addition
    from player.stories import Stories
    from player.story.opening.waiting import Watch
    from player.story.reading.feed import Feed
    from player.tui.screens.entries import Answer

_logger = logging.getLogger(__name__)

_FIRST = 100
"""Stories that are shown before all have been read: ten thousand take 0.1 s."""


class LibraryScreen(Refreshing):
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
        super().__init__(stories)
        self._playing = playing
        self._removed: Shelved | None = None
        self._returned = ""
        """The story that was just put back, to be marked when it is listed."""
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
        self.refresh_if_due()

    def on_unmount(self) -> None:
        """Stop what goes on. Feeds are refreshed to the end."""
        if self.job is not None:
            self.job.stop()

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
            with closing(self.stories.shelf()) as shelf:
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
            self.app.call_from_thread(self.say, str(error), problem=True)
            return
        self.app.call_from_thread(self._fill, found, texts(found))
        if not self._playing:
            self.stories.prepare()

    def _fill(self, found: list[Shelved], searched: list[str]) -> None:
        if not self.is_mounted:
            return
        first = not found
        if first:
            found = [self.stories.sample()]
            searched = texts(found)
        self.query_one("#welcome").display = first
        self.query_one("#filter").display = not first
        self.query_one("#filter").disabled = first
        if not first:
            self.query_one("#filter").focus()
        else:
            self.query_one("#welcome", Static).update(welcome())
        self._listed.fill(found, searched, self.query_one(Input).value)
        if self._returned:
            self._listed.mark(self._returned)
            self._returned = ""
        if self._playing and self._listed.marked == 0 and not self.changed:
            self._listed.mark(self._playing)

    @on(Input.Changed)
    def filter(self, message: Input.Changed) -> None:
        """Show what is left."""
        self._listed.filter(message.value)
        nothing = bool(message.value) and not self._listed.shown
        self.say("Not in the library: Enter opens it as a file or an address." if nothing else "")

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
        if self.job is not None:
            self.job.stop()
            self.job = None
            self.say("")
        elif self.refreshing is not None and not self.refreshes_by_itself:
            self.refreshing.stop()
            self.refreshing = None
            self.say("")
        elif found.value:
            found.value = ""
        else:
            self.dismiss(None)

    def action_queue(self) -> None:
        """Put the marked story at the queue's end, or take it out of the queue."""
        story = self._listed.story
        if story is not None and story.queued is not None:
            self._change(lambda shelf: shelf.take_out(story.story), f"Not in the queue any more: {story.title}")
        elif story is not None:
            self._change(lambda shelf: shelf.add([_added(story)]), f"At the end of the queue: {story.title}")

    def action_move(self, step: int) -> None:
        """Move the marked story within the queue."""
        story = self._listed.story
        if story is not None and story.queued is not None:
            self._change(lambda shelf: shelf.move(story.story, step))
        else:
            self.say("Only stories in the queue have an order: ^L puts this one there.")

    def action_heard(self) -> None:
        """Mark the story as heard, or as not heard."""
        story = self._listed.story
        if story is not None:
            told = f"{'To be heard again' if story.finished else 'Heard'}: {story.title}"
            self._change(lambda shelf: shelf.mark(story.story, finished=not story.finished), told)

    def action_remove(self) -> None:
        """Remove the marked story from the library."""
        story = self._listed.story
        if story is None:
            return
        if story.story == self._playing:
            self.say("That story is playing.")
            return
        self._removed = story
        self._change(lambda shelf: shelf.remove(story.story), f"Removed {story.title}.  ^R puts it back")

    def action_put_back(self) -> None:
        """Undo the last removal."""
        story, self._removed = self._removed, None
        if story is not None:
            self._returned = story.story
            self._change(lambda shelf: shelf.put_back(story.story), f"Back again: {story.title}")
        else:
            self.say("Nothing was removed.")

    def _change(self, change: Callable[[Shelf], None], told: str = "") -> None:
        self.changed = True
        self.say(told)
        self.read(change)

    def action_show_file(self) -> None:
        """Show where the marked story is."""
        from player.tui.showing import show_source

        story = self._listed.story
        if story is not None:
            show_source(story.source)
            self.say(printable(story.source))

    # -- opening and adding --------------------------------------------------------------------------------------

    @on(ShelfList.Chosen)
    def action_open(self) -> None:
        """Open the marked story."""
        story = self._listed.story
        if story is None:
            self._add(self.query_one(Input).value.strip())
        elif self.job is None:
            if story.story == self._playing:
                self.dismiss(None)
                return
            stories, job = self.stories, Job(f"Opening {printable(story.title)}")
            self._begin(job, lambda watch: stories.listen_to(story.source, watch), discard=stories.leave)

    def action_add(self) -> None:
        """Ask for a story, and add it to the queue."""
        from player.tui.screens.adding import AddScreen

        self.app.push_screen(AddScreen(), self._add)

    def _add(self, source: str | None) -> None:
        stories = self.stories
        if source and self.job is None:
            self._begin(Job(f"Opening {printable(source)}"), lambda watch: stories.open(source, watch))

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
                self.job = None
            self.refreshing = None if message.job is self.refreshing else self.refreshing
            self.say(message.reason, problem=True)

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

        self.say("")
        self.app.push_screen(EntriesScreen(feed), chosen)

    def _added(self, found: Addition | str) -> None:
        self.changed = True
        self.say(found if isinstance(found, str) else f"Added to the queue: {found.title}")
        self.read()

    def say(self, text: str, *, problem: bool = False) -> None:
        """Show what goes on, or is wrong."""
        state = self.query_one("#state", Static)
        state.set_class(problem, "problem")
        state.update(Content(shortened(printable(text), max(self.size.width - 4, 20))))


def _added(story: Shelved) -> Addition:
    from player.library.shelf import Addition

    return Addition(story.story, story.title, story.source, story.characters)
