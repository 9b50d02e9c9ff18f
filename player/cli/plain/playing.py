"""Playing without a screen: sentences are printed when they begin to sound; keys and other programs steer."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from player.cli.chosen_keys import chosen_keys
from player.cli.output.printing import complain, print_notices, wrapped
from player.cli.plain.keys import has_keyboard, keys_of_terminal, names_of, press
from player.notices import ToldOnce
from player.playback.going_on import Breaks, started
from player.playback.place_watch import PlaceWatch
from player.playback.player import Player
from player.playback.position import State
from player.playback.repeating import Repeating, Slowly
from player.playback.sleep_timer import SleepTimer
from player.playback.spoken_sentences import SpokenSentences
from player.remote.reach import LATER_SECONDS, Reach
from player.session import Playing, Session
from player.settings import Settings
from player.story.text import printable
from player.tui.announcement import announcement_of
from player.tui.keys.table import Key, first_shown
from player.tui.terminal.signals import obeyed

if TYPE_CHECKING:
    from player.cli.plain.queue import Queue

_LOOK_SECONDS = 0.02
"""Seconds between two looks at what sounds, keys and other programs."""

_T = TypeVar("_T")


class Begun(NamedTuple):
    """What was done of a story before all of it was read."""

    prelude: Playing | None = None
    """Has grown to the whole story; None: it has to be started again."""
    said: tuple[int, int] | None = None
    """(block, sentence) printed last."""
    place: tuple[int, int] | None = None
    """(block, character) from which to start again."""


class Plain:
    """Stories that play one after the other. An `Interface` (player/remote/controls.py) for other programs."""

    player: Player
    listening: Playing
    breaks: Breaks
    sleep_timer: SleepTimer
    repeating: Repeating
    slowly: Slowly
    sleep_minutes = 0

    def __init__(
        self, settings: Settings, later: Sequence[str] = (), *, reachable: bool = False, queue: Queue | None = None
    ) -> None:
        """`later` are sources that follow the first story, and then those of `queue`; `reachable` lets other programs
        in. Raises UsageError."""
        self.keys: tuple[Key, ...] = chosen_keys(settings)
        self.sources = ["", *later]
        """The first story, which is open already, and those that follow."""
        self.at = 0
        """Index of the story that plays."""
        self.step = 1
        """What to add to the index at the end of the story."""
        self.left = False
        """True if the listener has left."""
        self._queue = queue
        self._elsewhere = False  # another story was asked for
        self.told = ToldOnce()
        """What the listener knows already, for the next story's session."""
        self._asked: SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = SimpleQueue()
        self._ended = False
        self._reach = Reach(self) if reachable else None
        if self._reach is not None:
            self._reach.story_plays()
        self._let_in_at = time.monotonic() + LATER_SECONDS

    def play(self, session: Session, *, from_start: bool = False, begun: Begun | None = None) -> None:
        """Play one story from its place on, or as it has `begun`, until it ends or is left. Raises KeyboardInterrupt
        when a signal ends it."""
        killed = Event()
        self.step, self._elsewhere = 1, False
        begun = begun or Begun()
        with session.listen(from_start=from_start, begun=begun.prelude) as self.listening:
            player = self.listening.player
            if begun.place is not None and self.listening.resume is None:
                player.navigation.start_at(*begun.place)
            self.breaks = Breaks(player, self.listening.step_back)
            self._begin(player)
            watch = PlaceWatch(player, self.listening.remember)
            try:
                resume = self.listening.resume
                if resume and (where := started(player, resume.block, resume.character)):
                    complain(f"{session.story.title}, {where} · --from-start: beginning")
                print_notices(player.notices)
                if not self.at and has_keyboard():
                    complain(f"{self.key('help')} shows the keys, {self.key('quit')} quits")
                with keys_of_terminal() as typed, obeyed(killed.set, lambda: None):
                    if self.at and session.settings.next_story == "say":
                        self._announce(killed)
                    player.transport.play()
                    spoken = SpokenSentences(player, begun.said)
                    for sentence in spoken.until_end(lambda: self._tick(watch, typed, killed)):
                        print(wrapped(sentence, sys.stdout), flush=True)
                if player.transport.position().state is State.ENDED:
                    self.listening.describe(finished=True)
                print_notices(player.notices)
            finally:
                watch.keep(player.transport.position())
                self.told.sound_is_gone = player.silent and not session.settings.silent
        if killed.is_set():
            raise KeyboardInterrupt

    def _announce(self, killed: Event) -> None:
        """Say which story is next."""
        announcement = announcement_of(self.listening)
        if announcement is not None:
            announcement.say(self.player)
            while not (announcement.ended or killed.is_set()):
                time.sleep(_LOOK_SECONDS)
            announcement.close()

    def _begin(self, player: Player) -> None:
        """Listen to a player as to the one before: as fast, as loud, with the same timer."""
        timer = SleepTimer(player, undo=self.key("jump.undo"), previous=self.key("story.back"))
        if self.at:
            player.transport.speed = self.slowly.usual_speed
            player.transport.volume = self.player.transport.volume
            self.sleep_timer.hand_over(timer)
        self.player, self.sleep_timer = player, timer
        self.repeating, self.slowly = Repeating(player), Slowly(player)

    def close(self) -> None:
        """Let no other program in any more."""
        self._ended = True
        if self._reach is not None:
            self._reach.close()
        self._answer(refused=True)

    def key(self, id: str) -> str:
        """Return the key with an id, as shown."""
        return first_shown(self.keys, id)

    def go_on(self, count: int) -> str:
        """Go to the next story, or with -1 to the one before; return why not, or nothing."""
        if not (0 <= self.at + count < len(self.sources) or (count > 0 and self.look_further())):
            return "no other story follows" if count > 0 else "no story was played before this one"
        self.step, self._elsewhere = count, True
        return ""

    def look_further(self) -> bool:
        """Let the next story of the queue follow; return False if there is none. Raises LibraryError."""
        found = None if self._queue is None else self._queue.next()
        self.sources += [found] if found else []
        return found is not None

    def _tick(self, watch: PlaceWatch, typed: Callable[[], str], killed: Event) -> bool:
        player = self.player
        if player.transport.failure is None:  # else that error is reported
            print_notices(player.notices)
        position = player.transport.position()
        watch.look(position)
        for part in (self.sleep_timer, self.repeating, self.slowly):
            part.look(position)
        if self._reach is not None:
            self._reach.look(position)
            if self._let_in_at and time.monotonic() > self._let_in_at:
                self._let_in_at = 0.0
                self._reach.start()
        time.sleep(_LOOK_SECONDS)
        for name in names_of(typed()):
            if told := press(name, self):
                complain(told)
        self._answer()
        return not (self.left or self._elsewhere or killed.is_set())

    def _answer(self, *, refused: bool = False) -> None:
        """Do what other programs have asked for."""
        while True:
            try:
                action, answer = self._asked.get_nowait()
            except Empty:
                return
            if refused:
                answer.set_exception(RuntimeError("the player has ended"))
                continue
            try:
                answer.set_result(action())
            except Exception as error:  # noqa: BLE001 (whoever asked is told, and logs it)
                answer.set_exception(error)

    # -- as an Interface ---------------------------------------------------------------------------------------

    def ask(self, action: Callable[[], _T]) -> _T:
        """Run an action in the main thread and return its result. Raises RuntimeError when the player has ended."""
        if self._ended:
            raise RuntimeError("the player has ended")
        answer: Future[_T] = Future()
        self._asked.put((action, answer))
        return answer.result()

    def next_story(self, count: int) -> None:
        """Go to the next story, or with -1 to the one before."""
        if told := self.go_on(count):
            complain(told)

    def add(self, source: str) -> None:
        """Add a story after all others."""
        if self._queue is None:
            self.sources.append(source)
        else:
            self._queue.add(source)
        complain(f"Added: {printable(source)}")

    def say(self, text: str) -> None:
        """Say a text at once, and then go on with the story."""
        if self._reach is not None:
            self._reach.say(text)

    def aside(self, text: str) -> Player:
        """Return a paused player of any text, in the voice for its language. In a thread. Raises PlayerError."""
        return self.listening.aside(text)

    def cover(self) -> bytes:
        """Return the story's cover, a JPEG. In a thread. Raises PlayerError."""
        return self.listening.cover()

    def leave(self) -> None:
        """Quit the player."""
        self.left = True


def play_plainly(session: Session, *, from_start: bool = False) -> int:
    """Play one story without a screen."""
    Plain(session.settings).play(session, from_start=from_start)
    return 0
