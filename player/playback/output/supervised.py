"""An output that survives its device: the chosen device, else the default one, else a silent clock.

A device that stops pulling is lost, whatever it reports: miniaudio is not told when the sound server was killed, or its
sink unloaded or suspended. So a thread watches the pulls, and opens devices again until one pulls. While nothing is to
be heard, no device is held and the thread sleeps.

The story continues at the same word: its place is counted in the frames given, whichever device took them. A device
that is chosen while another plays is opened beside that; then the frames go there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from player.playback.output import Idle, Output, Pull, SilentOutput, ignore_change, sleep_while
from player.playback.output.chosen import ChosenDevice
from player.playback.output.device import DeviceOutput
from player.playback.output.device_thread import PATIENCE, TRUSTED_AFTER, Device, DeviceThread

_logger = logging.getLogger(__name__)

_LOOK_SECONDS = 0.1

_LOST_AFTER = 6
"""Looks without a pull until a device counts as lost. Devices pull every 15 ms; on a busy machine that is sometimes 200
ms."""

_RETRY_AFTER = 5
"""Looks between attempts to open a device; each attempt costs 5 ms of processor time."""

_IDLE_RETRY_SECONDS = 2.0
"""Seconds between attempts while nothing is to be heard."""

_REST_AFTER = 50
"""Looks without anything to play until the device is released: a pause of 5 s. Opening it again takes 0.02 s."""

_WAKING_SECONDS = 0.2
"""Silence before the story on a device that was released: many swallow what comes while they wake up."""

_HANGING_AFTER = 100
"""Looks after which a device that is still opening is abandoned, and another attempt made beside it."""

_MOST_HANGING = 3
"""Devices that may hang in opening or closing. Each holds a thread until its server answers or ends."""

_OPENING_SECONDS = 5.0
"""Seconds that `start` waits for a device to open (0.02 s unless it hangs)."""

_CLOSING_SECONDS = 0.2
"""Seconds that `close` waits for a device to close (0.002 s unless it hangs)."""


class SupervisedOutput:
    """The chosen sound device, else the default one, else a clock without sound; see Output."""

    def __init__(
        self,
        rate: int,
        notify: Callable[[str], None],
        *,
        device: str = "",
        open_device: Callable[..., Device] = DeviceOutput,
        silent: bool = False,
        missed: str = "",
    ) -> None:
        """Start opening the device. `notify` receives a sentence for the listener when sound is lost or back.
        `open_device` is called with the rate, and `wanted=device` unless the default one is meant; it raises
        OutputError when there is none. Pass `silent` if the loss was announced already, and `missed` if it was
        announced that another device plays."""
        self.on_change: Callable[[bool], None] = ignore_change
        self.silent = silent
        self._choice = ChosenDevice(device, notify, missed)
        self._rate = rate
        self._notify = notify
        self._open_device = open_device
        self._pull: Pull = _silence
        self._idle: Idle = lambda: True
        self._idle_looks = 0
        self._asleep = False
        self._awake = Event()
        self._clock: SilentOutput | None = None
        self._left: list[DeviceThread] = []
        self._closed = Event()
        self._watch = Thread(target=self._watch_until_closed, name="sound-watch", daemon=True)
        self._thread = self._new_thread()
        self._thread.start()

    @property
    def device(self) -> str:
        """See Output."""
        return self._choice.name

    @property
    def latency(self) -> float:
        """See Output."""
        device = self._thread.device
        return 0.0 if self.silent or device is None else device.latency

    def start(self, pull: Pull, idle: Idle) -> None:
        """See Output. Waits until the device is open, for at most `_OPENING_SECONDS`."""
        self._pull = pull
        self._idle = idle
        if self.silent:
            self._start_clock()
        else:
            self._thread.settled.wait(_OPENING_SECONDS)
            if self._thread.device is None:
                self._go_silent("No sound device can be opened: the story plays silently.")
        if self.silent:  # to show that the device can
            self.begin()
        self._watch.start()

    def wake(self) -> None:
        """See Output."""
        self._awake.set()
        if (clock := self._clock) is not None:
            clock.wake()

    def begin(self) -> None:
        """See Output. What a device pulls first is heard at once, what it pulls after silence a period or two later."""
        self._thread.begin()

    def play_on(self, device: str) -> None:
        """See Output. If it is not there, a notice says so, and it is taken when it comes."""
        self._choice.change(device)

    def close(self) -> None:
        """See Output."""
        self._closed.set()
        self._awake.set()
        if self._watch.ident is not None:
            self._watch.join(_CLOSING_SECONDS)
        self._choice.leave()
        self._thread.let_go()
        if self._clock is not None:
            self._clock.close()
        self._thread.join(_CLOSING_SECONDS)

    def at_rate(self, rate: int) -> Output:
        """See Output."""
        other = SupervisedOutput(
            rate,
            self._notify,
            device=self.device,
            open_device=self._open_device,
            silent=self.silent,
            missed=self._choice.missed,
        )
        other.on_change = self.on_change
        return other

    # -- the threads of devices and of the clock -----------------------------------------------------------

    def _give(self, thread: DeviceThread, frames: int) -> bytes:
        """Return frames of the story for the current device; silence for devices on trial or given up."""
        wanted = thread is self._thread and not self.silent and not self._asleep
        return self._pull(frames) if wanted else _silence(frames)

    def _give_clock(self, frames: int) -> bytes:
        return self._pull(frames) if self.silent else b""

    # -- the watching thread -------------------------------------------------------------------------------

    def _watch_until_closed(self) -> None:
        while not self._closed.wait(_LOOK_SECONDS):
            try:
                self._look()
            except Exception:  # the thread goes on, whatever it is: without it sound that is lost never comes back
                _logger.error("the sound device could not be looked at", exc_info=True)

    def _look(self) -> None:
        self._thread.look()
        self._idle_looks = self._idle_looks + 1 if self._resting() else 0
        if self.silent:
            self._try_to_come_back()
        elif self._idle_looks >= _REST_AFTER:
            self._rest()
        elif self._thread.ended or self._thread.quiet_looks >= (
            _LOST_AFTER if self._thread.active_looks > 1 else PATIENCE
        ):
            self._go_silent("The sound device is gone. Sound comes back by itself when there is one.")
            self._try_another()
        elif (chosen := self._choice.look(self._thread, self._new_thread)) is not None:
            before, self._thread = self._thread, chosen
            before.let_go(play_out=True)

    def _resting(self) -> bool:
        return self._idle() and not self._closed.is_set()

    def _rest(self) -> None:
        """Release the device, and sleep until there is something to play."""
        self._asleep = True
        try:
            self._thread.let_go()
            sleep_while(self._resting, self._awake)
            self._idle_looks = 0
            self._try_another(silent_first=int(self._rate * _WAKING_SECONDS))
        finally:
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
        thread = self._thread
        if thread.device is not None and thread.active_looks > TRUSTED_AFTER:
            self._come_back()
        elif thread.ended:
            if self._idle_looks:
                sleep_while(self._resting, self._awake, _IDLE_RETRY_SECONDS)
            if self._idle_looks or thread.looks >= _RETRY_AFTER:
                self._try_another()
        elif thread.looks >= (_HANGING_AFTER if thread.device is None else PATIENCE):
            self._try_another()

    def _come_back(self) -> None:
        self.silent = False
        if self._clock is not None:
            self._clock.close()
            self._clock = None
        self._notify("Sound is back.")
        self.on_change(False)

    def _try_another(self, silent_first: int = 0) -> None:
        """Give this device up and try to open another, unless too many hang already. It has so many frames of silence
        first."""
        self._thread.let_go()
        self._left = [thread for thread in self._left if not thread.ended]
        if len(self._left) < _MOST_HANGING:
            self._left.append(self._thread)
            self._thread = self._new_thread(silent_first)
            self._thread.begin()
            self._thread.start()

    def _new_thread(self, silent_first: int = 0, or_default: bool = True) -> DeviceThread:
        openers = self._choice.openers(self._open_device, or_default=or_default)
        return DeviceThread(self._rate, openers, self._give, silent_first, wanted=self.device)


def _silence(frames: int) -> bytes:
    return bytes(frames * 2)
