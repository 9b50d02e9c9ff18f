"""Signals that end long work in good order."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Ctrl-C, kill, a closed terminal (Windows has no SIGHUP)."""


@contextmanager
def interrupted(cancelled: Event) -> Iterator[None]:
    """Context: set the event when a signal asks to end."""
    previous = {number: signal.signal(number, lambda *_: cancelled.set()) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
