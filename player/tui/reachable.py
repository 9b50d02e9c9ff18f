"""The player's app as other programs reach it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from player.playback.player import Player
from player.remote.controls import NoStory, RemoteError
from player.remote.reach import LATER_SECONDS, Reach

if TYPE_CHECKING:
    from player.tui.actions.queueing import Queueing

_T = TypeVar("_T")


class Reachable:
    """An `Interface` (player/remote/controls.py) to a running app."""

    def __init__(self, app: Queueing) -> None:
        """Be reachable from now on: what takes time is done in a thread."""
        self._app = app
        self.reach = Reach(self)
        app.set_timer(LATER_SECONDS, self.reach.start)

    @property
    def player(self) -> Player:
        """The player of the current story. Raises NoStory."""
        if not self._app.has_story:
            raise NoStory
        return self._app.player

    def ask(self, action: Callable[[], _T]) -> _T:
        """Run an action in the app's thread and return its result. Raises RuntimeError when the app has ended."""
        return self._app.call_from_thread(action)

    def next_story(self, count: int) -> None:
        """Go to the next story of the queue, or with -1 to the previous one."""
        self._check_queue()
        self.player  # noqa: B018  raises where the library is open, and no story yet
        if count > 0:
            self._app.action_next_story()
        else:
            self._app.action_previous_story()

    def add(self, source: str) -> None:
        """Add a story to the end of the queue."""
        self._check_queue()
        self._app.add_to_queue(source)

    def _check_queue(self) -> None:
        if self._app.stories is None:
            raise RemoteError("this player has no queue", "start it with listen")

    def say(self, text: str) -> None:
        """Say a text at once, and then go on with the story."""
        self.player  # noqa: B018  as above
        self.reach.say(text)

    def aside(self, text: str) -> Player:
        """Return a paused player of any text, in the voice for its language. In a thread. Raises PlayerError."""
        return self._app.listening.aside(text)

    def cover(self) -> bytes:
        """Return the story's cover, a JPEG. In a thread. Raises PlayerError."""
        return self._app.listening.cover()

    def leave(self) -> None:
        """Quit the player."""
        self._app.call_later(self._app.exit)
