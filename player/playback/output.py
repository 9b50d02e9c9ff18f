"""Where sound goes: a device through miniaudio, or a clock without sound. Both pull; neither is ever pushed."""

from __future__ import annotations

import ctypes
import logging
import sys
import time
from collections.abc import Callable, Generator
from threading import Event, Thread
from typing import Any, Protocol

from player.errors import OutputError

_logger = logging.getLogger(__name__)

Pull = Callable[[int], bytes]
"""Called with a number of frames by the output's own thread, at the time it needs them; returns at once with
exactly that many frames of 16-bit mono PCM."""

_PERIOD_MS = 15
"""What the device asks for at a time. Shorter costs wake-ups, longer makes keys feel late."""

_PERIODS = 3
"""How many periods the device keeps: 45 ms, which Python's thread switches (5 ms) do not drain."""

_HEARD_AFTER = 1.5
"""Periods until what was handed over is heard: measured on PulseAudio (recording its monitor), where the server
fetches early and plays about 10 ms later; hardware adds a little of its own."""

_STOPPED_SECONDS = 1.0
"""Whoever has not come to pull for so long was stopped (by the shell's Ctrl-Z, say), as a device would have been."""


class Output(Protocol):
    """A place that sound goes to."""

    name: str
    """What the screen calls it."""
    latency: float
    """Seconds from a `pull` to the moment its first frame is heard."""

    def start(self, pull: Pull) -> None:
        """Begin to pull. Called once."""

    def close(self) -> None:
        """Stop pulling, and let the device go."""


class DeviceOutput:
    """The system's default sound device."""

    def __init__(self, rate: int) -> None:
        """Open it for `rate` frames per second. Raises OutputError when there is none."""
        import miniaudio  # 0.04 s

        _silence_alsa()
        backends = [b for b in miniaudio.Backend if b is not miniaudio.Backend.NULL]
        try:
            self._device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=rate,
                buffersize_msec=_PERIOD_MS,
                callback_periods=_PERIODS,
                backends=backends,
                app_name="Listen to Story",
            )
        except miniaudio.MiniaudioError as error:
            raise OutputError("no sound device can be opened", "playing silently") from error
        self.name = str(self._device.backend)
        self.latency = _PERIOD_MS * _HEARD_AFTER / 1000

    def start(self, pull: Pull) -> None:
        """See Output."""
        import miniaudio

        frames = _frames(pull)
        next(frames)
        try:
            self._device.start(frames)
        except miniaudio.MiniaudioError as error:
            raise OutputError("the sound device does not start", "playing silently") from error

    def close(self) -> None:
        """See Output."""
        self._device.close()


def _frames(pull: Pull) -> Generator[bytes, int, None]:
    """The generator that miniaudio sends the wanted number of frames to."""
    data = b""
    while True:
        wanted = yield data
        data = pull(wanted)


class SilentOutput:
    """No device: a thread pulls at the pace at which a device would."""

    name = "silent"
    latency = 0.0

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._closed = Event()
        self._thread: Thread | None = None

    def start(self, pull: Pull) -> None:
        """See Output."""
        self._thread = Thread(target=self._run, args=(pull,), name="silent-output", daemon=True)
        self._thread.start()

    def _run(self, pull: Pull) -> None:
        began, pulled = time.monotonic(), 0
        while not self._closed.wait(_PERIOD_MS / 1000):
            now = time.monotonic()
            due = int((now - began) * self._rate) - pulled
            if due > self._rate * _STOPPED_SECONDS:
                began, pulled, due = now, 0, 0
            pull(due)
            pulled += due

    def close(self) -> None:
        """See Output."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join(timeout=1)


def open_output(rate: int, notify: Callable[[str], None]) -> Output:
    """The default sound device, or silence (and a notice) when there is none."""
    try:
        return DeviceOutput(rate)
    except OutputError as error:
        _logger.warning("no sound device", exc_info=True)
        notify(f"{error.message[0].upper()}{error.message[1:]}: the story plays silently.")
        return SilentOutput(rate)


def open_silent(rate: int, notify: Callable[[str], None]) -> Output:
    """Silence because it was asked for: no device is looked for, and nothing is to be told."""
    return SilentOutput(rate)


_ErrorHandler = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_ignore_alsa = _ErrorHandler(lambda *_: None)  # kept here: ALSA calls it for as long as the process lives


def _silence_alsa() -> None:
    """ALSA writes what it could not find to the terminal, in the middle of the screen. Ask it not to."""
    if not sys.platform.startswith("linux"):
        return
    try:
        library: Any = ctypes.CDLL("libasound.so.2")
    except OSError:
        return  # no ALSA, nothing to silence
    library.snd_lib_error_set_handler(_ignore_alsa)
