"""When the screen looks at the transport: on every change, and when the word that is shown ends. Else it sleeps."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from textual.app import App

_FRAME_SECONDS = 1 / 30
"""Shortest time between two looks."""


class Looking:
    """Calls a function of an app whenever it is time to look."""

    def __init__(self, app: App[None], look: Callable[[], None]) -> None:
        """Create it in the app's thread, while the app runs."""
        self._app = app
        self._look = look
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._last = 0.0
        self._woken = False

    def wake(self) -> None:
        """Look soon. From any thread; returns at once."""
        if not self._woken:
            self._woken = True
            with suppress(RuntimeError):  # the event loop has ended
                self._loop.call_soon_threadsafe(self.within, 0.0)

    def within(self, seconds: float) -> None:
        """Look after `seconds`, unless woken before."""
        when = max(self._loop.time() + seconds, self._last + _FRAME_SECONDS)
        if self._timer is not None:
            if self._timer.when() <= when:
                return
            self._timer.cancel()
        self._timer = self._loop.call_at(when, self._due)

    def stop(self) -> None:
        """Stop looking."""
        self._woken = True
        if self._timer is not None:
            self._timer.cancel()

    def _due(self) -> None:
        self._timer = None
        self._woken = False  # reset before looking, so that later changes cause another look
        self._last = self._loop.time()
        self._app.call_later(self._look)
