"""Notices: problems on the way, as sentences for the listener, kept until they are shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock


class Notices(deque[str]):
    """A queue of notices. `append` from any thread; whoever shows a notice removes it."""

    on_notice: Callable[[], None] | None = None
    """Called after each `append`, in its thread. Must return at once."""

    def append(self, notice: str) -> None:
        """Add a notice and call `on_notice`."""
        super().append(notice)
        if self.on_notice is not None:
            self.on_notice()


class ToldOnce:
    """What a listener is told of once, while stories follow one another. May be used from any thread."""

    sound_is_gone = False
    """True if the listener knows that there is no sound device."""

    def __init__(self) -> None:
        self._slow_voices: set[str] = set()
        self._lock = Lock()

    def knows_slow(self, voice: str) -> bool:
        """Return True if the listener was told already that a voice (its id) is slow; count it as told from now on."""
        with self._lock:
            known = voice in self._slow_voices
            self._slow_voices.add(voice)
        return known
