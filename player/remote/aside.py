"""A text said between, while the story waits."""

from __future__ import annotations

import logging
from collections import deque
from threading import Event, Lock, Thread

from player.errors import PlayerError
from player.playback.position import State
from player.remote.controls import Narrating, is_playing

_LOOK_SECONDS = 0.5
"""Longest time between two looks at a text that is being said."""

_logger = logging.getLogger(__name__)


class Aside:
    """Says one text after another. When all are said, the story goes on if it played before; when the listener plays
    it meanwhile, the rest is dropped."""

    def __init__(self, interface: Narrating) -> None:
        self._interface = interface
        self._lock = Lock()
        self._texts: deque[str] = deque()
        self._runs = False  # True while a thread says texts, and will see those that are put
        self._closed = Event()

    def say(self, text: str) -> None:
        """Say a text after those that wait. Returns at once."""
        with self._lock:
            self._texts.append(text)
            if self._runs:
                return
            self._runs = True
        Thread(target=self._run, name="aside", daemon=True).start()

    def close(self) -> None:
        """Be silent. Returns at once."""
        self._closed.set()

    def _run(self) -> None:
        try:
            while self._goes_on():
                self._interrupt()
        except BaseException:
            with self._lock:
                self._texts.clear()
                self._runs = False
            raise

    def _goes_on(self) -> bool:
        """Return True if a text waits; else the next one needs another thread."""
        with self._lock:
            self._runs = bool(self._texts) and not self._closed.is_set()
            return self._runs

    def _next(self) -> str | None:
        with self._lock:
            return self._texts.popleft() if self._texts else None

    def _drop(self) -> None:
        with self._lock:
            self._texts.clear()

    def _interrupt(self) -> None:
        """Say all texts that wait, while the story does."""
        ask = self._interface.ask
        story = self._interface.player
        played = ask(lambda: is_playing(story))
        if played:
            ask(story.transport.pause)
        while (text := self._next()) is not None:
            try:
                if not self._said(text):
                    self._drop()
            except PlayerError as error:
                _logger.warning("a text was not said", exc_info=True)
                self._interface.player.notices.append(f"The text is not said: {error.message}")
        if played and not self._closed.is_set() and story is self._interface.player:
            ask(story.transport.play)

    def _said(self, text: str) -> bool:
        """Say a text; return False if it was ended before. Raises PlayerError."""
        changed = Event()
        player = self._interface.aside(text)
        try:
            player.watch(changed.set)
            player.transport.play()
            while player.transport.position().state is not State.ENDED:
                if player.transport.failure is not None:
                    raise player.transport.failure
                if self._closed.is_set() or self._interface.ask(lambda: is_playing(self._interface.player)):
                    return False
                changed.wait(_LOOK_SECONDS)
                changed.clear()
        finally:
            player.close()
        return True
