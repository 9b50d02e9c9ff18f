"""The system's sound devices: their names, and which one a name means."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from typing import Any

from player.audio.segment.flac import library
from player.background_work import in_background
from player.errors import OutputError
from player.playback.output.alsa import silence_alsa

_ANSWER_SECONDS = 5.0
"""Seconds that a sound server has to tell its devices (0.01 s unless it hangs)."""


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """A device that sound can be played on."""

    name: str
    """As the system calls it. Two devices may have the same."""
    is_default: bool
    id: Any = None
    """What miniaudio knows it by, while it is there."""


def backends() -> list[Any]:
    """Return the sound systems to try, without the one that only measures time."""
    backend = library().Backend
    return [one for one in backend if one is not backend.NULL]


def of_context(context: Any) -> list[SoundDevice]:
    """Return the devices of a miniaudio context; none if it cannot tell them."""
    from _miniaudio import ffi, lib

    infos, count = ffi.new("ma_device_info**"), ffi.new("ma_uint32*")
    if lib.ma_context_get_devices(context, infos, count, ffi.NULL, ffi.NULL):
        return []
    found = [infos[0][n] for n in range(count[0])]
    if context.backend == lib.ma_backend_alsa:
        found = [one for one in found if _is_device(bytes(ffi.buffer(ffi.addressof(one, "id"))))]
    return [
        SoundDevice(
            ffi.string(one.name).decode("utf-8", "replace"), bool(one.isDefault), ffi.new("ma_device_id*", one.id)
        )
        for one in found
    ]


def _is_device(id: bytes) -> bool:
    """Return True for what ALSA calls "hw:0,0", "front:CARD=PCH" or "default"; its plug-ins, such as "samplerate" and
    "null", are listed as well, card or none."""
    name = id.partition(b"\0")[0]
    return b":" in name or name == b"default"


def find(devices: Sequence[SoundDevice], name: str) -> SoundDevice:
    """Return the device with a name, or the only one whose name contains it, in capitals or not. Raises OutputError."""
    wanted = name.casefold()
    same = [one for one in devices if one.name.casefold() == wanted]
    if found := same or [one for one in devices if wanted in one.name.casefold()]:
        if len({one.name for one in found}) > 1:
            raise OutputError(f"several sound devices are called {name!r}: {', '.join(one.name for one in found)}")
        return found[0]
    raise OutputError(f"there is no sound device {name!r}", "listen devices lists what there is")


def sound_devices() -> list[SoundDevice]:
    """Return what can be played on now, in the system's order; none without a sound system. Raises OutputError if that
    does not answer."""
    asked = in_background(_asked, "sound-devices")  # a hanging server holds the thread for ever
    try:
        return asked.result(_ANSWER_SECONDS)
    except TookTooLong as error:
        raise OutputError("the sound system does not tell its devices") from error


def _asked() -> list[SoundDevice]:
    miniaudio = library()
    silence_alsa()
    try:
        asked: Any = miniaudio.Devices(backends())
    except miniaudio.MiniaudioError:
        return []
    return of_context(asked._context)
