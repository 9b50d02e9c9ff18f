"""The terminal player: one story on the screen, and the next in its place.

It gets finished objects; `Stories` opens others, in threads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult, SystemCommand
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from player.library.store import NOT_OPENED_AGAIN
from player.playback.going_on import started
from player.settings import Settings
from player.story.text import printable
from player.tui.bar.view import TransportBar
from player.tui.first_page import SHORT, TINY
from player.tui.habit_watch import HabitWatch
from player.tui.header import Title
from player.tui.keys.line import KeyLine
from player.tui.keys.table import KEYS, Key, bindings
from player.tui.listening import Listening
from player.tui.looking import Looking
from player.tui.messages import BarResized
from player.tui.reachable import Reachable
from player.tui.showing import Showing
from player.tui.transcript.pill import Pill
from player.tui.transcript.reading_modes import ReadingMode
from player.tui.transcript.right_to_left import note_for
from player.tui.transcript.view import Transcript

if TYPE_CHECKING:
    from player.stories import Stories
    from player.tui.announcement import Announcement

_LATER_SECONDS = 1.0
"""Seconds until exports in the background are looked at: the first word comes first."""

_NO_KEY = "none"
"""In place of the name of a key, for an action that has none."""


class ListenApp(Showing):
    """The player's screen."""

    CSS_PATH = "player.tcss"
    BINDINGS = bindings()
    TITLE = "Listen to Story"
    _told_of_letters = False  # True once the listener knows that this terminal may not order letters
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (TINY, "-short"), (SHORT, "-tall")]  # noqa: RUF012 (Textual's own way)

    def __init__(
        self,
        listening: Listening | None,
        *,
        theme: str,
        stories: Stories | None = None,
        keys: tuple[Key, ...] = KEYS,
        settings: Settings | None = None,
    ) -> None:
        """Without a story to listen to, the library opens first. `theme` as for `look_like`; `keys` as `keys.changed`
        returns them."""
        super().__init__()
        self.stories = stories
        self.keys = keys
        if listening is not None:
            self.begin(listening)
        self.settings = settings or Settings()
        self.look_like(theme, reduced_motion=self.settings.motion == "reduced")
        self.set_keymap({new.id: new.keys or _NO_KEY for old, new in zip(KEYS, keys, strict=True) if new != old})

    def compose(self) -> ComposeResult:
        """Yield header, transcript, transport bar and keys."""
        if self.has_story:
            yield from self._widgets()

    def _widgets(self) -> Iterator[Widget]:
        yield Title(self.player.story, is_whole=self.listening.is_whole)
        text = Transcript(self.player.story.blocks, self.player.story.notes)
        yield text
        yield Pill(text, self.key("follow"))
        yield Vertical(TransportBar(self.player.voice.id), KeyLine(self.keys), id="bottom")

    def on_mount(self) -> None:
        """Start following the transport, or open the library."""
        self._looking = Looking(self, self.look_at_transport)
        self.screen_change_signal.subscribe(self, self._show_on)
        self.app_resume_signal.subscribe(self, lambda app: app.refresh(layout=True))  # the shell had the terminal
        self.set_timer(_LATER_SECONDS, self.look_at_left_exports)
        if self.has_story:
            self._follow_story(ReadingMode.named(self.listening.reading))
        else:
            if self.stories is not None and self.stories.settings.remote == "on":
                self._reachable = Reachable(self)
            self.action_library()

    def _show_on(self, screen: Screen[object]) -> None:
        """Go on with another screen. A dialog is not covered by what the key before it did."""
        if isinstance(screen, ModalScreen):
            self.forget_answers()
        self._looking.wake()

    def _follow_story(self, mode: ReadingMode, told: str = "") -> None:
        """Start following the transport; tell `told`, and where the story goes on."""
        screen = self.screen_stack[0]
        self.transcript = screen.query_one(Transcript)
        self.bar = screen.query_one(TransportBar)
        self.key_line = screen.query_one(KeyLine)
        self.story_title = screen.query_one(Title)
        self.pill = screen.query_one(Pill)
        self.read_as(mode)
        before = replace(self._habits(), following=self.listening.following)
        self._habit_watch = HabitWatch(before, self.listening.keep_habits)
        self._follows = True
        if self._reachable is None and self.listening.reachable:
            self._reachable = Reachable(self)
        if self._reachable is not None:
            self._reachable.reach.story_plays()
        self.player.watch(self._looking.wake)
        self.watch(self.transcript, "following", self._looking.wake)
        self.watch(self.transcript, "scroll_y", self._looking.wake)  # the header shows the chapter in view
        if not self._told_of_letters and (note := note_for(self.player.story.blocks)):
            self._told_of_letters = True
            self.notify(note, markup=False)
        self.tell_where_it_goes_on(told)
        self.story_is_shown()

    def tell_where_it_goes_on(self, told: str = "") -> None:
        """See PlayingApp."""
        where, resume = "", self.listening.resume
        if resume is not None:
            where = started(self.player, resume.block, resume.character)
        if where:
            told = f"{told}{', ' if told else ''}{where} · {self.key('story.start')}: beginning"
        if told:
            self.notify(told, markup=False)

    def on_unmount(self) -> None:
        """Keep the place, and cancel an export."""
        self._looking.stop()
        self.stop_reading()
        self.end_announcement()
        if self._reachable is not None:
            self._reachable.reach.close()
        if self._job is not None:
            self._job.cancel()
        if self._follows:
            self._leave_story()

    def _leave_story(self) -> None:
        """End everything that `_follow_story` began, and keep the place."""
        self._follows = False
        self.player.watch(None)
        self._place.keep(self.player.transport.position())
        self._habit_watch.leave(self._habits())

    async def go_to(
        self,
        listening: Listening,
        *,
        back: bool = False,
        announcement: Announcement | None = None,
        same: bool = False,
    ) -> None:
        """See PlayingApp."""
        mode, told = None, ""
        if self._follows:
            mode = self.transcript.mode
            self._leave_story()
            before, timer = self.listening, self.sleep_timer
            source, speed = before.player.story.source, self.slowly.usual_speed
            before.player.transport.pause()
            listening.player.notices.extend(before.player.notices)  # those not shown yet
            listening.player.transport.speed = speed
            listening.player.transport.volume = before.player.transport.volume
            listening.player.play_on(before.player.output.device)
            if back:
                del self.played[-1:]
            elif not same and source not in NOT_OPENED_AGAIN:
                self.played.append(source)
            self.begin(listening)
            timer.hand_over(self.sleep_timer)
            self.left.append(before)
            self.leave_left()
            told = "" if same else f"{'Back to' if back else 'Next'}: {printable(self.player.story.title)}"
        else:
            self.begin(listening)
        screen = self.screen_stack[0]
        async with screen.batch():
            await screen.query_children("*").exclude(".-textual-system").remove()
            await screen.mount_all(self._widgets())
        self._follow_story(mode or ReadingMode.named(listening.reading), told)
        self.tell_library()
        if not same:
            self.play_after(announcement)
        self.wake()

    # -- keys that are about the screen ----------------------------------------------------------------------

    def pause_for_shell(self) -> None:
        """Pause while the shell has the terminal."""
        if self.has_story:
            self.player.transport.pause()

    def action_help(self) -> None:
        """Show all keys."""
        from player.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.keys))

    def on_bar_resized(self, message: BarResized) -> None:
        """Redraw the ticks for the new width."""
        self._looking.wake()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield all keys, for the command palette."""
        for key in self.keys:
            shown = f"  ({key.shown})" if key.shown else ""
            yield SystemCommand(key.title, f"{key.help}{shown}", lambda key=key: self.run_action(key.action))
