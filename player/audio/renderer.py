"""Rendering of a story: what is needed now first, then ahead of it; worker processes speak, the cache keeps.

One thread per worker takes the most urgent utterance, looks it up in the store, and has it rendered if it is missing.
Only this module reads segments from the store or asks workers for speech.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from math import inf
from threading import Condition, Thread
from time import monotonic

from player.audio.cache import Store, make_key
from player.audio.casting import ALONE, Casting
from player.audio.fallback import Fallback, Substitutes, Where, short
from player.audio.reading import unreadable, unreadable_in
from player.audio.recent_segments import RecentSegments
from player.audio.segment import Segment, Timing
from player.audio.timeline import Timeline
from player.audio.unkept import Unkept
from player.audio.voicing import Voicing
from player.audio.voicings import Voicings
from player.audio.wanted import Wanted
from player.audio.workers import Workers
from player.errors import CacheError, EngineError, Unspeakable, VoiceBroken
from player.speech.engine import Speech
from player.speech.loudness import TARGET
from player.speech.registry import profile, quicker
from player.speech.words import every_word
from player.utterance.model import Utterance
from player.utterance.recorded import recording
from player.utterance.recorded import said as words_of

_logger = logging.getLogger(__name__)

AHEAD = 24
"""Utterances rendered ahead of the one needed: about two minutes of speech."""

REST_SECONDS = 60.0
"""Seconds without work until a worker is ended, which frees its memory. What was read ahead lasts two minutes."""

_SLOW = 8.0
"""Seconds of speech rendered per second. Slower voices read ahead with all their workers: the listener may play at
triple speed, and skip."""

_TOO_SLOW = "too slow"
"""Stands for the notice about it among those that were given."""

_SUFFIX = ".flac"


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
        notify: Callable[[str], None] = lambda notice: None,
    ) -> None:
        """The narrator speaks what `casting` gives to no other voice; these start when they are first needed, and the
        narrator takes over for one that does not work. `notify` receives notices of what went wrong.

        Each voice has at most `workers` processes; None takes the number from its engine's profile. All of them work
        only within `in_a_hurry`, else one does. They render `ahead` utterances beyond the one needed, and end after
        `rest_after` seconds without work. In the first `keep_after` seconds nothing is stored, unless there is a hurry.

        The timeline's rate is the narrator's; another voice is resampled to it. At a `speed` other than 1 all sound is
        stretched. All sound is brought to `loudness` in LUFS; the store has it as rendered. What a voice fails to say
        twice is said by the `fallback`, with a notice; without one it is skipped.
        """
        self.timeline = timeline
        self.store = store
        self._voicings = Voicings(narrator, casting.others, notify)
        self._notify = notify
        self._changed = Condition()
        self._wanted = Wanted(timeline, ahead)
        self._changes = 0
        self._recent = RecentSegments(ahead)
        self._busy: set[Where] = set()
        self._taken = 0  # segments that were rendered elsewhere
        self._unsaid: dict[Where, EngineError] = {}
        self._substitutes = Substitutes(fallback() if fallback is not None else None, notify)
        self.replaced = self._substitutes.replaced  # see there
        self._told: set[str] = set()
        self._broken: EngineError | None = None
        self._breaks = 0
        self._halted = False
        self._store_works = True
        self._closed = False
        self._rest_after = rest_after
        self._unkept = Unkept(keep_after)
        profiles = self._voicings.profiles
        self.levels: tuple[float, *tuple[float | None, ...]] = (loudness, *(one.loudness for one in profiles))
        """LUFS: to which all sound is brought, and usual of each voice. They change the sound, not what is stored."""
        self._slow = [one.speed < _SLOW for one in profiles]
        self._hurries = 0
        self._workers = Workers(self._voicings)
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
        """The voice of all that no other voice says."""
        return self._voicings[0]

    def key(self, block: int, utterance: int) -> str:
        """Return the key of an utterance's segment in the store: a hash of all that changes its sound."""
        said = self.timeline.utterances(block)[utterance]
        return make_key("segment", *self._voicings[self._role(said)].identity, said.language, said.spoken)

    def focus(self, block: int, utterance: int) -> None:
        """Render this utterance next, then those that follow it."""
        with self._changed:
            if self._wanted.focus != (block, utterance):
                self._wanted.focus = (block, utterance)
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
        if known and not at_hand and (stored := self._stored((block, utterance))) is not None:
            # Read the store in this thread: the renderer's own may all be waiting for their workers.
            stored = self._fitted((block, utterance), stored)
            self._arrived((block, utterance), stored)
            return stored
        with self._changed:
            breaks, self._halted = self._breaks, False
            self._wanted.awaited.append((block, utterance))
            self._tell()
            try:
                while True:
                    found = self._recent.get((block, utterance))
                    if found is not None:
                        return found
                    self._substitutes.answered()
                    if self._broken is not None and self._breaks > breaks:
                        raise self._broken
                    if self._closed or cancelled():
                        return None
                    self._changed.wait(0.1)
            finally:
                self._wanted.awaited.remove((block, utterance))

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
        data = self.store.get(self.key(block, utterance), _SUFFIX)
        try:
            timing = Timing.from_flac(data or b"")
        except ValueError:
            return False
        if timing.rate == self.timeline.rate:
            timing = timing.at_speed(self.timeline.speed)
            self.timeline.put(block, utterance, timing.samples, timing.marks, timing.estimated)
        return timing.rate == self.timeline.rate

    def take(self, block: int, utterance: int, speech: Speech) -> None:
        """Use what the narrator has already said for the first utterance."""
        segment = Segment.of(speech)
        with self._changed:
            self._taken += 1
        self._arrived((block, utterance), self._fitted((block, utterance), segment))
        self._keep((block, utterance), segment)

    def foreseen(self) -> dict[Where, EngineError]:
        """Return the utterances that cannot be spoken, in order, with the reason: judged by their letters, for the
        whole story. A voice that starts later is chosen by its language, and counts as able to read it."""
        return unreadable_in(self.timeline, self._voicings)

    def unsaid(self) -> dict[Where, EngineError]:
        """Return the utterances that were requested and could not be spoken, in order, with the reason."""
        with self._changed:
            return dict(sorted(self._unsaid.items()))

    def fell_behind(self) -> None:
        """Tell the listener, once, that a slow voice was not ready in time, and which engine would be."""
        voice = self.narrator.hello.voice
        with self._changed:
            told = profile(voice.engine).speed >= _SLOW or _TOO_SLOW in self._told
            self._told.add(_TOO_SLOW)
        if told:
            return
        faster = quicker(self.timeline.script.language, _SLOW)
        advice = f"; --engine {faster} keeps up (in the player: v)" if faster else ""
        self._notify(f"The voice {voice.id} is rendered more slowly than it plays{advice}")

    def wake(self) -> None:
        """Make every waiting `segment` call check its `cancelled`."""
        with self._changed:
            self._tell()

    def close(self) -> None:
        """Stop rendering at once. The store keeps what was rendered, and stays open."""
        with self._changed:
            self._closed = True
            self._tell()
        self._workers.close()
        self._substitutes.close()
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
            except Exception:
                _logger.exception("an utterance was rendered, but could not be used")
                self._break(VoiceBroken("rendered speech cannot be used"))
                self._arrived(where, None)

    def _serve_one(self, slot: int, where: Where) -> bool:
        """Fetch or render an utterance, or leave it to another slot. Returns False when this slot has no voice."""
        segment = self._stored(where)
        if segment is not None:
            self._arrived(where, self._fitted(where, segment))
            return True
        role = self._role(self.timeline.utterances(where[0])[where[1]])
        if not self._workers.ready(slot, role):
            self._arrived(where, None)  # given back: a slot whose voice is loaded is a second quicker
            return self._workers.load(slot, role)
        segment = self._said(slot, where)
        self._arrived(where, None if segment is None else self._fitted(where, segment))
        if segment is not None and segment.samples and where not in self._substitutes:
            self._unkept.add(where, segment)
        return True

    def _fitted(self, where: Where, segment: Segment) -> Segment:
        """Return the segment at the timeline's rate and speed, and at its loudness. The store has it as rendered, for
        every rate, speed and loudness."""
        target, *typical = self.levels
        usual = typical[self._role(self.timeline.utterances(where[0])[where[1]])]
        return segment.at_rate(self.timeline.rate).at_speed(self.timeline.speed).at_loudness(target, usual)

    def _arrived(self, where: Where, segment: Segment | None) -> None:
        """Hand a segment (None when closed) to the timeline and to all who wait for it."""
        with self._changed:
            self._busy.discard(where)
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
            for kept in self._unkept.due(at_once=self._closed or bool(self._hurries)):
                self._keep(*kept)  # last, so that nobody waiting for the sound waits for the disk
            seen = self._changes
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
                end = min(rest_at, self._unkept.at)
                if self._changed.wait(None if end == inf else max(end - monotonic(), 0.0)) or end < rest_at:
                    continue
            self._workers.rest(slot)
            rest_at = inf

    def _next(self, slot: int) -> Where | None:
        """Return the most urgent utterance that this slot can make now."""
        if self._halted or self._substitutes.asks or (slot and not self._hurries and not any(self._slow)):
            return None
        wanted = (w for w in self._wanted if w not in self._recent and w not in self._busy)
        if slot and not self._hurries:
            wanted = (w for w in wanted if self._slow[self._role(self.timeline.utterances(w[0])[w[1]])])
        return next(wanted, None)

    def _tell(self) -> None:
        """Wake all who wait. The lock is held."""
        self._changes += 1
        self._changed.notify_all()

    def _said(self, slot: int, where: Where) -> Segment | None:
        """Return the segment of an utterance that is not in the store; empty if it cannot be spoken. None when closed,
        or when the voice is broken (those who wait get the error)."""
        said = self.timeline.utterances(where[0])[where[1]]
        if (known := self._unsaid.get(where) or unreadable(said, self._voicings)) is not None:
            return self._skipped(where, known, told=True)
        if (failed := self._substitutes.reason(where)) is not None:
            return self._said_by_another(slot, where, failed)
        try:
            speech = self._workers.say(slot, self._role(said), said.spoken)
            self._substitutes.voice_works()
            segment = None if speech is None else Segment.of(speech)
        except VoiceBroken as error:
            if self._role(said):
                self._voicings.take_over(said.role, error)
                return self._said(slot, where)
            segment = None
            self._break(error)
        except EngineError as error:
            _logger.warning("utterance %d of block %d cannot be said", where[1], where[0], exc_info=True)
            return self._said_by_another(slot, where, error)
        except Exception:  # the thread's boundary: its death would leave others waiting
            _logger.exception("an utterance was not rendered")
            return self._skipped(where, EngineError("rendering it failed"))
        return segment

    def _said_by_another(self, slot: int, where: Where, error: EngineError) -> Segment:
        """Return the segment of what its voice cannot say (or a recording lacks), in another; empty without one."""
        said, usual = self.timeline.utterances(where[0])[where[1]], self.timeline.script.roles.unrecorded
        if usual and recording(said.spoken):
            say = partial(self._workers.say, slot, usual)
            if segment := self._substitutes.unrecorded(where, said, error, say, self.timeline.script.story):
                return segment
        segment = self._substitutes.say(where, said, self._voicings[self._role(said)].hello, error)
        return self._skipped(where, error) if segment is None else segment

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

    def _skipped(self, where: Where, error: EngineError, *, told: bool = False) -> Segment:
        """Return silence in its place for the life of this renderer, so that its length on the timeline is known.

        Sends a notice unless `told` already; for utterances without a readable letter only once.
        """
        said = self.timeline.utterances(where[0])[where[1]]
        with self._changed:
            told = told or (isinstance(error, Unspeakable) and error.message in self._told)
            self._unsaid[where] = error
            self._told.add(error.message)
        if not told:
            self._notify(f"Skipped “{short(words_of(said.spoken))}”: {error.message}")
        return Segment.of(Speech(b"", self.timeline.rate, every_word(said.spoken, (), 0)))

    # -- the store -----------------------------------------------------------------------------------------

    def _stored(self, where: Where) -> Segment | None:
        data = self.store.get(self.key(*where), _SUFFIX)
        try:
            return None if data is None else Segment.from_flac(data)
        except ValueError:  # whole, but the content of another version under the same key
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
