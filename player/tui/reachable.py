"""The player's app as other programs reach it."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from player.errors import PlayerError
from player.playback.player import Player
from player.playback.position import Position
from player.remote.controls import RemoteError, status

if TYPE_CHECKING:
    from player.remote.aside import Aside
    from player.remote.mpris import Mpris
    from player.remote.server import RemoteServer
    from player.tui.actions.queueing import Queueing

_JUMP_SECONDS = 2.0
"""Seconds between where the story is and where it would be without a jump."""

_LATER_SECONDS = 1.0
"""Seconds until other programs are let in: importing what they need (0.1 s) and drawing a cover would delay the first
word and the first picture."""

_T = TypeVar("_T")
_logger = logging.getLogger(__name__)


class Reachable:
    """An `Interface` (player/remote/controls.py) to a running app."""

    def __init__(self, app: Queueing) -> None:
        """Be reachable from now on: what takes time is done in a thread."""
        self._app = app
        self._server: RemoteServer | None = None
        self._mpris: Mpris | None = None
        self._aside: Aside | None = None
        self._closed = False
        self._cover: Path | None = None
        self._told: object = None
        self._expected = (0.0, 0.0)  # when it looked last, and the seconds of the story then
        app.set_timer(_LATER_SECONDS, self._start)

    def look(self, position: Position) -> None:
        """Tell desktops what has changed. Cheap, so call it at every look."""
        if self._mpris is None:
            return
        transport = self.player.transport
        now, seconds = time.monotonic(), position.elapsed / position.timeline.rate
        then, before = self._expected
        moved = abs(seconds - before)
        jumped = moved > _JUMP_SECONDS + (now - then) * transport.speed or seconds < before - 0.05
        self._expected = now, seconds
        story = self.player.story
        told = (
            position.state,
            transport.speed,
            transport.volume,
            story.identity,
            story.section_at(position.place.block),
        )
        if told != self._told or jumped:
            self._told = told
            self._mpris.tell(status(self.player), jumped=jumped)

    def close(self) -> None:
        """Be reachable no more. Returns at once."""
        self._closed = True
        for part in (self._server, self._mpris, self._aside):
            if part is not None:
                part.close()
        self._drop_cover()

    # -- as an Interface ---------------------------------------------------------------------------------------

    @property
    def player(self) -> Player:
        """The player of the current story."""
        return self._app.player

    def ask(self, action: Callable[[], _T]) -> _T:
        """Run an action in the app's thread and return its result. Raises RuntimeError when the app has ended."""
        return self._app.call_from_thread(action)

    def next_story(self, count: int) -> None:
        """Go to the next story of the queue, or with -1 to the previous one."""
        self._check_queue()
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
        from player.remote.aside import Aside

        if self._aside is None:
            self._aside = Aside(self)
        self._aside.say(text)

    def aside(self, text: str) -> Player:
        """Return a paused player of any text, in the voice for its language. In a thread. Raises PlayerError."""
        return self._app.listening.aside(text)

    def leave(self) -> None:
        """Quit."""
        self._app.call_later(self._app.exit)

    def _start(self) -> None:
        Thread(target=self._open, name="remote-start", daemon=True).start()

    # -- the thread that starts ---------------------------------------------------------------------------------

    def _open(self) -> None:
        from player.remote.server import RemoteServer  # 0.02 s

        self._server = RemoteServer(self)
        try:
            from player.remote.mpris import Mpris
        except ImportError:
            _logger.info("without dbus-fast (extra desktop) there are no media keys")
        else:
            self._mpris = Mpris(self, self._drawn_cover)
        if self._closed:
            self.close()

    def _drop_cover(self) -> None:
        if self._cover is not None:
            with suppress(OSError):
                self._cover.unlink(missing_ok=True)

    def _drawn_cover(self) -> Path | None:
        """Return the cover as a file, for as long as the player runs; None when it cannot be written."""
        from player.remote.doors import folder

        try:
            self._drop_cover()
            file = folder() / f"{os.getpid()}-{self.player.story.identity[:16]}.jpg"  # by its name desktops know it
            file.write_bytes(self._app.listening.cover())
        except (OSError, PlayerError):
            _logger.info("there is no cover", exc_info=True)
            return None
        self._cover = file
        return file
