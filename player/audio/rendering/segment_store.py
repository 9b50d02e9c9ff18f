"""The sound of one story in a store: kept as it was rendered, returned as the timeline wants it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from math import inf

from player.audio.rendering.fallback import Where
from player.audio.rendering.unkept import Unkept
from player.audio.segment import Segment, Timing
from player.audio.store.cache import Store, make_key
from player.audio.timeline import Timeline
from player.audio.voicing.voicings import Voicings
from player.errors import CacheError
from player.speech.choosing.registry import profile

_logger = logging.getLogger(__name__)

_SUFFIX = ".flac"


class SegmentStore:
    """Segments by the places of their utterances. Methods may be called from any thread."""

    def __init__(
        self,
        timeline: Timeline,
        voicings: Voicings,
        store: Store,
        *,
        loudness: float,
        keep_after: float,
        notify: Callable[[str], None],
    ) -> None:
        """All sound is brought to `loudness` in LUFS. In the first `keep_after` seconds nothing is due to be stored.
        `notify` receives a notice, once, when the store does not work."""
        self.store = store
        self.levels: tuple[float, *tuple[float | None, ...]] = (
            loudness,
            *(one.loudness for one in voicings.profiles),
        )
        """LUFS: to which all sound is brought, and usual of each voice. They change the sound, not what is stored."""
        self._timeline = timeline
        self._voicings = voicings
        self._notify = notify
        self._unkept = Unkept(keep_after)
        self._works = True

    def key(self, where: Where) -> str:
        """Return the key of an utterance's segment: a hash of all that changes its sound."""
        said = self._timeline.utterances(where[0])[where[1]]
        voicing = self._voicings[self._voicings.role(said.role)]
        return make_key("segment", *voicing.identity, said.language, said.spoken)

    def get(self, where: Where) -> Segment | None:
        """Return an utterance's segment, fitted; None when it is not stored."""
        data = self.store.get(self.key(where), _SUFFIX)
        if data is None:
            return None
        try:
            segment = Segment.from_flac(data)
        except ValueError:  # whole, but the content of another version under the same key
            _logger.warning("what is in the store is no segment", exc_info=True)
            return None
        return self.fitted(where, segment)

    def timing(self, where: Where) -> Timing | None:
        """Return the length and word times of an utterance at the timeline's speed, without decoding its sound; None
        when it is not stored, or was rendered at another rate."""
        try:
            timing = Timing.from_flac(self.store.get(self.key(where), _SUFFIX) or b"")
        except ValueError:
            return None
        return timing.at_speed(self._timeline.speed) if timing.rate == self._timeline.rate else None

    def fitted(self, where: Where, segment: Segment, engine: str = "") -> Segment:
        """Return a segment at the timeline's rate and speed, and at its loudness. `engine` has said it, if it was
        another than that of the utterance's voice."""
        target, *typical = self.levels
        role = self._voicings.role(self._timeline.utterances(where[0])[where[1]].role)
        usual = profile(engine).loudness if engine else typical[role]
        return segment.at_rate(self._timeline.rate).at_speed(self._timeline.speed).at_loudness(target, usual)

    @property
    def due_at(self) -> float:
        """The time of the monotonic clock at which some segments are due to be stored; infinite when none wait."""
        return self._unkept.at

    def add(self, where: Where, segment: Segment) -> None:
        """Let a rendered segment wait until it is due."""
        self._unkept.add(where, segment)

    def put_due(self, *, at_once: bool, until: float = inf) -> None:
        """Store the segments that are due; with `at_once`, all that wait. None is begun after `until`, a time of the
        monotonic clock."""
        for where, segment in self._unkept.due(at_once=at_once, until=until):
            self.put(where, segment)

    def put(self, where: Where, segment: Segment) -> None:
        """Store a rendered segment."""
        text = self._timeline.utterances(where[0])[where[1]].spoken
        try:
            self.store.put(self.key(where), _SUFFIX, segment.to_flac(text))
        except CacheError as error:
            _logger.warning("not kept: utterance %d of block %d", where[1], where[0], exc_info=True)
            first, self._works = self._works, False
            if first:
                self._notify(f"Rendered speech is not kept: {error.message}")
