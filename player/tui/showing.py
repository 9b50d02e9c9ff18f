"""What the screen shows of the transport: it looks when a change wakes it, and whenever playing on changes what is
shown; otherwise it sleeps."""

from __future__ import annotations

from textual.screen import ModalScreen

from player.library.habits import Habits
from player.playback.place_watch import PlaceWatch
from player.playback.position import Position, State
from player.story.text import printable
from player.tui.actions.annotating import Annotating
from player.tui.actions.configuring import Configuring
from player.tui.actions.exporting import Exporting
from player.tui.actions.growing import Growing
from player.tui.actions.navigating import Navigating
from player.tui.actions.noting import Noting
from player.tui.actions.queueing import Queueing
from player.tui.actions.reading import Reading
from player.tui.actions.sounding import Sounding
from player.tui.actions.theming import Theming
from player.tui.actions.voicing import Voicing
from player.tui.bar.chapter_ticks import Ticks
from player.tui.bar.contents import Condition, Hint, Times
from player.tui.bar.view import TransportBar
from player.tui.bar.voice_wait import VoiceWait
from player.tui.habit_watch import HabitWatch
from player.tui.listening import Listening
from player.tui.reachable import Reachable
from player.tui.transcript.pill import Pill
from player.tui.transcript.spoken_place import lasts, spoken

_BEHIND = 8
"""Quarters of a second of waiting in the middle of the story, after which the voice counts as too slow."""
_LOOK_SECONDS = 5.0
"""Longest time between two looks while playing, so that the listener's place is kept."""


class Showing(
    Navigating, Growing, Noting, Queueing, Sounding, Voicing, Reading, Annotating, Exporting, Configuring, Theming
):
    """The story's widgets, kept up with the transport."""

    bar: TransportBar
    pill: Pill
    _follows = False  # True while the transport of a story is followed
    _reachable: Reachable | None = None
    _habit_watch: HabitWatch

    def begin(self, listening: Listening) -> None:
        """See PlayingApp."""
        super().begin(listening)
        player = listening.player
        self._place = PlaceWatch(player, self._remember)
        self._stays_away = not listening.following
        self._seen: object = None  # everything the screen was last drawn from
        self._wait = VoiceWait()
        self._ticks = Ticks(player.story)

    def _remember(self, block: int, character: int, heard: float) -> None:
        self.listening.remember(block, character, heard)

    def keep_place_again(self) -> None:
        """See Growing."""
        self._place.forget()

    def grow(self) -> None:
        """See Growing."""
        if self.player.story.blocks is not self.transcript.blocks:
            super().grow()
            self._ticks = Ticks(self.player.story)

    def look_at_transport(self) -> None:
        """Show what sounds now, if it has changed. Below a dialog the story advances by sentences, because each change
        redraws everything under the dialog."""
        if not self._follows:
            return
        if notices := self.player.notices:  # those that come together in one, so that they do not cover the text
            told = [printable(notices.popleft()) for _ in range(len(notices))]
            self.notify("\n".join(told), markup=False)
        transport = self.player.transport
        self.ask_about(transport.failure)
        self.keep_chosen_voice()
        position = transport.position()
        self.grow()  # before anything shows the position, which may be in what is new
        self._place.look(position)
        if self._reachable is not None:
            self._reachable.reach.look(position)
        covered = isinstance(self.screen, ModalScreen)
        change = lasts(position, transport.speed, covered=covered)
        if change is not None:
            self._looking.within(min(change, _LOOK_SECONDS))
        self.look_ahead(position)
        moments = [part.look(position) for part in (self.sleep_timer, self.repeating, self.slowly)]
        for due in (*moments, self._habit_watch.look(self._habits())):
            if due is not None:
                self._looking.within(due)
        condition = self._condition(position)
        place: object = position
        if covered:
            playing = position.state is State.PLAYING
            place = (position.state, position.place[:2] if playing else (position.place, position.word))
        view = self.transcript.following or self.transcript.top
        seen = (place, condition, self.player.voice.id, view, self.bar.size)
        if seen != self._seen:
            self._seen = seen
            self._show(position, condition)
        if (due := self._ticks.look(position.timeline, self.bar)) is not None:  # also while nothing plays
            self._looking.within(due)

    def _habits(self) -> Habits:
        transport = self.player.transport
        following, mode = self.follows, self.transcript.mode
        looks = (self.theme, self.other_theme)
        return Habits(self.slowly.usual_speed, round(100 * transport.volume), *looks, following, mode.value)

    def _condition(self, position: Position) -> Condition:
        transport = self.player.transport
        waited, due = self._wait.look(position.state)
        if due is not None:
            self._looking.within(due)
        if waited >= _BEHIND and transport.handed:  # not at the beginning, where the voice is being loaded
            self.player.renderer.fell_behind()
        hints = (
            Hint(self.reading_hint, "reading_mode"),
            self._jump_hint(),
            Hint(self.repeating.mode.value, "repeat"),
            Hint(self.sleep_timer.left(position), "sleep"),
        )
        return Condition(
            position.state,
            transport.speed,
            transport.volume,
            self.player.silent,
            self.sleep_timer.muted,
            None if self._job is None else round(100 * self._job.share),
            waited,
            tuple(hint for hint in hints if hint.text),
            self.player.wanted_voice or "",
        )

    def _jump_hint(self) -> Hint:
        """Return the key that undoes a jump of more than a paragraph, until its place has been heard for a while."""
        if not self._place.leapt:
            return Hint("", "")
        if self.player.navigation.returned:
            return Hint(f"{self.key('jump.redo')}: forth again", "redo_jump")
        return Hint(f"{self.key('jump.undo')}: back", "undo_jump")

    def _show(self, position: Position, condition: Condition) -> None:
        end = self.player.story.chapter_end(position.place.block)
        chapter_end = None if end is None else position.timeline.start(end)
        self.bar.show(Times.of(position, speed=condition.speed, chapter_end=chapter_end), condition)
        self.bar.show_voice(self.player.voice.id)
        now = spoken(self.player, position)
        if now is not None:
            self.transcript.show(now)
            self.show_word(now)
            if self._stays_away and self.transcript.size.height:  # shown once, it stays where it is
                self._stays_away = self.transcript.following = False
            self.story_title.show(now.block if self.transcript.following else self.transcript.top[0])
            if not self.transcript.following:
                self.pill.place()
