"""Returning freed memory to the system, where glibc would keep it."""

from __future__ import annotations

import ctypes
import sys

_MMAP_THRESHOLD, _ARENA_MAX, _TRIM_THRESHOLD = -3, -8, -1
"""Numbers of mallopt's options (malloc.h)."""

_LARGE = 64 * 1024
"""Bytes. Larger buffers get pages of their own; a sentence of sound is five times this."""


def return_what_is_freed() -> None:
    """Make all threads share one heap for small pieces, and take sound from the system directly.

    By default glibc gives each thread a heap, and raises its limit for large pieces whenever one is freed: sentences of
    sound that pass through six threads leave holes in all heaps. Ten minutes of story took 130 MB, and two hours 20
    more; this way 90. Does nothing with other C libraries. Call it before any thread starts.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_ARENA_MAX, 1)
        mallopt(_TRIM_THRESHOLD, _LARGE)
