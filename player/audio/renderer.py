"""Fills the timeline: what is needed now first, then reading ahead; worker processes behind, the cache between.

A thread per worker takes the next utterance that is wanted and not at hand, looks for it in the store, and
has it rendered if it is not there. Nobody else reads segments from the store or asks a worker for speech.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from threading import Condition, Thread

from player.audio.cache import Store, make_key
from player.audio.segment import FORMAT, Segment, Timing
from player.audio.timeline import Timeline
from player.errors import CacheError, EngineError
from player.speech.engine import Speech
from player.speech.host import Hello, Worker
from player.utterance.model import Utterance

_logger = logging.getLogger(__name__)

AHEAD = 24
"""Utterances rendered ahead of the one needed: about two minutes of speech."""

_KEPT = 40
"""Segments kept decoded: more than AHEAD, so that reading ahead never pushes out what is about to sound."""

_GIVE_UP_AFTER = 4
"""Utterances that fail one after the other before the voice itself is taken to be broken."""

_SUFFIX = ".flac"

Where = tuple[int, int]
"""(block, utterance)"""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks: what their worker said of itself, and how to get one (more)."""

    hello: Hello
    start: Callable[[], Worker]
    first: Worker | None = None
    """One that runs already."""

    @property
    def identity(self) -> tuple[object, ...]:
        """All of the speaker that changes the sound."""
        voice = self.hello.voice
        return (FORMAT, self.hello.engine, self.hello.version, voice.name, voice.sample_rate)


class Renderer:
    """Renders one story in one voice, or in two: one more for quotations. All methods may be called from any
    thread."""

    def __init__(
        self,
        timeline: Timeline,
        narrator: Speaker,
        store: Store,
        *,
        quoting: Speaker | None = None,
        workers: int = 2,
        notify: Callable[[str], None] = lambda notice: None,
    ) -> None:
        """`quoting` says the quotations, else the narrator does; `notify` is told of what went wrong on the way.

        The timeline's rate is the narrator's; whoever speaks at another is resampled. At another speed than 1
        everything is stretched.
        """
        self.timeline = timeline
        self.store = store
        self._speakers = (narrator,) if quoting is None else (narrator, quoting)
        self._notify = notify
        self._changed = Condition()
        self._focus: Where | None = None
        self._awaited: list[Where] = []
        self._recent: OrderedDict[Where, Segment] = OrderedDict()
        self._busy: set[Where] = set()
        self._failures = 0
        self._broken: EngineError | None = None
        self._store_works = True
        self._closed = False
        self._crew = {(0, role): one.first for role, one in enumerate(self._speakers) if one.first is not None}
        self.threads = [
            Thread(target=self._serve, args=(seat,), name=f"render-{seat}", daemon=True) for seat in range(workers)
        ]
        """They end soon after `close`."""
        for thread in self.threads:
            thread.start()

    # -- asking --------------------------------------------------------------------------------------------

    @property
    def narrator(self) -> Speaker:
        """Who says all but the quotations."""
        return self._speakers[0]

    def key(self, block: int, utterance: int) -> str:
        """The key of an utterance's segment in the store: a hash of all that changes its sound."""
        said = self.timeline.utterances(block)[utterance]
        return make_key("segment", *self._speakers[self._role(said)].identity, said.language, said.spoken)

    def focus(self, block: int, utterance: int) -> None:
        """What is needed now: it and what follows are rendered next."""
        with self._changed:
            if self._focus != (block, utterance):
                self._focus = (block, utterance)
                self._changed.notify_all()

    def segment(self, block: int, utterance: int, cancelled: Callable[[], bool] = lambda: False) -> Segment | None:
        """The sound of an utterance, waiting until it is rendered; None when cancelled or closed meanwhile.

        One that cannot be said is an empty segment (and was a notice). Raises EngineError when the voice
        turns out not to work at all.
        """
        self.focus(block, utterance)
        with self._changed:
            at_hand = (block, utterance) in self._recent
        if not at_hand and (stored := self._stored((block, utterance))) is not None:
            # Read here and now: the renderer's threads may all be waiting for their workers.
            stored = self._fitted(stored)
            self._arrived((block, utterance), stored)
            return stored
        with self._changed:
            self._awaited.append((block, utterance))
            self._changed.notify_all()
            try:
                while True:
                    found = self._recent.get((block, utterance))
                    if found is not None:
                        self._recent.move_to_end((block, utterance))
                        return found
                    if self._broken is not None:
                        raise self._broken
                    if self._closed or cancelled():
                        return None
                    self._changed.wait(0.1)
            finally:
                self._awaited.remove((block, utterance))

    def recall(self, block: int, utterance: int) -> bool:
        """Tell the timeline how long an utterance in the store sounds, and when its words do, without decoding its
        sound; False when that cannot be: when it is not there, or was said at another rate."""
        data = self.store.get(self.key(block, utterance), _SUFFIX)
        try:
            timing = Timing.from_flac(data or b"")
        except ValueError:
            return False
        if timing.rate == self.timeline.rate:
            timing = timing.at_speed(self.timeline.speed)
            self.timeline.put(block, utterance, timing.samples, timing.marks, timing.estimated)
        return timing.rate == self.timeline.rate

    def wake(self) -> None:
        """Have every `segment` call look at its `cancelled` now."""
        with self._changed:
            self._changed.notify_all()

    def close(self) -> None:
        """Stop rendering at once; what was rendered is kept in the store."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            crew = list(self._crew.values())
        for worker in crew:
            worker.kill()
        for thread in self.threads:
            thread.join(timeout=5)
        self.store.close()

    # -- working (one thread per worker) -------------------------------------------------------------------

    def _serve(self, seat: int) -> None:
        try:
            self._serve_until_closed(seat)
        except Exception as error:
            _logger.error("rendering failed", exc_info=True)
            with self._changed:
                self._broken = EngineError(f"rendering failed ({type(error).__name__}: {error})")
                self._changed.notify_all()

    def _serve_until_closed(self, seat: int) -> None:
        if seat:
            self._wait_for_the_first()
        while (where := self._take()) is not None:
            segment, fresh = self._make(seat, where)
            self._arrived(where, None if segment is None else self._fitted(segment))
            if segment is not None and fresh:  # only now: nobody who waits for the sound waits for the disk
                self._keep(where, segment)

    def _fitted(self, segment: Segment) -> Segment:
        """As the timeline wants it. The store keeps what was said, so that it serves every speed and rate."""
        return segment.at_rate(self.timeline.rate).at_speed(self.timeline.speed)

    def _arrived(self, where: Where, segment: Segment | None) -> None:
        """A segment is there (or, when closed, is not going to be): the timeline and all who wait are told."""
        with self._changed:
            self._busy.discard(where)
            if segment is not None:
                self.timeline.put(*where, segment.samples, segment.marks, segment.estimated)
                self._recent[where] = segment
                self._recent.move_to_end(where)
                while len(self._recent) > _KEPT:
                    self._recent.popitem(last=False)
            self._changed.notify_all()

    def _wait_for_the_first(self) -> None:
        """The first utterance has the machine for itself: a second voice loading would delay it."""
        with self._changed:
            self._changed.wait_for(lambda: self._recent or self._closed or self._broken)

    def _take(self) -> Where | None:
        """The next utterance to make, waiting until there is one; None when closed."""
        with self._changed:
            while not (self._closed or self._broken):
                where = next((w for w in self._wanted() if w not in self._recent and w not in self._busy), None)
                if where is not None:
                    self._busy.add(where)
                    return where
                self._changed.wait()
            return None

    def _wanted(self) -> Iterator[Where]:
        """What is wanted, the most urgent first: what somebody waits for (a story may be played and exported at
        once), what comes next, where a skip would lead, what comes later."""
        yield from self._awaited
        if self._focus is None:
            return
        block, utterance = self._focus
        yield from islice(self.timeline.from_here(block, utterance), 3)
        for other in (self.timeline.next_block(block), self.timeline.previous_block(block)):
            if other is not None:
                yield other, 0
        yield from islice(self.timeline.from_here(block, utterance), 3, AHEAD)

    def _make(self, seat: int, where: Where) -> tuple[Segment | None, bool]:
        """The segment, and whether it has yet to be stored; an empty one if it cannot be said; None when closed."""
        said = self.timeline.utterances(where[0])[where[1]]
        try:
            segment = self._stored(where)
            if segment is not None:
                return segment, False
            segment = Segment.of(self._say(seat, said))
            self._failures = 0
            return segment, bool(segment.samples)
        except EngineError as error:
            _logger.warning("utterance %d of block %d cannot be said", where[1], where[0], exc_info=True)
            return None if self._closed else self._skipped(said, error), False
        except Exception as error:
            _logger.error("utterance %d of block %d cannot be made", where[1], where[0], exc_info=True)
            return self._skipped(said, EngineError(f"{type(error).__name__}: {error}")), False

    def _say(self, seat: int, said: Utterance) -> Speech:
        """Have it said; once more in a new worker if that fails. Raises EngineError if that fails too."""
        try:
            return self._worker(seat, said).render(said.spoken)
        except EngineError:
            _logger.info("once more, in a new worker", exc_info=True)
            self._dismiss(seat, said)
            return self._worker(seat, said).render(said.spoken)

    def _role(self, said: Utterance) -> int:
        """Index of who says it."""
        return int(said.quoted and len(self._speakers) > 1)

    def _worker(self, seat: int, said: Utterance) -> Worker:
        role = self._role(said)
        with self._changed:
            if self._closed:
                raise EngineError("closed")
            worker = self._crew.get((seat, role))
            if worker is None:
                worker = self._crew[seat, role] = self._speakers[role].start()
            return worker

    def _dismiss(self, seat: int, said: Utterance) -> None:
        with self._changed:
            worker = self._crew.pop((seat, self._role(said)), None)
        if worker is not None:
            worker.kill()

    def _skipped(self, said: Utterance, error: EngineError) -> Segment:
        with self._changed:
            self._failures += 1
            if self._failures >= _GIVE_UP_AFTER:
                self._broken = error
        self._notify(f"Skipped “{_short(said.spoken)}”: {error.message}")
        return Segment.of(Speech(b"", self.timeline.rate, ()))

    # -- the store -----------------------------------------------------------------------------------------

    def _stored(self, where: Where) -> Segment | None:
        data = self.store.get(self.key(*where), _SUFFIX)
        try:
            return None if data is None else Segment.from_flac(data)
        except ValueError:  # whole, but of a version that kept something else under the same key
            _logger.warning("what is in the store is no segment", exc_info=True)
            return None

    def _keep(self, where: Where, segment: Segment) -> None:
        text = self.timeline.utterances(where[0])[where[1]].spoken
        try:
            self.store.put(self.key(*where), _SUFFIX, segment.to_flac(text))
        except CacheError as error:
            _logger.warning("not kept: utterance %d of block %d", where[1], where[0], exc_info=True)
            with self._changed:
                first, self._store_works = self._store_works, False
            if first:
                self._notify(f"Rendered speech is not kept: {error.message}")


def _short(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
