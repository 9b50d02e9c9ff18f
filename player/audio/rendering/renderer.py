"""Rendering of a story in worker processes: first the utterance needed now, then those that follow it.

One thread per worker takes the most urgent utterance (`schedule`), looks it up in the store (`segment_store`), and has
it said (`saying`) if it is missing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from math import inf
from threading import Thread
from time import monotonic
from types import MappingProxyType

from player.audio.rendering.fallback import Fallback, Where
from player.audio.rendering.saying import Saying
from player.audio.rendering.schedule import Schedule
from player.audio.rendering.segment_store import SegmentStore
from player.audio.rendering.slow_voices import SlowVoices
from player.audio.rendering.unreadable import unreadable_in
from player.audio.segment import Segment
from player.audio.store.cache import Store
from player.audio.timeline import Timeline
from player.audio.voicing import Voicing
from player.audio.voicing.casting import ALONE, Casting
from player.audio.voicing.voicings import Voicings
from player.errors import EngineBusy, EngineError, VoiceBroken
from player.notices import ToldOnce
from player.speech.options import Options
from player.speech.sound.loudness import TARGET

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
        self._keep_at_end = _KEEP_AT_END_SECONDS if keep_after else inf
        self._keep_until = inf
        self._rest_after = rest_after
        self.segments = SegmentStore(
            timeline, self._voicings, store, loudness=loudness, keep_after=keep_after, notify=notify
        )
        another = None if fallback is None else fallback()
        self._slow_voices = SlowVoices(timeline, self._voicings, notify, engines, told or ToldOnce())
        self._saying = Saying(timeline, self._voicings, another, notify, self._slow_voices)
        self.unsaid, self.replaced = self._saying.unsaid, self._saying.substitutes.replaced  # see there
        slow = [self._slow_voices.is_slow(role) for role in range(len(self._voicings))]
        self._schedule = Schedule(timeline, self._voicings, ahead, slow)
        self.in_a_hurry, self.holding_back = self._schedule.in_a_hurry, self._schedule.holding_back  # see there
        most = max(one.most_workers for one in self._voicings.profiles)
        self.threads = self._started(most if workers is None else workers)
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
        self._schedule.focus = (block, utterance)

    def load_all(self) -> None:
        """Let all workers load the narrator's voice, although nothing is to be made yet. Raises EngineError when
        closed."""
        self._saying.workers.start(0, 0)  # else another slot would take the worker that runs, and this one wait
        self._schedule.load_all()

    def segment(self, block: int, utterance: int, cancelled: Callable[[], bool] = lambda: False) -> Segment | None:
        """Return the sound of an utterance, waiting until it is rendered; None when cancelled or closed meanwhile.

        An utterance that cannot be spoken is an empty segment (see `unsaid`). Raises VoiceBroken when the voice turns
        out not to work at all, VoiceFailing when it failed many times in a row; the next call tries again.
        """
        where = block, utterance
        self.focus(block, utterance)
        at_hand = where in self._schedule
        known = self._voicings.known(self.timeline.utterances(block)[utterance].role)  # else its start can be cancelled
        if known and not at_hand and (stored := self.segments.get(where)) is not None:
            # Read the store in this thread: the renderer's own may all be waiting for their workers.
            self._schedule.made(where, stored)
            return stored
        return self._schedule.wait_for(where, self._saying.substitutes.answered, cancelled)

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

    def foreseen(self) -> dict[Where, EngineError]:
        """Return the utterances that cannot be spoken, in order, with the reason: judged by their letters, for the
        whole story. A voice that starts later is chosen by its language, and counts as able to read it."""
        return unreadable_in(self.timeline, self._voicings)

    def fell_behind(self) -> None:
        """Tell the listener, once for each voice, that a slow one was not ready in time, and which engine would be."""
        if (focus := self._schedule.focus) is not None:
            self._slow_voices.fell_behind(focus)

    def wake(self) -> None:
        """Make every waiting `segment` call check its `cancelled`."""
        self._schedule.wake()

    def close(self) -> None:
        """Stop rendering at once. The store keeps what was rendered, and stays open; of what was kept waiting, as much
        as is encoded in a moment."""
        self._keep_until = monotonic() + self._keep_at_end
        self._schedule.close()
        self._saying.close()
        for thread in self.threads:
            thread.join(timeout=5)

    # -- work (one thread per worker) -----------------------------------------------------------------------

    def _serve(self, slot: int) -> None:
        serves = True
        if slot:
            self._schedule.wait_for_the_first()  # loading a second voice at the same time would delay it
            serves = not self._schedule.loads_all or self._loads(slot)
        while serves:
            where = None
            try:
                where = self._take(slot)
                serves = where is not None and self._serve_one(slot, where)
            except EngineBusy as busy:
                self._given_back(where, busy.seconds)
            except Exception:  # the thread goes on, whatever it is: without it nothing would be heard any more
                _logger.exception("an utterance could not be worked out, or its rendered speech not be used")
                self._schedule.stop(VoiceBroken("rendered speech cannot be used"))
                self._given_back(where)

    def _loads(self, slot: int) -> bool:
        """Load the narrator's voice. Returns False when it cannot be loaded twice, or is closed meanwhile."""
        try:
            return self._saying.workers.load(slot, 0)
        except EngineBusy:  # it is loaded when there is something to say
            return True

    def _given_back(self, where: Where | None, later: float = 0.0) -> None:
        """Let what was taken, if anything was, be taken again."""
        if where is not None:
            self._schedule.give_back(where, later)

    def _serve_one(self, slot: int, where: Where) -> bool:
        """Fetch or render an utterance, or leave it to another slot. Returns False when this slot has no voice. Raises
        EngineBusy: the slot is free for others then."""
        stored = self.segments.get(where)
        if stored is not None:
            self._schedule.made(where, stored)
            return True
        role = self._voicings.role(self.timeline.utterances(where[0])[where[1]].role)
        if not self._saying.workers.ready(slot, role):
            self._schedule.give_back(where)  # a slot whose voice is loaded is a second quicker
            return self._saying.workers.load(slot, role)
        segment = None
        try:
            segment = self._saying.say(slot, where)
        except VoiceBroken as error:  # those who wait are told
            self._schedule.stop(error)
        if segment is None:
            self._schedule.give_back(where)
            return True
        engine = self._saying.substitutes.engine(where)
        self._schedule.made(where, self.segments.fitted(where, segment, engine))
        if segment.samples and where not in self._saying.substitutes:
            self.segments.add(where, segment)
        return True

    def _take(self, slot: int) -> Where | None:
        """Return the next utterance to make, waiting for one; None when closed. Ends the slot's workers after a long
        wait."""
        rest_at = monotonic() + self._rest_after
        while True:
            # Last, so that nobody waiting for the sound waits for the disk.
            self.segments.put_due(at_once=self._schedule.closed or self._schedule.hurried, until=self._keep_until)
            seen = self._schedule.changes
            where = None if self._saying.substitutes.asks else self._schedule.take(slot)
            if where is not None or self._schedule.closed:
                return where
            if not self._schedule.wait(seen, min(rest_at, self.segments.due_at)) and monotonic() >= rest_at:
                self._saying.workers.rest(slot)
                rest_at = inf
