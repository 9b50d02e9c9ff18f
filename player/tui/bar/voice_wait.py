"""How long the voice has been waited for, in steps that the screen shows."""

from __future__ import annotations

import time
from collections.abc import Callable

from player.playback.position import State

STEP_SECONDS = 0.25
"""Seconds of one step of the moving sign."""


class VoiceWait:
    """Counts from when the story began to wait for its voice. At rest it asks for no look."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """`now` returns seconds."""
        self._now = now
        self._since: float | None = None

    def look(self, state: State) -> tuple[int, float | None]:
        """Return the steps waited so far, and the seconds until the next one; (0, None) when nothing is awaited."""
        if state is not State.WAITING:
            self._since = None
            return 0, None
        if self._since is None:
            self._since = self._now()
        waited = self._now() - self._since
        return int(waited / STEP_SECONDS), STEP_SECONDS - waited % STEP_SECONDS
