"""What is made next by which slot (a thread with a worker), what is being made, and who waits for it: one lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from threading import Condition
from time import monotonic

from player.audio.rendering.fallback import Where
from player.audio.rendering.queue import RenderQueue
from player.audio.rendering.recent_segments import RecentSegments
from player.audio.segment import Segment
from player.audio.timeline import Timeline
from player.audio.voicing.voicings import Voicings
from player.errors import EngineError


class Schedule:
    """The work of one renderer. Methods may be called from any thread."""

    def __init__(self, timeline: Timeline, voicings: Voicings, ahead: int, slow: Sequence[bool]) -> None:
        """`ahead` as for RenderQueue. `slow` has True for each role whose voice is slow: without a hurry, the slots
        beside the first make only what such voices say."""
        self._timeline = timeline
        self._voicings = voicings
        self._slow = slow
        self._changed = Condition()
        self._changes = 0
        self._queue = RenderQueue(timeline, ahead)
        self._recent = RecentSegments(ahead)
        self._busy: set[Where] = set()
        self._later: dict[Where, float] = {}
        """Utterances whose engine asks to wait, until a time of the monotonic clock."""
        self._begun = False  # some sound is at hand
        self.loads_all = False
        """True if all slots load the narrator's voice, although there is nothing to make yet."""
        self._hurries = self._holds_back = 0
        self._broken: EngineError | None = None
        self._breaks = 0
        self._halted = False
        self.closed = False
        """True once nothing is made any more."""

    # -- requests --------------------------------------------------------------------------------------------

    @property
    def focus(self) -> Where | None:
        """The utterance that is needed; None before the first is."""
        with self._changed:
            return self._queue.focus

    @focus.setter
    def focus(self, where: Where) -> None:
        with self._changed:
            if self._queue.focus != where:
                self._queue.focus = where
                self._tell()

    def __contains__(self, where: Where) -> bool:
        """Return True for an utterance that is at hand or being made."""
        with self._changed:
            return where in self._recent or where in self._busy

    def wait_for(self, where: Where, check: Callable[[], None], cancelled: Callable[[], bool]) -> Segment | None:
        """Return the segment of an utterance as soon as it is made; None when cancelled or closed meanwhile.

        Raises what `check` raises, and the error with which work stops meanwhile.
        """
        with self._changed:
            breaks, self._halted = self._breaks, False
            self._queue.awaited.append(where)
            self._tell()
            try:
                while True:
                    found = self._recent.get(where)
                    if found is not None:
                        return found
                    check()
                    if self._broken is not None and self._breaks > breaks:
                        raise self._broken
                    if self.closed or cancelled():
                        return None
                    self._changed.wait(0.1)
            finally:
                self._queue.awaited.remove(where)

    @contextmanager
    def in_a_hurry(self) -> Iterator[None]:
        """Context: use all workers, because somebody wants the whole story soon."""
        with self._changed:
            self._hurries += 1
            self._tell()
        try:
            yield
        finally:
            with self._changed:
                self._hurries -= 1

    @contextmanager
    def holding_back(self) -> Iterator[None]:
        """Context: render only what sounds in the next seconds, because another voice needs the processor."""
        with self._changed:
            self._holds_back += 1
        try:
            yield
        finally:
            with self._changed:
                self._holds_back -= 1
                self._tell()

    def wake(self) -> None:
        """Make every waiting `wait_for` call check its `cancelled`."""
        with self._changed:
            self._tell()

    def close(self) -> None:
        """Let nothing be made any more."""
        with self._changed:
            self.closed = True
            self._tell()

    # -- work ------------------------------------------------------------------------------------------------

    @property
    def changes(self) -> int:
        """How many changes there were; see `wait`."""
        with self._changed:
            return self._changes

    @property
    def hurried(self) -> bool:
        """True while in a hurry."""
        return bool(self._hurries)

    def take(self, slot: int) -> Where | None:
        """Return the most urgent utterance that a slot can make now, which then counts as being made; None if there is
        none, when closed, or after a change meanwhile."""
        with self._changed:
            seen, now = self._changes, monotonic()
            self._later = {where: until for where, until in self._later.items() if until > now}
        where = self._next(slot)  # without the lock: sentences are worked out on the way, and others wait for sound
        with self._changed:
            if where is None or self.closed or self._changes != seen:
                return None
            self._busy.add(where)
            self._changes += 1  # another slot may have chosen it as well
            return where

    def wait(self, seen: int, until: float) -> bool:
        """Wait until there is something to take, perhaps: a change after the first `seen`, or an engine that may be
        asked again. Returns False if there was none until a time of the monotonic clock."""
        with self._changed:
            if self.closed or self._changes != seen:
                return True
            end = min((until, *self._later.values()))
            return self._changed.wait(None if end == inf else max(end - monotonic(), 0.0)) or end < until

    def load_all(self) -> None:
        """Let no slot wait for the first sound, and all load the narrator's voice."""
        with self._changed:
            self.loads_all = self._begun = True
            self._tell()

    def wait_for_the_first(self) -> None:
        """Wait for the first sound at hand, or `load_all`."""
        with self._changed:
            self._changed.wait_for(lambda: self._begun or self.closed)

    def made(self, where: Where, segment: Segment) -> None:
        """Hand a segment to the timeline and to all who wait for it."""
        with self._changed:
            self._busy.discard(where)
            self._begun = True
            self._timeline.put(*where, segment.samples, segment.marks, segment.estimated)
            self._recent.put(where, segment)
            self._tell()

    def give_back(self, where: Where, later: float = 0.0) -> None:
        """Let an utterance be taken again, `later` seconds from now."""
        with self._changed:
            self._busy.discard(where)
            if later:
                self._later[where] = monotonic() + later
            self._tell()

    def stop(self, error: EngineError) -> None:
        """Take nothing any more, until the next call of `wait_for`; those who wait receive an error."""
        with self._changed:
            self._broken = error
            self._breaks += 1
            self._halted = True
            self._tell()

    def _next(self, slot: int) -> Where | None:
        """Return the most urgent utterance that a slot can make now."""
        if self._halted or (slot and not self._hurries and not any(self._slow)):
            return None
        queue = self._queue.soon() if self._holds_back and not self._hurries else self._queue
        wanted = (w for w in queue if w not in self._recent and w not in self._busy and w not in self._later)
        if slot and not self._hurries:
            wanted = (w for w in wanted if self._is_slow(w))
        return next(wanted, None)

    def _is_slow(self, where: Where) -> bool:
        """Return True for an utterance of a slow voice."""
        return self._slow[self._voicings.role(self._timeline.utterances(where[0])[where[1]].role)]

    def _tell(self) -> None:
        """Wake all who wait. The lock is held."""
        self._changes += 1
        self._changed.notify_all()
