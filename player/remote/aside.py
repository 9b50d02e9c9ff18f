"""A text said between, while the story waits."""

from __future__ import annotations

import logging
from queue import SimpleQueue
from threading import Event, Thread

from player.errors import PlayerError
from player.playback.position import State
from player.remote.controls import Interface, is_playing

_LOOK_SECONDS = 0.5
"""Longest time between two looks at a text that is being said."""

_logger = logging.getLogger(__name__)


class Aside:
    """Says one text after another. When all are said, the story goes on if it played before; when the listener plays
    it meanwhile, the rest is dropped."""

    def __init__(self, interface: Interface) -> None:
        self._interface = interface
        self._texts: SimpleQueue[str] = SimpleQueue()
        self._thread: Thread | None = None
        self._closed = Event()

    def say(self, text: str) -> None:
        """Say a text after those that wait. Returns at once."""
        self._texts.put(text)
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name="aside", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Be silent. Returns at once."""
        self._closed.set()

    def _run(self) -> None:
        ask = self._interface.ask
        story = self._interface.player
        played = ask(lambda: is_playing(story))
        if played:
            ask(story.transport.pause)
        try:
            while not self._texts.empty() and self._said(self._texts.get()):
                pass
        except PlayerError as error:
            _logger.warning("a text was not said", exc_info=True)
            self._interface.player.notices.append(f"The text is not said: {error.message}")
        if played and not self._closed.is_set() and story is self._interface.player:
            ask(story.transport.play)

    def _said(self, text: str) -> bool:
        """Say a text; return False if it was ended before."""
        changed = Event()
        player = self._interface.aside(text)
        try:
            player.watch(changed.set)
            player.transport.play()
            while player.transport.position().state is not State.ENDED and player.transport.failure is None:
                if self._closed.is_set():
                    return False
                if self._interface.ask(lambda: is_playing(self._interface.player)):
                    while not self._texts.empty():
                        self._texts.get()
                    return False
                changed.wait(_LOOK_SECONDS)
                changed.clear()
        finally:
            player.close()
        return True
