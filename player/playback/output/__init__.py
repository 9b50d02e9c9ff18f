"""Outputs, as the transport sees them, and the silent clock. An output pulls frames; nothing is pushed to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Protocol

Pull = Callable[[int], bytes]
"""Called by the output's own thread with a number of frames; returns exactly that many frames of 16-bit mono PCM, at
once."""

Idle = Callable[[], bool]
"""Returns True while there is nothing to play and will not be before `wake`."""

PERIOD_MS = 30
"""Frames per pull, in milliseconds. Longer makes keys feel late; with 15, half of all recordings had a gap in the first
seconds, because Python's threads wait for each other, and importing a module can take all of that."""

_SHORTEST_WAIT = 0.002
"""Seconds between pulls of a silent clock that runs faster than time."""

_STOPPED_SECONDS = 1.0
"""A gap between pulls this long means that the process was stopped (Ctrl-Z, say): the clock skips it, as a device
would."""


class Output(Protocol):
    """A destination of sound."""

    on_change: Callable[[bool], None]
    """Called in a thread of the output's own: True when sound is lost, False when it is back."""

    @property
    def device(self) -> str:
        """Name of the sound device that was chosen, or a part of it; empty for the system's default."""

    @property
    def silent(self) -> bool:
        """True while nothing can be heard because there is no device."""

    @property
    def latency(self) -> float:
        """Seconds from a pull until its first frame is heard."""

    def start(self, pull: Pull, idle: Idle) -> None:
        """Start pulling. Called once. While `idle` returns True, the output may stop pulling and release the device."""

    def wake(self) -> None:
        """Pull again after `idle`. From any thread; returns at once."""

    def begin(self) -> None:
        """Pull, if nothing was pulled yet: there is sound now. From any thread; returns at once."""

    def play_on(self, device: str) -> None:
        """Go on with another device, named like `device`, at the same frame. From any thread; returns at once."""

    def close(self) -> None:
        """Stop pulling and release the device."""

    def at_rate(self, rate: int) -> Output:
        """Return an output like this for `rate` frames per second, to be started after this is closed. It takes over
        `on_change`, and does not announce again that sound is lost."""


class SilentOutput:
    """A clock without a device. A thread pulls at a device's pace, or a multiple of it, and sleeps while idle."""

    silent = True
    device = ""
    latency = 0.0

    def __init__(self, rate: int, *, pace: float = 1.0) -> None:
        self.on_change: Callable[[bool], None] = ignore_change
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

    def begin(self) -> None:
        """See Output."""

    def play_on(self, device: str) -> None:
        """See Output. There is no device, and will be none."""

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
    """Wait until `idle` returns False, or for `at_most` seconds. `awake` is set whenever `idle` may have changed."""
    awake.clear()
    while idle() and awake.wait(at_most):
        awake.clear()  # before `idle` is asked, so that no later change is missed


def ignore_change(silent: bool) -> None:
    """Ignore that sound is lost or back."""
