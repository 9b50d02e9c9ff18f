"""One sound device from opening to closing, in a thread of its own: a hanging sound server blocks only that thread."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from threading import Event, Thread
from typing import Protocol

from player.errors import OutputError
from player.playback.output import Pull

_logger = logging.getLogger(__name__)

PATIENCE = 30
"""Looks that a new device has before its first pull: an idle null sink of PulseAudio needs two seconds."""

TRUSTED_AFTER = 2
"""Looks that must find a new device pulling before it gets the story."""


class Device(Protocol):
    """A sound device, as its thread opens it."""

    name: str
    latency: float

    def start(self, pull: Pull) -> None:
        """Begin to pull. Raises OutputError when it does not start."""

    def close(self) -> None:
        """Stop pulling and release the device."""


class DeviceThread:
    """A device in its own thread: opening, open, or closing. Only `join` waits for it."""

    def __init__(
        self,
        rate: int,
        openers: Sequence[Callable[[int], Device]],
        give: Callable[[DeviceThread, int], bytes],
        silent_first: int = 0,
        *,
        wanted: str = "",
    ) -> None:
        """The first of the openers that raises no OutputError has the device. It will pull `give(thread, frames)`,
        which must return at once, after `silent_first` frames of silence. `wanted` is the chosen device's name."""
        self.wanted = wanted
        self.device: Device | None = None
        """The device once open, else None."""
        self.missed: OutputError | None = None
        """Why the first opener did not open it; None if it did."""
        self.settled = Event()
        """Set when the device is open, or has failed to open."""
        self.looks = 0
        """Calls of `look` since it was made, or since the device opened."""
        self.quiet_looks = 0
        """Calls of `look` since the device last pulled."""
        self.active_looks = 0
        """Calls of `look` that found a new pull. The first proves little: a stalled device, too, fills its buffer
        once."""
        self._rate = rate
        self._openers = openers
        self._give = give
        self._silent_first = silent_first
        self._pulls = 0
        self._seen = 0
        self._was_open = False
        self._begun = Event()
        self._unwanted = Event()
        self._plays_out = False
        self._thread = Thread(target=self._live, name="sound-device", daemon=True)

    def start(self) -> None:
        """Start opening the device."""
        self._thread.start()

    def begin(self) -> None:
        """Let the device pull as soon as it is open."""
        self._begun.set()

    def look(self) -> None:
        """Record whether the device has pulled since the last look.

        Looks are counted instead of seconds: while the whole process is stopped or starved, no looks are made. A device
        that is open and not to pull yet is not looked at.
        """
        if self.device is not None and not self._begun.is_set():
            return
        pulls, is_open = self._pulls, self.device is not None
        self.looks = self.looks + 1 if is_open == self._was_open else 0
        self._was_open = is_open
        if pulls == self._seen:
            self.quiet_looks += 1
        else:
            self._seen, self.quiet_looks = pulls, 0
            self.active_looks += 1

    @property
    def ended(self) -> bool:
        """True when opening failed, or the device is closed."""
        return not self._thread.is_alive()

    def let_go(self, *, play_out: bool = False) -> None:
        """Ask the thread to close the device as soon as possible; `play_out`: when what it pulled was heard."""
        self._plays_out = play_out
        self._unwanted.set()
        self._begun.set()

    def join(self, seconds: float) -> None:
        """Wait until the device is closed, for at most `seconds`."""
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def _pull(self, frames: int) -> bytes:
        self._pulls += 1
        if self._silent_first > 0:
            self._silent_first -= frames
            return bytes(2 * frames)
        return self._give(self, frames)

    def _open(self) -> Device:
        for open_device in self._openers[:-1]:
            try:
                return open_device(self._rate)
            except OutputError as error:
                self.missed = error
        return self._openers[-1](self._rate)

    def _live(self) -> None:
        try:
            device = self._open()
            try:
                self.device = device
                self.settled.set()
                self._begun.wait()
                if not self._unwanted.is_set():
                    device.start(self._pull)
                    _logger.info("sound goes to %s", device.name)
                    self._unwanted.wait()
                    if self._plays_out:
                        time.sleep(2 * device.latency)
            finally:
                device.close()
        except OutputError as error:
            _logger.debug("no sound device: %s", error, exc_info=True)
        except Exception:  # the thread's boundary: without a device the story plays on
            _logger.warning("the sound device failed", exc_info=True)
        finally:
            self.settled.set()
