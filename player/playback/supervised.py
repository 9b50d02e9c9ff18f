"""Sound that comes back: the default device for as long as it plays, and a silent clock for as long as none does.

A device that stops asking for sound has gone away, whatever it says of itself: when its server was killed, its sink
unloaded or suspended, miniaudio tells nobody. A thread looks whether it still asks, and opens devices anew until one
does. While nothing is to be heard it holds none, and sleeps.

The story goes on at the same word: its place is counted in what it gave, not by who took it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from player.playback.device import DeviceOutput
from player.playback.line import Device, Line
from player.playback.output import Idle, Output, Pull, SilentOutput, nobody, sleep_while

_logger = logging.getLogger(__name__)

_LOOK_SECONDS = 0.1

_LOST_AFTER = 6
"""Looks without being asked for sound until a device is taken for lost. Devices ask every 15 ms; a machine that is
busy makes that 200 now and then."""

_PATIENCE = 30
"""Looks that a device may take until it begins to ask: a null sink of PulseAudio that was idle takes two seconds."""

_TRUSTED_AFTER = 2
"""Looks that have to find a device asking before the silent clock makes way for it."""

_RETRY_AFTER = 5
"""Looks from one attempt at opening a device to the next, which costs 5 ms of processor."""

_IDLE_RETRY_SECONDS = 2.0
"""From one attempt to the next while nothing is to be heard."""

_REST_AFTER = 50
"""Looks without anything to be heard until the device is let go: a pause of 5 s. Opening it again takes 0.02 s."""

_HANGING_AFTER = 100
"""Looks after which opening a device is left to itself, and another attempt is made beside it."""

_MOST_HANGING = 3
"""Devices that may hang, opening or closing. Each has a thread, and they all come free when their server answers or
ends."""

_OPENING_SECONDS = 5.0
"""How long the beginning waits for a device to be opened (0.02 s where nothing hangs)."""

_CLOSING_SECONDS = 0.2
"""How long the end waits for one to be closed (0.002 s where nothing hangs)."""


class SupervisedOutput:
    """The default sound device while there is one, else a clock without sound; see Output."""

    def __init__(
        self,
        rate: int,
        notify: Callable[[str], None],
        *,
        open_device: Callable[[int], Device] = DeviceOutput,
        silent: bool = False,
    ) -> None:
        """Begin to open the device. `notify` is told, in words for the listener, when sound goes away or is back;
        `open_device` raises OutputError when there is none. With `silent` it was told that sound has gone away."""
        self.on_change: Callable[[bool], None] = nobody
        self.silent = silent
        self._rate = rate
        self._notify = notify
        self._open_device = open_device
        self._pull: Pull = _silence
        self._idle: Idle = lambda: False
        self._idle_looks = 0
        self._asleep = False
        self._awake = Event()
        self._clock: SilentOutput | None = None
        self._left: list[Line] = []
        self._closed = Event()
        self._watch = Thread(target=self._watch_until_closed, name="sound-watch", daemon=True)
        self._line = self._new_line()

    @property
    def latency(self) -> float:
        """See Output."""
        device = self._line.device
        return 0.0 if self.silent or device is None else device.latency

    def start(self, pull: Pull, idle: Idle) -> None:
        """See Output. Waits a moment for the device to be open."""
        self._pull = pull
        self._idle = idle
        if self.silent:
            self._start_clock()
        else:
            self._line.settled.wait(_OPENING_SECONDS)
            if self._line.device is None:
                self._go_silent("No sound device can be opened: the story plays silently.")
        self._watch.start()

    def wake(self) -> None:
        """See Output."""
        self._awake.set()
        if (clock := self._clock) is not None:
            clock.wake()

    def close(self) -> None:
        """See Output."""
        self._closed.set()
        self._awake.set()
        if self._watch.ident is not None:
            self._watch.join(_CLOSING_SECONDS)
        self._line.let_go()
        if self._clock is not None:
            self._clock.close()
        self._line.join(_CLOSING_SECONDS)

    def at_rate(self, rate: int) -> Output:
        """See Output."""
        other = SupervisedOutput(rate, self._notify, open_device=self._open_device, silent=self.silent)
        other.on_change = self.on_change
        return other

    # -- the threads of devices and of the clock -----------------------------------------------------------

    def _give(self, line: Line, frames: int) -> bytes:
        """The story to the one device that plays it, silence to those that are tried or were lost."""
        wanted = line is self._line and not self.silent and not self._asleep
        return self._pull(frames) if wanted else _silence(frames)

    def _give_clock(self, frames: int) -> bytes:
        return self._pull(frames) if self.silent else b""

    # -- the watching thread -------------------------------------------------------------------------------

    def _watch_until_closed(self) -> None:
        try:
            while not self._closed.wait(_LOOK_SECONDS):
                self._line.look()
                self._idle_looks = self._idle_looks + 1 if self._resting() else 0
                if self.silent:
                    self._try_to_come_back()
                elif self._idle_looks >= _REST_AFTER:
                    self._rest()
                elif self._line.ended or self._line.still >= (_LOST_AFTER if self._line.lively > 1 else _PATIENCE):
                    self._go_silent("The sound device is gone. Sound comes back by itself when there is one.")
                    self._on_to_another()
        except Exception:  # the thread's boundary
            _logger.error("the sound device is not watched any more", exc_info=True)

    def _resting(self) -> bool:
        return self._idle() and not self._closed.is_set()

    def _rest(self) -> None:
        """Hold no device until something is to be heard again."""
        self._asleep = True
        self._line.let_go()
        sleep_while(self._resting, self._awake)
        self._idle_looks = 0
        self._on_to_another()
        self._asleep = False

    def _go_silent(self, notice: str) -> None:
        _logger.info("no sound: %s", notice)
        self.silent = True
        self._start_clock()
        self._notify(notice)
        self.on_change(True)

    def _start_clock(self) -> None:
        self._clock = SilentOutput(self._rate)
        self._clock.start(self._give_clock, self._idle)

    def _try_to_come_back(self) -> None:
        line = self._line
        if line.device is not None and line.lively > _TRUSTED_AFTER:
            self._come_back()
        elif line.ended:
            if self._idle_looks:
                sleep_while(self._resting, self._awake, _IDLE_RETRY_SECONDS)
            if self._idle_looks or line.age >= _RETRY_AFTER:
                self._on_to_another()
        elif line.age >= (_HANGING_AFTER if line.device is None else _PATIENCE):
            self._on_to_another()

    def _come_back(self) -> None:
        self.silent = False
        if self._clock is not None:
            self._clock.close()
            self._clock = None
        self._notify("Sound is back.")
        self.on_change(False)

    def _on_to_another(self) -> None:
        """Leave this device, and try to open one again; unless too many hang already."""
        self._line.let_go()
        self._left = [line for line in self._left if not line.ended]
        if len(self._left) < _MOST_HANGING:
            self._left.append(self._line)
            self._line = self._new_line()

    def _new_line(self) -> Line:
        return Line(self._rate, self._open_device, self._give)


def _silence(frames: int) -> bytes:
    return bytes(frames * 2)


def open_output(rate: int, notify: Callable[[str], None]) -> Output:
    """The default sound device, for as long as there is one, and silence (and a notice) while there is none."""
    return SupervisedOutput(rate, notify)
