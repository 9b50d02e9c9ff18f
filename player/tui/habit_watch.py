"""How the listener listens, kept soon after each change: a player that is killed loses nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread

from player.library.habits import Habits

_SETTLED_SECONDS = 2.0
"""Seconds without another change: who holds a key down makes many."""


class HabitWatch:
    """Keep changed habits, in a thread."""

    def __init__(
        self, before: Habits, keep: Callable[[Habits], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`before` counts as kept; `keep` may wait for the disk; `clock` returns seconds."""
        self._kept = self._seen = before
        self._keep = keep
        self._clock = clock
        self._changed_at = 0.0
        self._thread: Thread | None = None

    def look(self, habits: Habits) -> float | None:
        """Keep habits that have settled. Return the seconds until it wants to look again, or None."""
        now = self._clock()
        if habits != self._seen:
            self._seen, self._changed_at = habits, now
        if habits == self._kept:
            return None
        if (wait := self._changed_at + _SETTLED_SECONDS - now) > 0:
            return wait
        if self._thread is not None and self._thread.is_alive():  # a slow disk
            return _SETTLED_SECONDS
        self._thread = Thread(target=self._keep, args=(self._taken(habits),), name="keep-habits")
        self._thread.start()
        return None

    def leave(self, habits: Habits) -> None:
        """Keep habits that are not kept yet, and wait for that."""
        if self._thread is not None:
            self._thread.join()
        if (changed := self._taken(habits)).known:
            self._keep(changed)

    def _taken(self, habits: Habits) -> Habits:
        """Return the changes that are not kept yet; from now on they count as kept."""
        changed = habits.since(self._kept)
        self._kept = habits
        return changed
