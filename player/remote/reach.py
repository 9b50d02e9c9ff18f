"""How other programs reach a running player: commands, media keys and desktops, and texts said between."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from player.errors import PlayerError
from player.importing import importing
from player.playback.position import Position
from player.remote.controls import Interface, status

if TYPE_CHECKING:
    from player.remote.aside import Aside
    from player.remote.mpris import Mpris
    from player.remote.server import RemoteServer

_JUMP_SECONDS = 2.0
"""Seconds between where the story is and where it would be without a jump."""

LATER_SECONDS = 1.0
"""Seconds until other programs are let in: importing what they need (0.1 s) and drawing a cover would delay the first
word and the first picture."""

_SERVER = ("pickle", "multiprocessing.connection", "player.remote.server")
_DESKTOP = (
    "asyncio.base_events",
    "asyncio",
    "dbus_fast.signature",
    "dbus_fast.message",
    "dbus_fast.aio",
    "player.remote.mpris",
)
_BETWEEN = 0.05
"""Seconds between two imports: the sound device's buffer fills up again."""

_logger = logging.getLogger(__name__)


class Reach:
    """Lets other programs steer an interface, from `start` to `close`."""

    def __init__(self, interface: Interface) -> None:
        self._interface = interface
        self._begun = Event()  # set when the first story plays, or none will
        self._server: RemoteServer | None = None
        self._mpris: Mpris | None = None
        self._aside: Aside | None = None
        self._closed = False
        self._cover: Path | None = None
        self._told: object = None
        self._expected = (0.0, 0.0)  # when it looked last, and the seconds of the story then

    def start(self) -> None:
        """Let other programs in, in threads; desktops when a story plays."""
        Thread(target=self._open, name="remote-start", daemon=True).start()

    def story_plays(self) -> None:
        """Let desktops in, too: they show what plays."""
        self._begun.set()

    def look(self, position: Position) -> None:
        """Tell desktops what has changed. Cheap, so call it at every look."""
        if self._mpris is None:
            return
        player = self._interface.player
        transport = player.transport
        now, seconds = time.monotonic(), position.elapsed / position.timeline.rate
        then, before = self._expected
        moved = abs(seconds - before)
        jumped = moved > _JUMP_SECONDS + (now - then) * transport.speed or seconds < before - 0.05
        self._expected = now, seconds
        story = player.story
        told = (
            position.state,
            transport.speed,
            transport.volume,
            story.identity,
            story.section_at(position.place.block),
        )
        if told != self._told or jumped:
            self._told = told
            self._mpris.tell(status(player), jumped=jumped)

    def say(self, text: str) -> None:
        """Say a text at once, and then go on with the story. Returns at once."""
        from player.remote.aside import Aside

        if self._aside is None:
            self._aside = Aside(self._interface)
        self._aside.say(text)

    def close(self) -> None:
        """Be reachable no more. Returns at once."""
        self._closed = True
        self._begun.set()
        for part in (self._server, self._mpris, self._aside):
            if part is not None:
                part.close()
        self._drop_cover()

    # -- the thread that starts ---------------------------------------------------------------------------------

    def _open(self) -> None:
        _import_in_pieces(_SERVER)
        if not self._closed:
            from player.remote.server import RemoteServer

            self._server = RemoteServer(self._interface)
        self._begun.wait()
        if find_spec("dbus_fast") is None:
            _logger.info("without dbus-fast (extra desktop) there are no media keys")
        elif not self._closed:
            try:
                _import_in_pieces(_DESKTOP)
                from player.remote.mpris import Mpris
            except ImportError:  # a library of the system, say
                _logger.warning("there are no media keys: dbus-fast cannot be imported", exc_info=True)
            else:
                self._mpris = Mpris(self._interface, self._drawn_cover)
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
            identity = self._interface.player.story.identity
            file = folder() / f"{os.getpid()}-{identity[:16]}.jpg"  # by its name desktops know it
            file.write_bytes(self._interface.cover())
        except (OSError, PlayerError):
            _logger.info("there is no cover", exc_info=True)
            return None
        self._cover = file
        return file


def _import_in_pieces(modules: Iterable[str]) -> None:
    """Import modules while something sounds, one at a time. Raises ImportError."""
    for module in modules:
        with importing():
            import_module(module)
        time.sleep(_BETWEEN)
