"""The system's default sound device, through miniaudio."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Generator
from functools import cache
from typing import Any

from player.audio.segment.flac import library
from player.errors import OutputError
from player.playback.output import PERIOD_MS, Pull

_PERIODS = 2
"""Periods in the device's buffer. (PulseAudio's server holds one, however many there are.)"""

_HEARD_AFTER_MS = PERIOD_MS + 7
"""Milliseconds between handing over a frame and hearing it. Measured by recording the monitor of PulseAudio, whose
server fetches a period early and plays about 7 ms later; hardware adds a little."""


class DeviceOutput:
    """The default sound device. While its sound server hangs, opening and closing block without end: do both in a
    thread that can be abandoned."""

    def __init__(self, rate: int) -> None:
        """Open the device for `rate` frames per second. Raises OutputError when there is none."""
        miniaudio = library()
        _silence_alsa()
        backends = [b for b in miniaudio.Backend if b is not miniaudio.Backend.NULL]
        try:
            self._device = _device_class()(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=rate,
                buffersize_msec=PERIOD_MS,
                callback_periods=_PERIODS,
                backends=backends,
                app_name="Listen to Story",
            )
        except miniaudio.MiniaudioError as error:
            raise OutputError("no sound device can be opened", "playing silently") from error
        self.name = str(self._device.backend)
        self.latency = _HEARD_AFTER_MS / 1000

    def start(self, pull: Pull) -> None:
        """Begin to pull. Raises OutputError when the device does not start."""
        frames = _frames(pull)
        next(frames)
        try:
            self._device.start(frames)
        except library().MiniaudioError as error:
            raise OutputError("the sound device does not start", "playing silently") from error

    def close(self) -> None:
        """Stop pulling and release the device."""
        self._device.close()


@cache
def _device_class() -> Any:
    """Return a subclass of miniaudio's device that frees what the original leaks: its context, which holds a connection
    to the sound server (5 descriptors for each device ever opened), and another when PulseAudio has no sink."""
    miniaudio: Any = library()
    from _miniaudio import ffi, lib

    class Device(miniaudio.PlaybackDevice):  # type: ignore[misc]
        _context: Any = None

        def __init__(self, **options: Any) -> None:
            try:
                super().__init__(**options)
            except miniaudio.MiniaudioError:
                self.close()
                raise

        def _make_context(self, *options: Any) -> Any:
            self._context = context = super()._make_context(*options)
            if context.backend == lib.ma_backend_pulseaudio:
                count = ffi.new("ma_uint32*")
                if lib.ma_context_get_devices(context, ffi.NULL, count, ffi.NULL, ffi.NULL) or not count[0]:
                    raise miniaudio.MiniaudioError("PulseAudio has no sink")
            return context

        def close(self) -> None:
            super().close()
            context, self._context = self._context, None
            if context is not None:
                lib.ma_context_uninit(context)

    return Device


def _frames(pull: Pull) -> Generator[bytes, int, None]:
    """Return a generator as miniaudio wants it: it is sent the number of frames and yields them."""
    data = b""
    while True:
        wanted = yield data
        data = pull(wanted)


_ErrorHandler = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_ignore_alsa = _ErrorHandler(lambda *_: None)  # kept: ALSA calls it until the process ends


def _silence_alsa() -> None:
    """Discard ALSA's error messages, which it would write over the player's screen."""
    if not sys.platform.startswith("linux"):
        return
    try:
        library: Any = ctypes.CDLL("libasound.so.2")
    except OSError:
        return  # no ALSA on this machine
    library.snd_lib_error_set_handler(_ignore_alsa)
