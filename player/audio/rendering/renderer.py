"""Rendering of a story in worker processes: first the utterance needed now, then those that follow it.

One thread per worker takes the most urgent utterance, looks it up in the store (`segment_store`), and has it said
(`saying`) if it is missing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from math import inf
from threading import Condition, Thread
from time import monotonic
from types import MappingProxyType

from player.audio.rendering.fallback import Fallback, Where
from player.audio.rendering.queue import RenderQueue
from player.audio.rendering.recent_segments import RecentSegments
from player.audio.rendering.saying import Saying
from player.audio.rendering.segment_store import SegmentStore
from player.audio.rendering.unreadable import unreadable_in
from player.audio.segment import Segment
from player.audio.store.cache import Store
from player.audio.timeline import Timeline
from player.audio.voicing import Voicing
from player.audio.voicing.casting import ALONE, Casting
from player.audio.voicing.voicings import Voicings
from player.errors import EngineBusy, EngineError, VoiceBroken
from player.notices import ToldOnce
from player.speech.engine import Speech
from player.speech.options import Options
from player.speech.sound.loudness import TARGET
from player.utterance.model import Utterance

_logger = logging.getLogger(__name__)

AHEAD = 24
"""Utterances rendered ahead of the one needed: about two minutes of speech."""

REST_SECONDS = 60.0
"""Seconds without work until a worker is ended, which frees its memory. What was read ahead lasts two minutes."""

_KEEP_AT_END_SECONDS = 0.1
"""Seconds of encoding on leaving, at most; sound that is not stored then is rendered again the next time."""


class Renderer:
    """Renders one story in the voices of its casting. Methods may be called from any thread."""

    def __init__(
        self,
        timeline: Timeline,
        narrator: Voicing,
        store: Store,
        *,
        casting: Casting = ALONE,
        workers: int | None = None,
        ahead: int = AHEAD,
        rest_after: float = REST_SECONDS,
        keep_after: float = 0.0,
        loudness: float = TARGET,
        fallback: Callable[[], Fallback] | None = None,
        engines: Mapping[str, Options] = MappingProxyType({}),
        told: ToldOnce | None = None,
        notify: Callable[[str], None] = lambda notice: None,
    ) -> None:
        """The narrator speaks all that `casting` gives to no other voice. Other voices start when they are first
        needed; for one that does not work, the narrator speaks. `notify` receives notices of what went wrong.

        Each voice has at most `workers` processes; None takes the number from its engine's profile. All of them work
        only within `in_a_hurry`, else one does. They render `ahead` utterances beyond the one needed, and end after
        `rest_after` seconds without work. In the first `keep_after` seconds nothing is stored, unless there is a hurry.

        The timeline's rate is the narrator's; another voice is resampled to it. At a `speed` other than 1 all sound is
        stretched. All sound is brought to `loudness` in LUFS; the store has it as rendered. What a voice fails to say
        twice is said by the `fallback`, with a notice; without one it is skipped. `engines` are {engine: its options},
        for advice. `told` is what the listener knows already; renderers may share it.
        """
        self.timeline = timeline
        self._voicings = Voicings(narrator, casting.others, notify)
        self._changed = Condition()
        self._queue = RenderQueue(timeline, ahead)
        self._changes = 0
        self._recent = RecentSegments(ahead)
        self._busy: set[Where] = set()
        self._later: dict[Where, float] = {}
        """Utterances whose engine asks to wait, until a time of the monotonic clock."""
        self._taken = 0  # segments that were rendered elsewhere
        self._broken: EngineError | None = None
        self._breaks = 0
        self._halted = False
        self._closed = False
        self._keep_at_end = _KEEP_AT_END_SECONDS if keep_after else inf
        self._keep_until = inf
        self._rest_after = rest_after
        self.segments = SegmentStore(
            timeline, self._voicings, store, loudness=loudness, keep_after=keep_after, notify=notify
        )
        another = None if fallback is None else fallback()
        self._saying = Saying(timeline, self._voicings, another, notify, engines, told=told or ToldOnce())
        self.unsaid, self.replaced = self._saying.unsaid, self._saying.substitutes.replaced  # see there
        profiles = self._voicings.profiles
        self._slow = [self._saying.slow_voices.is_slow(role) for role in range(len(self._voicings))]
        self._hurries = self._holds_back = 0
        self.threads = self._started(max(one.most_workers for one in profiles) if workers is None else workers)
        """All end soon after `close`."""

    def _started(self, slots: int) -> list[Thread]:
        """Start a thread for each slot; return them."""
        made = [Thread(target=self._serve, args=(n,), name=f"render-{n}", daemon=True) for n in range(slots)]
        for thread in made:
            thread.start()
        return made

    # -- requests --------------------------------------------------------------------------------------------

    @property
    def narrator(self) -> Voicing:
        """The narrator's voice."""
        return self._voicings[0]

    @property
    def store(self) -> Store:
        """Where the segments are."""
        return self.segments.store

    def focus(self, block: int, utterance: int) -> None:
        """Render this utterance next, then those that follow it."""
        with self._changed:
            if self._queue.focus != (block, utterance):
                self._queue.focus = (block, utterance)
                self._tell()

    def segment(self, block: int, utterance: int, cancelled: Callable[[], bool] = lambda: False) -> Segment | None:
        """Return the sound of an utterance, waiting until it is rendered; None when cancelled or closed meanwhile.

        An utterance that cannot be spoken is an empty segment (see `unsaid`). Raises VoiceBroken when the voice turns
        out not to work at all, VoiceFailing when it failed many times in a row; the next call tries again.
        """
        self.focus(block, utterance)
        with self._changed:
            at_hand = (block, utterance) in self._recent or (block, utterance) in self._busy
        known = self._voicings.known(self.timeline.utterances(block)[utterance].role)  # else its start can be cancelled
        if known and not at_hand and (stored := self.segments.get((block, utterance))) is not None:
            # Read the store in this thread: the renderer's own may all be waiting for their workers.
            self._arrived((block, utterance), stored)
            return stored
        with self._changed:
            breaks, self._halted = self._breaks, False
            self._queue.awaited.append((block, utterance))
            self._tell()
            try:
                while True:
                    found = self._recent.get((block, utterance))
                    if found is not None:
                        return found
                    self._saying.substitutes.answered()
                    if self._broken is not None and self._breaks > breaks:
                        raise self._broken
                    if self._closed or cancelled():
                        return None
                    self._changed.wait(0.1)
            finally:
                self._queue.awaited.remove((block, utterance))

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

    def recall(self, block: int, utterance: int) -> bool:
        """Tell the timeline the length and word times of an utterance in the store, without decoding its sound. Returns
        False when it is not there, or was rendered at another rate."""
        try:
            timing = self.segments.timing((block, utterance))
        except EngineBusy:  # so that it is not known who speaks
            return False
        if timing is not None:
            self.timeline.put(block, utterance, timing.samples, timing.marks, timing.estimated)
        return timing is not None

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

    def take(self, block: int, utterance: int, speech: Speech) -> None:
        """Store speech of the first utterance that the narrator rendered earlier."""
        segment = Segment.of(speech)
        with self._changed:
            self._taken += 1
        self._arrived((block, utterance), self.segments.fitted((block, utterance), segment))
        self.segments.put((block, utterance), segment)

    def foreseen(self) -> dict[Where, EngineError]:
        """Return the utterances that cannot be spoken, in order, with the reason: judged by their letters, for the
        whole story. A voice that starts later is chosen by its language, and counts as able to read it."""
        return unreadable_in(self.timeline, self._voicings)

    def fell_behind(self) -> None:
        """Tell the listener, once for each voice, that a slow one was not ready in time, and which engine would be."""
        with self._changed:
            focus = self._queue.focus
        if focus is not None:
            self._saying.slow_voices.fell_behind(focus)

    def wake(self) -> None:
        """Make every waiting `segment` call check its `cancelled`."""
        with self._changed:
            self._tell()

    def close(self) -> None:
        """Stop rendering at once. The store keeps what was rendered, and stays open; of what was kept waiting, as much
        as is encoded in a moment."""
        with self._changed:
            self._closed = True
            self._keep_until = monotonic() + self._keep_at_end
            self._tell()
        self._saying.close()
        for thread in self.threads:
            thread.join(timeout=5)

    # -- work (one thread per worker) -----------------------------------------------------------------------

    def _serve(self, slot: int) -> None:
        if slot:
            self._wait_for_the_first()
        while (where := self._take(slot)) is not None:
            try:
                if not self._serve_one(slot, where):
                    return
            except EngineBusy as busy:
                self._arrived(where, None, busy.seconds)
            except Exception:
                _logger.exception("an utterance was rendered, but could not be used")
                self._break(VoiceBroken("rendered speech cannot be used"))
                self._arrived(where, None)

    def _serve_one(self, slot: int, where: Where) -> bool:
        """Fetch or render an utterance, or leave it to another slot. Returns False when this slot has no voice. Raises
        EngineBusy: the slot is free for others then."""
        stored = self.segments.get(where)
        if stored is not None:
            self._arrived(where, stored)
            return True
        role = self._role(self.timeline.utterances(where[0])[where[1]])
        if not self._saying.workers.ready(slot, role):
            self._arrived(where, None)  # given back: a slot whose voice is loaded is a second quicker
            return self._saying.workers.load(slot, role)
        segment = None
        try:
            segment = self._saying.say(slot, where)
        except VoiceBroken as error:  # those who wait are told
            self._break(error)
        engine = self._saying.substitutes.engine(where)
        self._arrived(where, None if segment is None else self.segments.fitted(where, segment, engine))
        if segment is not None and segment.samples and where not in self._saying.substitutes:
            self.segments.add(where, segment)
        return True

    def _arrived(self, where: Where, segment: Segment | None, later: float = 0.0) -> None:
        """Hand a segment to the timeline and to all who wait for it; None: the utterance is to be taken again, `later`
        seconds from now."""
        with self._changed:
            self._busy.discard(where)
            if later:
                self._later[where] = monotonic() + later
            if segment is not None:
                self.timeline.put(*where, segment.samples, segment.marks, segment.estimated)
                self._recent.put(where, segment)
            self._tell()

    def _wait_for_the_first(self) -> None:
        """Wait for the first utterance: loading a second voice at the same time would delay it."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._recent) > self._taken or self._closed)

    def _take(self, slot: int) -> Where | None:
        """Return the next utterance to make, waiting for one; None when closed. Ends the slot's workers after a long
        wait."""
        rest_at = monotonic() + self._rest_after
        while True:
            # Last, so that nobody waiting for the sound waits for the disk.
            self.segments.put_due(at_once=self._closed or bool(self._hurries), until=self._keep_until)
            with self._changed:
                seen, now = self._changes, monotonic()
                self._later = {where: until for where, until in self._later.items() if until > now}
            where = self._next(slot)  # without the lock: sentences are worked out on the way, and others wait for sound
            with self._changed:
                if self._closed:
                    return None
                if self._changes != seen:
                    continue
                if where is not None:
                    self._busy.add(where)
                    self._changes += 1  # another slot may have chosen it as well
                    return where
                end = min(rest_at, self.segments.due_at, *self._later.values())
                if self._changed.wait(None if end == inf else max(end - monotonic(), 0.0)) or end < rest_at:
                    continue
            self._saying.workers.rest(slot)
            rest_at = inf

    def _next(self, slot: int) -> Where | None:
        """Return the most urgent utterance that this slot can make now."""
        if self._halted or self._saying.substitutes.asks or (slot and not self._hurries and not any(self._slow)):
            return None
        queue = self._queue.soon() if self._holds_back and not self._hurries else self._queue
        wanted = (w for w in queue if w not in self._recent and w not in self._busy and w not in self._later)
        if slot and not self._hurries:
            wanted = (w for w in wanted if self._slow[self._role(self.timeline.utterances(w[0])[w[1]])])
        return next(wanted, None)

    def _tell(self) -> None:
        """Wake all who wait. The lock is held."""
        self._changes += 1
        self._changed.notify_all()

    def _role(self, said: Utterance) -> int:
        """Return the index of the voice that speaks it."""
        return self._voicings.role(said.role)

    def _break(self, error: EngineError) -> None:
        """Stop with an error, until the next request."""
        with self._changed:
            self._broken = error
            self._breaks += 1
            self._halted = True
            self._tell()
