"""Where sound goes, as the transport sees it; and the clock without sound. Outputs pull, they are never pushed."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Protocol

Pull = Callable[[int], bytes]
"""Called with a number of frames by the output's own thread, at the time it needs them; returns at once with
exactly that many frames of 16-bit mono PCM."""

Idle = Callable[[], bool]
"""True while there is nothing to be heard, and will not be until the output is woken."""

PERIOD_MS = 15
"""What is asked for at a time. Shorter costs wake-ups, longer makes keys feel late."""

_SHORTEST_WAIT = 0.002
"""Seconds between two pulls of a silent clock that is made to run fast."""

_STOPPED_SECONDS = 1.0
"""Whoever has not come to pull for so long was stopped (by the shell's Ctrl-Z, say), as a device would have been."""


class Output(Protocol):
    """A place that sound goes to."""

    on_change: Callable[[bool], None]
    """Told, in a thread of the output's own, that sound has gone away (True) or is back (False)."""

    @property
    def silent(self) -> bool:
        """True while the story sounds nowhere."""

    @property
    def latency(self) -> float:
        """Seconds from a `pull` to the moment its first frame is heard."""

    def start(self, pull: Pull, idle: Idle) -> None:
        """Begin to pull. Called once. While `idle` says so, it may stop pulling, and let the device go."""

    def wake(self) -> None:
        """Pull again: `idle` says no any more. From any thread; returns at once."""

    def close(self) -> None:
        """Stop pulling, and let the device go."""

    def at_rate(self, rate: int) -> Output:
        """One like this for `rate` frames per second, to be started once this is closed: `on_change` is told by it
        from then on, and nobody is told anew that there is no sound."""


class SilentOutput:
    """No device: a thread pulls at the pace at which a device would, or at so many times that, and sleeps when idle."""

    silent = True
    latency = 0.0

    def __init__(self, rate: int, *, pace: float = 1.0) -> None:
        self.on_change: Callable[[bool], None] = nobody
        self._rate = rate * pace
        self._pace = pace
        self._wait = max(PERIOD_MS / 1000 / pace, _SHORTEST_WAIT)
        self._closed = Event()
        self._awake = Event()
        self._thread: Thread | None = None

    def start(self, pull: Pull, idle: Idle) -> None:
        """See Output."""
        self._thread = Thread(target=self._run, args=(pull, idle), name="silent-output", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """See Output."""
        self._awake.set()

    def _run(self, pull: Pull, idle: Idle) -> None:
        def resting() -> bool:
            return idle() and not self._closed.is_set()

        began, pulled = time.monotonic(), 0
        while not self._closed.wait(self._wait):
            if resting():
                sleep_while(resting, self._awake)
                began, pulled = time.monotonic(), 0
            now = time.monotonic()
            due = int((now - began) * self._rate) - pulled
            if due > self._rate * _STOPPED_SECONDS:
                began, pulled, due = now, 0, 0
            pull(due)
            pulled += due

    def close(self) -> None:
        """See Output."""
        self._closed.set()
        self._awake.set()
        if self._thread is not None:
            self._thread.join(timeout=1)

    def at_rate(self, rate: int) -> Output:
        """See Output."""
        return SilentOutput(rate, pace=self._pace)


def sleep_while(idle: Idle, awake: Event, at_most: float | None = None) -> None:
    """Wait until `idle` has become false, of which `awake` tells, or for so many seconds."""
    awake.clear()
    while idle() and awake.wait(at_most):
        awake.clear()  # before `idle` is asked: what is told from now on is not missed


def nobody(silent: bool) -> None:
    """Nobody wants to be told."""


def open_silent(rate: int, notify: Callable[[str], None]) -> Output:
    """Silence because it was asked for: no device is looked for, and nothing is to be told."""
    return SilentOutput(rate)
