"""One sound device from opening to closing, in a thread of its own: a sound server that hangs, hangs that alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Protocol

from player.errors import OutputError
from player.playback.output import Pull

_logger = logging.getLogger(__name__)


class Device(Protocol):
    """What a line opens."""

    name: str
    latency: float

    def start(self, pull: Pull) -> None:
        """Begin to pull. Raises OutputError when it does not start."""

    def close(self) -> None:
        """Stop pulling, and let the device go."""


class Line:
    """A device that is being opened, is open, or is let go. No method waits for it, except `join`."""

    def __init__(self, rate: int, open_device: Callable[[int], Device], give: Callable[[Line, int], bytes]) -> None:
        """Begin to open it. It is given what `give(line, frames)` returns, at once."""
        self.device: Device | None = None
        """Once it is open."""
        self.settled = Event()
        """Set when it is open, or has failed."""
        self.age = 0
        """Looks (see `look`) since it was made, or since it is open."""
        self.still = 0
        """Looks since it last asked for sound."""
        self.lively = 0
        """Looks that found it had asked for sound. The first does not count for much: a device that stands still asks
        for what it can hold."""
        self._rate = rate
        self._open_device = open_device
        self._give = give
        self._pulls = 0
        self._seen = 0
        self._was_open = False
        self._unwanted = Event()
        self._thread = Thread(target=self._live, name="sound-device", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """See whether it has asked for sound since the last look.

        Looks are counted, not seconds: where the whole process was stopped, or had no processor, nobody looked.
        """
        pulls, is_open = self._pulls, self.device is not None
        self.age = self.age + 1 if is_open == self._was_open else 0
        self._was_open = is_open
        if pulls == self._seen:
            self.still += 1
        else:
            self._seen, self.still = pulls, 0
            self.lively += 1

    @property
    def ended(self) -> bool:
        """True when it could not be opened, or is closed."""
        return not self._thread.is_alive()

    def let_go(self) -> None:
        """Have it closed, as soon as that can be."""
        self._unwanted.set()

    def join(self, seconds: float) -> None:
        """Wait until it is closed, but no longer."""
        self._thread.join(seconds)

    def _pull(self, frames: int) -> bytes:
        self._pulls += 1
        return self._give(self, frames)

    def _live(self) -> None:
        try:
            device = self._open_device(self._rate)
            try:
                device.start(self._pull)
                self.device = device
                _logger.info("sound goes to %s", device.name)
                self.settled.set()
                self._unwanted.wait()
            finally:
                device.close()
        except OutputError as error:
            _logger.debug("no sound device: %s", error, exc_info=True)
        except Exception:  # the thread's boundary: without a device the story plays on
            _logger.warning("the sound device failed", exc_info=True)
        finally:
            self.settled.set()
