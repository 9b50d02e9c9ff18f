"""When the screen looks at the transport: when it is woken, and when what it shows runs out; it sleeps meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from textual.app import App

_FRAME_SECONDS = 1 / 30
"""Between two looks at least."""


class Looking:
    """Has an app call a function of its own, from now on."""

    def __init__(self, app: App[None], look: Callable[[], None]) -> None:
        """To be made in the app's thread, while it runs."""
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
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self.within, 0.0)

    def within(self, seconds: float) -> None:
        """Look in so many seconds, if not before."""
        when = max(self._loop.time() + seconds, self._last + _FRAME_SECONDS)
        if self._timer is not None:
            if self._timer.when() <= when:
                return
            self._timer.cancel()
        self._timer = self._loop.call_at(when, self._due)

    def stop(self) -> None:
        """Look no more."""
        self._woken = True
        if self._timer is not None:
            self._timer.cancel()

    def _due(self) -> None:
        self._timer = None
        self._woken = False  # before it looks: what changes from now on is looked at anew
        self._last = self._loop.time()
        self._app.call_later(self._look)
