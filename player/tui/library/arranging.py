"""The part of the library that lists its stories, and changes them: queue, order, heard, removal."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from textual import on, work
from textual.widgets import Input, Static

from player.errors import PlayerError
from player.library.shelf import Shelf, Shelved
from player.story.text import printable
from player.tui.keys.table import KEYS, Key
from player.tui.library.refreshing import Refreshing
from player.tui.library.story_list import ShelfList, texts
from player.tui.library.welcome import welcome

if TYPE_CHECKING:
    from player.library.shelf import Addition
    from player.stories import Stories

_logger = logging.getLogger(__name__)

_FIRST = 100
"""Stories that are shown before all have been read: ten thousand take 0.1 s."""


class Arranging(Refreshing):
    """Has the list, and the keys for its marked story."""

    def __init__(self, stories: Stories, playing: str = "", keys: tuple[Key, ...] = KEYS) -> None:
        """`playing` is the identity of the story that plays; empty when none does. `keys` are the player's."""
        super().__init__(stories)
        self.playing = playing
        self._keys = keys
        self.quit_keys = next(key.keys.split(",") for key in keys if key.id == "quit")
        self.listed = ShelfList(playing)
        self._removed: Shelved | None = None
        self.to_mark = ""
        """The story that was just put back or added, to be marked when it is listed."""
        self.told = ""
        """What goes on, or is wrong."""
        self._problem = ""  # why the marked story could not be opened
        self.changed = False
        """True once the queue may have changed."""

    def show_playing(self, playing: str) -> None:
        """Show that another story plays now."""
        self.playing = self.listed.playing = playing
        self.read()

    @work(thread=True, exclusive=True, group="shelf")
    def read(self, change: Callable[[Shelf], None] | None = None) -> None:
        """Change the library, if something is to be changed, and show it as it is now."""
        try:
            with closing(self.stories.shelf()) as shelf:
                if not self.listed.stories:
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
        if not self.playing:
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
            self.query_one("#welcome", Static).update(welcome(self._keys))
        self.listed.fill(found, searched, self.query_one(Input).value)
        if self.to_mark:
            self.listed.mark(self.to_mark)
            self.to_mark = ""
        if self.playing and self.listed.marked == 0 and not self.changed:
            self.listed.mark(self.playing)

    @on(Input.Changed)
    def filter(self, message: Input.Changed) -> None:
        """Show what is left."""
        self.look_for_typed()
        nothing = bool(message.value) and not self.listed.shown
        self.say("Not in the library: Enter adds it, if it is a file or an address." if nothing else "")

    def look_for_typed(self) -> None:
        """Filter at once by the text typed so far: the field's own message may come after the next key."""
        typed = self.query_one(Input).value
        if typed != self.listed.wanted:
            self.listed.filter(typed)

    @on(ShelfList.Marked)
    def tell_problem(self) -> None:
        """Tell why the marked story could not be opened."""
        story, before = self.listed.story, self._problem
        self._problem = problem = "" if story is None else story.problem
        if self.job is not None or self.refreshing is not None:
            return
        if problem and problem not in self.told:
            self.say(f"{problem} · Enter tries again", problem=True)
        elif before and not problem and before in self.told:
            self.say("")

    def action_walk(self, step: int) -> None:
        """Mark another line."""
        self.look_for_typed()
        self.listed.walk(step)

    def action_page(self, step: int) -> None:
        """Mark a line a page further."""
        self.listed.walk(step * max(self.listed.size.height - 1, 1))

    def action_queue(self) -> None:
        """Put the marked story at the queue's end, or take it out of the queue."""
        story = self.listed.story
        if story is not None and story.queued is not None:
            self._change(lambda shelf: shelf.take_out(story.story), f"Not in the queue any more: {story.title}")
        elif story is not None:
            self._change(lambda shelf: shelf.add([_addition(story)]), f"At the end of the queue: {story.title}")

    def action_move(self, step: int) -> None:
        """Move the marked story within the queue."""
        story = self.listed.story
        if story is not None and story.queued is not None:
            self._change(lambda shelf: shelf.move(story.story, step))
        else:
            self.say("Only stories in the queue have an order: ^L puts this one there.")

    def action_heard(self) -> None:
        """Mark the story as heard, or as not heard."""
        story = self.listed.story
        if story is not None:
            told = f"{'To be heard again' if story.finished else 'Heard'}: {story.title}"
            self._change(lambda shelf: shelf.mark(story.story, finished=not story.finished), told)

    def action_remove(self) -> None:
        """Remove the marked story from the library."""
        story = self.listed.story
        if story is None:
            return
        if story.story == self.playing:
            self.say("That story is playing.")
            return
        self._removed = story
        self._change(lambda shelf: shelf.remove(story.story), f"Removed {story.title}.  ^R puts it back")

    def action_put_back(self) -> None:
        """Undo the last removal."""
        story, self._removed = self._removed, None
        if story is not None:
            self.to_mark = story.story
            self._change(lambda shelf: shelf.put_back(story.story), f"Back again: {story.title}")
        else:
            self.say("Nothing was removed.")

    def _change(self, change: Callable[[Shelf], None], told: str = "") -> None:
        self.changed = True
        self.say(told)
        self.read(change)

    def action_show_file(self) -> None:
        """Show where the marked story is."""
        from player.tui.library.showing import show_source

        story = self.listed.story
        if story is not None:
            show_source(story.source)
            self.say(printable(story.source))


def _addition(story: Shelved) -> Addition:
    from player.library.shelf import Addition

    return Addition(story.story, story.title, story.source, story.characters)
