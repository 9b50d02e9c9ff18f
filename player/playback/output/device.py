"""A sound device, the system's default or one with a name, through miniaudio."""

from __future__ import annotations

from collections.abc import Generator
from functools import cache
from typing import Any

from player.audio.segment.flac import library
from player.errors import OutputError
from player.playback.output import PERIOD_MS, Pull
from player.playback.output.alsa import silence_alsa
from player.playback.output.devices import backends, find, of_context

_PERIODS = 2
"""Periods in the device's buffer. (PulseAudio's server holds one, however many there are.)"""

_HEARD_AFTER_MS = PERIOD_MS + 7
"""Milliseconds between handing over a frame and hearing it. Measured by recording the monitor of PulseAudio, whose
server fetches a period early and plays about 7 ms later; hardware adds a little."""


class DeviceOutput:
    """A sound device. While its sound server hangs, opening and closing block without end: do both in a thread that can
    be abandoned."""

    def __init__(self, rate: int, wanted: str = "") -> None:
        """Open a device for `rate` frames per second: the one that `wanted` names, as `find` has it, or the default
        one. Raises OutputError when there is none."""
        miniaudio = library()
        silence_alsa()
        try:
            self._device = _device_class()(
                wanted,
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=rate,
                buffersize_msec=PERIOD_MS,
                callback_periods=_PERIODS,
                backends=backends(),
                app_name="Listen to Story",
            )
        except miniaudio.MiniaudioError as error:
            which = f"the sound device {wanted!r} cannot" if wanted else "no sound device can"
            raise OutputError(f"{which} be opened") from error
        self.name = str(self._device.backend)
        self.latency = _HEARD_AFTER_MS / 1000

    def start(self, pull: Pull) -> None:
        """Begin to pull. Raises OutputError when the device does not start."""
        frames = _frames(pull)
        next(frames)
        try:
            self._device.start(frames)
        except library().MiniaudioError as error:
            raise OutputError("the sound device does not start") from error

    def close(self) -> None:
        """Stop pulling and release the device."""
        self._device.close()


@cache
def _device_class() -> Any:
    """Return a subclass of miniaudio's device that frees what the original leaks: its context, which holds a connection
    to the sound server (5 descriptors for each device ever opened), and another when PulseAudio has no sink."""
    miniaudio: Any = library()
    from _miniaudio import lib

    class Device(miniaudio.PlaybackDevice):  # type: ignore[misc]
        _context: Any = None

        def __init__(self, wanted: str, **options: Any) -> None:
            self._wanted = wanted
            try:
                super().__init__(**options)
            except (miniaudio.MiniaudioError, OutputError):
                self.close()
                raise

        def _make_context(self, *options: Any) -> Any:
            self._context = context = super()._make_context(*options)
            is_pulse = context.backend == lib.ma_backend_pulseaudio
            there = of_context(context) if is_pulse or self._wanted else []
            if is_pulse and not there:
                raise miniaudio.MiniaudioError("PulseAudio has no sink")
            if self._wanted:
                self._id = find(there, self._wanted).id  # kept, as the configuration only points to it
                self._devconfig.playback.pDeviceID = self._id
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
