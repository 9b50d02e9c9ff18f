"""Imports beside sound, which neither the collecting of garbage nor long turns of a thread may interrupt, and imports
that may never be needed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any

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


@contextmanager
def postponed(name: str) -> Iterator[None]:
    """Context: a module is not imported where another one only names it, but as soon as anybody wants something of it.

    Not by importlib's LazyLoader: the next import statement would import all of it.
    """
    if name in sys.modules:
        yield
        return
    module, lock = ModuleType(name), Lock()
    package, _, inner = name.rpartition(".")

    def end() -> None:
        with lock:
            if sys.modules.get(name) is module:
                del sys.modules[name]

    def wanted(attribute: str) -> Any:
        end()
        return getattr(import_module(name), attribute)

    module.__getattr__ = wanted  # type: ignore[method-assign]
    sys.modules[name] = module
    if package:
        setattr(import_module(package), inner, module)
    try:
        yield
    finally:
        end()
