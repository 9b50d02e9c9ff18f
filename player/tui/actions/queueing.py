"""From one story to the next: the library, the queue, and what happens at a story's end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.screen import ModalScreen

from player.errors import PlayerError
from player.playback.position import Position, State
from player.story.text import printable
from player.tui.actions.sounding import Sounding
from player.tui.announcement import Announcement, announcement_of
from player.tui.background import Job, JobDone, JobFailed
from player.tui.listening import Listening

if TYPE_CHECKING:
    from player.story.opening.waiting import Watch

_logger = logging.getLogger(__name__)

_LOOK_SECONDS = 0.1
"""Seconds between two looks whether an announcement has been said."""

_AHEAD_SECONDS = 60.0
"""Seconds before a story's end at which the next one is opened: voices take up to 10 s to load, pages to be fetched."""


class Next(NamedTuple):
    """A story ready to play, with its announcement."""

    listening: Listening
    announcement: Announcement | None = None


class Queueing(Sounding):
    """Goes from story to story. The next one is opened before the current one ends."""

    _job_of_next: Job | None = None
    _next: Next | None = None
    """The next story, ready to play."""
    _looked_for_next = False
    """True once the queue was asked, and had no other story."""
    _goes_on = False
    """True if the next story is to play as soon as it is ready."""
    _goes_back = False
    """True if the story that is being opened was played before."""
    _ended = False
    _at_end = False
    """True when the story has ended and no other begins."""
    _announcement: Announcement | None = None
    """What is said now, while the story waits."""

    def begin(self, listening: Listening) -> None:
        """See PlayingApp."""
        super().begin(listening)
        self._forget_next()
        self.end_announcement()
        self._goes_on = self._ended = False

    # -- the library -----------------------------------------------------------------------------------------

    def action_library(self) -> None:
        """Open the library; a story chosen there plays in place of this one."""
        from player.tui.library.screen import LibraryScreen

        if self.stories is None:
            return
        playing = self.player.story.identity if self.has_story else ""
        screen = LibraryScreen(self.stories, playing, self.keys)

        async def closed(chosen: Listening | None) -> None:
            if chosen is not None:
                await self.go_to(chosen)
            elif not self.has_story:
                self.exit()
            elif screen.changed:  # another story may be next now
                self._forget_next()
                self.wake()

        self.push_screen(screen, closed)

    # -- the queue -------------------------------------------------------------------------------------------

    def action_next_story(self) -> None:
        """Go to the next story of the queue."""
        if self.stories is None:
            return
        self._looked_for_next = False  # another process may have added one
        self._goes_on = True
        self._prepare()

    def stay(self) -> None:
        """Let no other story begin by itself, also if this one has just ended."""
        self._forget_next()
        self._goes_on = False

    def action_previous_story(self) -> None:
        """Go back to the story that was played before this one."""
        stories = self.stories
        if stories is None:
            return
        here, source = self.player.story.identity, self.played[-1] if self.played else ""

        def opened(watch: Watch) -> Next | None:
            at = source
            if not at:
                with closing(stories.shelf()) as shelf:
                    found = shelf.before(here)
                at = "" if found is None else found.source
            return Next(stories.begin(stories.open_story(at, watch))) if at else None

        self._forget_next()
        self._goes_back = self._goes_on = True
        self._start(Job("Opening the previous story"), opened)

    def add_to_queue(self, source: str) -> None:
        """Add a story to the end of the queue. Returns at once; a notice tells of it, or why not."""
        stories = self.stories
        if stories is None:
            return

        def add(watch: Watch) -> None:
            try:
                added = stories.add(stories.open_story(source, watch))
            except PlayerError as error:
                _logger.warning("%s is not added", source, exc_info=True)
                told = f"Not added: {error}"
            else:
                told = f"Added to the queue: {added.title}"
                self._looked_for_next = False
            with suppress(RuntimeError):  # the app has ended
                self.call_from_thread(self._tell_of_addition, told)

        Job("Adding").start(add, self)

    def _tell_of_addition(self, told: str) -> None:
        from player.tui.library.screen import LibraryScreen

        self.notify(printable(told), markup=False)
        for screen in self.screen_stack:
            if isinstance(screen, LibraryScreen):
                screen.changed = True
                screen.read()

    def look_ahead(self, position: Position) -> None:
        """Open the next story shortly before this one ends, and go on to it at the end."""
        if self.being_read:  # what ends now goes on
            return
        ended = position.state is State.ENDED
        if ended and not self._ended:
            self.listening.describe(finished=True)
            if self.stories is not None and not self.sleep_timer.ends_with_story:
                self._goes_on = True
                self._looked_for_next = False
        self._ended = ended
        self._offer_what_comes_next()
        if self.stories is None:
            return
        left = (position.duration - position.elapsed) / position.timeline.rate / self.player.transport.speed
        if self._goes_on or (position.state is State.PLAYING and left < _AHEAD_SECONDS):
            self._prepare()

    def _prepare(self) -> None:
        """Open the next story, unless that goes on or is done; then go to it, if it is time to."""
        if self._next is not None:
            if self._goes_on and not self._in_a_dialog:
                listening, announcement = self._next
                self.call_later(self.go_to, listening, back=self._goes_back, announcement=announcement)
                self._next = None
            return
        stories = self.stories
        if self._job_of_next is not None or self._looked_for_next or stories is None:
            return
        here, tell = self.player.story.identity, self.player.notices.append
        says = self.settings.next_story == "say"

        def opened(watch: Watch) -> Next | None:
            listening = stories.begin_after(here, tell, watch)
            return None if listening is None else Next(listening, announcement_of(listening) if says else None)

        self._start(Job("Opening the next story"), opened)

    def play_after(self, announcement: Announcement | None) -> None:
        """Play the story when it has been announced, or when the listener plays it."""
        if announcement is None:
            self.player.transport.play()
            return
        self._announcement = announcement
        announcement.say(self.player)
        self.set_timer(_LOOK_SECONDS, self._look_at_announcement)

    def _look_at_announcement(self) -> None:
        announcement, transport = self._announcement, self.player.transport
        if announcement is None:
            return
        playing = transport.position().state in (State.PLAYING, State.WAITING)
        if playing or announcement.ended:
            self.end_announcement()
            transport.play()
        else:
            self.set_timer(_LOOK_SECONDS, self._look_at_announcement)

    def end_announcement(self) -> None:
        """Say nothing more before the story."""
        if self._announcement is not None:
            self._announcement.close()
            self._announcement = None

    def _offer_what_comes_next(self) -> None:
        """Show at the end, unless another story begins, what can be done: every key works as always."""
        at_end = self._ended and not self._goes_on
        if at_end and not self._at_end:
            self.sleep_timer.look(self.player.transport.position())  # so that it tells of an end that it waited for
            self.sleep_timer.clear()
            self._tell_of_end()
        self._at_end = at_end
        if not at_end:
            self.key_line.offer()
            return
        offered = {"play": "again"}
        if self.stories is not None:
            offered |= {} if self._looked_for_next else {"story.next": "next story"}
            offered |= {"library": "library"}
        self.key_line.offer("The end.", {**offered, "export": "export", "quit": "quit"})

    def _tell_of_end(self) -> None:
        """Tell the listener, who may be looking elsewhere, that nothing more comes; if that is set."""
        if self.settings.at_end == "bell":
            self.bell()
        elif self.settings.at_end == "notification":
            self.tell_desktop(f"The end of {self.player.story.title}")

    def tell_library(self) -> None:
        """Show in the library, if it is open, that another story plays."""
        from player.tui.library.screen import LibraryScreen

        for screen in self.screen_stack:
            if isinstance(screen, LibraryScreen):
                screen.show_playing(self.player.story.identity)

    @property
    def _in_a_dialog(self) -> bool:
        """True while a dialog about this story is open."""
        from player.tui.library.screen import LibraryScreen

        return isinstance(self.screen, ModalScreen) and not isinstance(self.screen_stack[1], LibraryScreen)

    def _start(self, job: Job, work: Callable[[Watch], Next | None]) -> None:
        self._job_of_next = job
        job.start(work, self, self._discard)

    def _discard(self, opened: Next | None) -> None:
        """Close a story that is not wanted any more. From any thread."""
        if opened is not None and self.stories is not None:
            self.stories.leave(opened.listening)
            if opened.announcement is not None:
                opened.announcement.close()

    def _forget_next(self) -> None:
        """Look for the next story again."""
        if self._job_of_next is not None:
            self._job_of_next.stop()
            self._job_of_next = None
        self._discard(self._next)
        self._next = None
        self._looked_for_next = self._goes_back = False

    @on(JobDone)
    def take_next(self, message: JobDone) -> None:
        """Keep the story that was opened, or tell that there is none."""
        if message.job is not self._job_of_next:
            return
        self._job_of_next = None
        self._next = message.result
        if self._next is not None:
            self._prepare()
            return
        self._looked_for_next = True
        if self._goes_on:
            self._goes_on = False
            back, self._goes_back = self._goes_back, False
            self._tell_no_other(back)

    def _tell_no_other(self, back: bool) -> None:
        if self._ended:
            self.wake()
        elif back:
            self.answer("No story was played before this one.")
        else:
            self.answer(f"No story follows in the queue. {self.key('library')}: library")

    @on(JobFailed)
    def complain_about_next(self, message: JobFailed) -> None:
        """Tell what is wrong; this story stays."""
        if message.job is self._job_of_next:
            self._job_of_next = None
            self._looked_for_next, self._goes_on = True, False
            self.notify(printable(message.reason), title=message.job.name, severity="error", markup=False)
