"""Being asked to end from outside, by `kill` or by a terminal that goes away."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

ENDED = 130
"""The process's exit code then, as after Ctrl-C."""

_NAMES = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT")
"""Windows has only the first and the last."""
_SECONDS = 5
"""A screen that has not gone by then is stuck."""


@contextmanager
def obeyed(leave: Callable[[], None], last_resort: Callable[[], None]) -> Iterator[None]:
    """While the block runs, signals that end a program call `leave`: the place is kept, and the terminal restored.

    If that takes longer than 5 s, `last_resort` is called and the process ended at once. Both are called in the main
    thread, between any two instructions. Does nothing in other threads, which have no signals.
    """

    def told(number: int, frame: object) -> None:
        if hasattr(signal, "alarm"):
            signal.alarm(_SECONDS)
        leave()

    def too_late(number: int, frame: object) -> None:
        last_resort()
        os._exit(ENDED)

    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    # What is ignored stays so: SIGHUP below nohup.
    handlers = {number: told for number in numbers if signal.getsignal(number) is not signal.SIG_IGN}
    if hasattr(signal, "SIGALRM"):
        handlers[signal.SIGALRM] = too_late
    previous = {}
    with suppress(ValueError):  # not the main thread
        previous = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        if previous and hasattr(signal, "alarm"):
            signal.alarm(0)
        for number, handler in previous.items():
            signal.signal(number, handler)
