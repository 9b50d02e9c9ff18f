"""Signals that end the player: `kill`, or a terminal that is closed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

ENDED = 130
"""Exit code after a signal, the same as after Ctrl-C."""

_NAMES = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT")
"""Windows has only the first and the last."""
_SECONDS = 5
"""Seconds until a screen that has not closed counts as stuck."""


@contextmanager
def obeyed(leave: Callable[[], None], last_resort: Callable[[], None]) -> Iterator[None]:
    """Context: signals that end a program call `leave`, so that the place is kept and the terminal restored.

    If that takes longer than 5 s, `last_resort` is called and the process ends at once. Both are called in the main
    thread, between any two instructions. Does nothing in other threads, which get no signals.
    """

    def told(number: int, frame: object) -> None:
        if hasattr(signal, "alarm"):
            signal.alarm(_SECONDS)
        leave()

    def too_late(number: int, frame: object) -> None:
        last_resort()
        os._exit(ENDED)

    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    # Ignored signals stay ignored: SIGHUP under nohup.
    handlers = {number: told for number in numbers if signal.getsignal(number) is not signal.SIG_IGN}
    if hasattr(signal, "SIGALRM"):
        handlers[signal.SIGALRM] = too_late
    previous = {}
    with suppress(ValueError):  # not in the main thread
        previous = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        if previous and hasattr(signal, "alarm"):
            signal.alarm(0)
        for number, handler in previous.items():
            signal.signal(number, handler)
