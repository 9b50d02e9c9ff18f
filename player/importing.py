"""Imports beside sound, which neither the collecting of garbage nor long turns of a thread may interrupt."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

_TURN = 0.0005
"""Seconds of a thread's turn. Python's own 5 ms, for each step of an import, keep those that make sound waiting."""


class _Shared:
    """A state of the interpreter that lasts while any thread wants it."""

    def __init__(self, begin: Callable[[], None], end: Callable[[], None]) -> None:
        self._begin, self._end = begin, end
        self._wanted = 0
        self._lock = Lock()

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Context: the state."""
        with self._lock:
            self._wanted += 1
            if self._wanted == 1:
                self._begin()
        try:
            yield
        finally:
            with self._lock:
                self._wanted -= 1
                if not self._wanted:
                    self._end()


def _collect_new() -> None:
    gc.freeze()
    gc.enable()


_usual = sys.getswitchinterval()

uncollected = _Shared(gc.disable, _collect_new)
"""Context: the collector of garbage waits, and then leaves alone all that was made meanwhile."""

short_turns = _Shared(lambda: sys.setswitchinterval(_TURN), lambda: sys.setswitchinterval(_usual))
"""Context: threads take turns more often."""


@contextmanager
def importing() -> Iterator[None]:
    """Context: import something beside sound. Imported objects stay: to search them for cycles would hold every other
    thread up, for 50 ms after the import and again now and then."""
    with uncollected(), short_turns():
        yield
