"""Returning freed memory to the system, where glibc would keep it."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_MMAP_THRESHOLD, _ARENA_MAX, _TRIM_THRESHOLD = -3, -8, -1
"""Numbers of mallopt's options (malloc.h)."""

SENTENCE = 64 * 1024
"""Bytes, a fifth of a sentence of sound: all sound gets pages of its own."""
WORKSHOP = 32 * 1024 * 1024
"""Bytes, the most that glibc takes. Covers (6 MB) and FLAC encoders (7 MB) of many stories are made in memory that was
used before; the system clears pages of their own each time, in 0.03 s a story."""


def return_what_is_freed(above: int = SENTENCE) -> None:
    """Make all threads share one heap for small pieces, and take what is larger than `above` bytes from the system
    directly. So many freed bytes at the heap's end stay with this process.

    By default glibc gives each thread a heap, and raises its limit for large pieces whenever one is freed: sentences of
    sound that pass through six threads leave holes in all heaps. Ten minutes of story took 130 MB, and two hours 20
    more; this way 90. Does nothing with other C libraries. Call it before any thread starts.
    """
    if (mallopt := _of_glibc("mallopt")) is not None:
        mallopt(_MMAP_THRESHOLD, above)
        mallopt(_ARENA_MAX, 1)
        mallopt(_TRIM_THRESHOLD, above)


def return_unused() -> None:
    """Return all freed memory, also from between what is in use. Takes a few milliseconds; does nothing with other C
    libraries."""
    if (trim := _of_glibc("malloc_trim")) is not None:
        trim(0)


def _of_glibc(name: str) -> Any:
    """Return a function of glibc; None where there is none."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None
