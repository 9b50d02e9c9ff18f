"""The beginning of a long story on the screen: the rest is read meanwhile, and then shown."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, cast

from textual import on

from player.story.text import printable
from player.tui.actions.finding import Finding
from player.tui.background import Job, JobDone, JobFailed, JobTold
from player.tui.header import Title
from player.tui.listening import Listening

if TYPE_CHECKING:
    from player.session.prelude import Prelude


class Growing(Finding):
    """A story that grows once: when all of it has been read."""

    story_title: Title
    _reading: Job | None = None
    """Reads the rest."""

    def begin(self, listening: Listening) -> None:
        """See PlayingApp."""
        self.stop_reading()
        super().begin(listening)

    @property
    def being_read(self) -> bool:
        """See PlayingApp."""
        return self._reading is not None

    def story_is_shown(self) -> None:
        """Wait for the rest, if only the beginning is there."""
        super().story_is_shown()
        stories, listening = self.stories, self.listening
        if stories is not None and not listening.is_whole:
            self._reading = Job("Reading the rest")
            self.story_title.tell("still being read")
            self._reading.start(lambda watch: stories.go_on(cast("Prelude", listening), watch), self, stories.leave)

    @abstractmethod
    def keep_place_again(self) -> None:
        """Keep the place, which was not kept so far."""

    def stop_reading(self) -> None:
        """Read no further."""
        if self._reading is not None:
            self._reading.stop()
            self._reading = None

    def grow(self) -> None:
        """Show the whole story, if the player has it now. All that is in view stays where it is."""
        story = self.player.story
        if story.blocks is not self.transcript.blocks:
            self.transcript.grow(story.blocks, story.notes)
            self.story_title.grow(story)
            self.find_again()

    @on(JobTold)
    def tell_reading(self, message: JobTold) -> None:
        """Show how far it is read."""
        if message.job is self._reading and message.told:
            self.story_title.tell(f"reading {message.told}")

    @on(JobFailed)
    def complain_about_reading(self, message: JobFailed) -> None:
        """Tell what is wrong; the beginning stays."""
        if message.job is self._reading:
            self._end_reading()
            self.notify(printable(message.reason), title=message.job.name, severity="error", markup=False)

    @on(JobDone)
    async def go_on_with_all(self, message: JobDone) -> None:
        """Go on with the whole story."""
        if message.job is not self._reading:
            return
        whole: Listening = message.result
        self._end_reading()
        if whole.player is self.player:
            self.listening = whole
            self.keep_place_again()
            self.grow()
            self.tell_where_it_goes_on()
            self.story_is_shown()
        else:  # it turned out otherwise than it began
            await self.go_to(whole, same=True)
        self.wake()

    def _end_reading(self) -> None:
        self._reading = None
        self.story_title.tell("")
