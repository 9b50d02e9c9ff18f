"""Engines that ask to wait, as a server with a rate limit does: when each may be asked again, and for how long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from threading import Lock
from time import monotonic
from typing import NamedTuple

from player.errors import EngineBusy, EngineError

_LONGEST_WAIT = 600.0
"""Seconds that an engine is waited for at most between two texts that it says."""
_LEAST_WAIT = 0.1
"""Seconds until such an engine is asked again."""
_TOLD_FROM = 5.0
"""Seconds of a wait from which the listener is told."""


class _Wait(NamedTuple):
    until: float
    """Time of the monotonic clock from which the engine may be asked again."""
    seconds: float
    """Length of this wait and of those before it, since the engine worked last."""
    asked: EngineBusy

    def error(self, left: float) -> EngineError:
        """Return what a text meets that would have to wait `left` seconds: EngineError when that is given up."""
        if self.seconds > _LONGEST_WAIT:
            return EngineError(self.asked.message, self.asked.hint)
        return EngineBusy(self.asked.message, self.asked.hint, left)


class Waits:
    """The waits of one renderer's engines, by role. Methods may be called from any thread, and never wait."""

    def __init__(self, tell: Callable[[int, str], None]) -> None:
        """`tell` receives a role and what to tell the listener of it, once for each role that takes some time."""
        self._tell = tell
        self._lock = Lock()
        self._waits: dict[int, _Wait] = {}
        self._told: set[int] = set()

    @contextmanager
    def asking(self, role: int) -> Iterator[None]:
        """Context: ask a role's engine for something.

        Raises EngineBusy, with the seconds left, when the engine asks to wait, and at once while that lasts;
        EngineError when it has asked for too long.
        """
        wait = self._waits.get(role)
        if wait is not None and (left := wait.until - monotonic()) > 0:
            raise wait.error(left)
        try:
            yield
        except EngineBusy as busy:
            raise self._asked(role, busy) from busy
        with self._lock:
            self._waits.pop(role, None)

    def _asked(self, role: int, busy: EngineBusy) -> EngineError:
        """Note that a role's engine asks to wait; return the error for it."""
        now = monotonic()
        with self._lock:
            before = self._waits.get(role, _Wait(now, 0.0, busy))
            until = max(now + max(busy.seconds, _LEAST_WAIT), before.until)
            self._waits[role] = wait = _Wait(until, before.seconds + until - max(before.until, now), busy)
            error = wait.error(until - now)
            tells = busy.seconds >= _TOLD_FROM and role not in self._told and isinstance(error, EngineBusy)
            if tells:
                self._told.add(role)
        if tells:
            self._tell(role, f"is waited for, {ceil(busy.seconds)} s: {busy.message}")
        return error
