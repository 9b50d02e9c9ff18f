"""Memory that is not needed any more goes back to the system, where glibc would keep it."""

from __future__ import annotations

import ctypes
import sys

_MMAP_THRESHOLD, _ARENA_MAX, _TRIM_THRESHOLD = -3, -8, -1
"""Names of mallopt (malloc.h)."""

_LARGE = 64 * 1024
"""Bytes from which a buffer has pages of its own. A sentence of sound is five times that."""


def return_what_is_freed() -> None:
    """Have every thread take small pieces from one heap, and sound from the system itself.

    glibc gives each thread a heap, and grows what it calls large with what is freed: sentences of sound that pass
    through six threads leave holes in all of them. Ten minutes of story took 130 MB, and two hours 20 more; this way
    90. Does nothing with other C libraries. To be called before there are threads.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_ARENA_MAX, 1)
        mallopt(_TRIM_THRESHOLD, _LARGE)
