"""Keeping ALSA quiet."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_ErrorHandler = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_ignore_alsa = _ErrorHandler(lambda *_: None)  # kept: ALSA calls it until the process ends


def silence_alsa() -> None:
    """Discard ALSA's error messages, which it would write over the player's screen."""
    if not sys.platform.startswith("linux"):
        return
    try:
        library: Any = ctypes.CDLL("libasound.so.2")
    except OSError:
        return  # no ALSA on this machine
    library.snd_lib_error_set_handler(_ignore_alsa)
