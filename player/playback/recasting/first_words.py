"""How a slow voice begins soon: with the end of the current sentence, or a part of it, rendered before all else."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from itertools import groupby

from player.audio.rendering.renderer import Renderer
from player.audio.timeline import Timeline
from player.errors import PlayerError
from player.playback.position import State
from player.playback.recasting.meeting import AROUND, Character, Following, Meeting, Planner, Where
from player.playback.transport import Transport
from player.speech.engine import Speech
from player.speech.process.workers import SpeechWorker
from player.utterance.cutting import parted

_logger = logging.getLogger(__name__)

MARGIN = 1.15
"""Factor on the time of rendering that is expected, for what else the machine does."""
_LEAST_PACE = 0.01
_TRIES = 6
"""Meetings that are tried, while what is measured shows the one before to be late, or too far away."""
_WORTH_SECONDS = 1.0
"""Seconds by which another meeting must be better than one that is prepared already."""
_AFTER_THE_FIRST = 0.3
"""Seconds after the first worker in which the others are loaded, that begin to at the same time."""


class FirstWords:
    """Prepares a new voice's first words for the place where they are heard. Its timeline is in nobody's use yet."""

    def __init__(
        self,
        transport: Transport,
        timeline: Timeline,
        renderer: Renderer,
        worker: SpeechWorker,
        *,
        pace: float,
        dropped: Callable[[], bool],
    ) -> None:
        """`timeline` and `renderer` are the new voice's, `worker` the renderer's first one. `pace` is how many seconds
        it is thought to need for a second of speech."""
        self._transport = transport
        self._timeline = timeline
        self._renderer = renderer
        self._worker = worker
        self.pace = pace
        """In the end as it was measured."""
        self._dropped = dropped
        self._loaded_at = 0.0
        """When the workers beside the first are expected to be loaded, by the transport's clock."""

    def prepare(self, here: Callable[[], Where | None]) -> Where | None:
        """Return the utterance with which the voice begins, once it is rendered: cut so that all that follows will be
        ready in time. None when the story does not play on, or the voice is too slow, or fails. `here` returns the
        utterance that is heard; None for none."""
        try:
            self._load()
            for _ in range(_TRIES):
                first = here() if self._moves() else None
                meeting = None if first is None else self._planner().find(first, self.pace)
                if first is None or meeting is None:
                    return None
                if (found := self._begun(first, meeting)) is not None:
                    return found
        except PlayerError:
            _logger.info("the voice begins with no part of a sentence", exc_info=True)
        return None

    def _load(self) -> None:
        """Load the voice, in all workers at the same time if there are processors for that."""
        if (os.cpu_count() or 1) > 1:
            self._renderer.load_all()
        self._worker.render("")
        self._loaded_at = self._transport.clock() + _AFTER_THE_FIRST

    def _begun(self, here: Where, meeting: Meeting) -> Where | None:
        """Return the first utterance, once it is rendered; None if another meeting is better by what is known then."""
        block, n = meeting.where
        if self._renderer.recall(block, n):
            return self._entered(meeting, meeting.cuts)
        speech, after = self._said(meeting)
        planner = self._planner()
        until = planner.until((block, meeting.start))
        more: Following | None = Following((), 0.0)
        if after is not None:
            seconds = speech.samples / speech.sample_rate
            sounding = until + seconds / self._transport.speed if until > 0 else planner.until(after)
            more = planner.follow(after, sounding, self.pace)
        if more is None:
            return None
        better = planner.find(here, self.pace)
        if better is not None and better.cost + _WORTH_SECONDS < max(until, 0.0) + more.cost:
            return None
        own = [at for at in meeting.cuts if after is None or at <= after]
        return self._entered(meeting, (*own, *more.cuts), speech)

    def _said(self, meeting: Meeting) -> tuple[Speech, Character | None]:
        """Return the first part's speech, and the character that follows. Measures the pace."""
        block, n = meeting.where
        within = {at for where, at in meeting.cuts if where == block}
        parts = list(parted((self._timeline.utterances(block)[n],), within))
        at = next(i for i, part in enumerate(parts) if part.span.start == meeting.start)
        began = self._transport.clock()
        speech = self._worker.render(parts[at].spoken)
        if speech.samples:
            seconds = AROUND + speech.samples / speech.sample_rate
            self.pace = max(MARGIN * (self._transport.clock() - began) / seconds, _LEAST_PACE)
        if at + 1 < len(parts):
            return speech, (block, parts[at + 1].span.start)
        return speech, self._planner().after(meeting.where)

    def _entered(self, meeting: Meeting, cuts: Sequence[Character], speech: Speech | None = None) -> Where:
        """Cut the timeline, and let the renderer go on from the first utterance, which is returned."""
        for block, those in groupby(cuts, key=lambda one: one[0]):
            self._timeline.cut(block, [at for _, at in those])
        block = meeting.where[0]
        first = block, self._timeline.utterance_of(block, meeting.start)
        if speech is not None:
            self._renderer.take(*first, speech)
        self._renderer.focus(*first)
        return first

    def _planner(self) -> Planner:
        old, here = self._transport.here()
        now, rate = old.time(here), old.rate * self._transport.speed

        def until(at: Character) -> float:
            return (_time(old, *at) - now) / rate

        return Planner(
            self._timeline,
            until,
            lambda where: self._renderer.recall(*where),
            self._transport.speed,
            workers=min(len(self._renderer.threads), os.cpu_count() or 1),
            loaded_in=max(self._loaded_at - self._transport.clock(), 0.0),
        )

    def _moves(self) -> bool:
        return not self._dropped() and self._transport.position().state is State.PLAYING


def _time(timeline: Timeline, block: int, character: int) -> float:
    """Return the sample at which a character sounds: by its share of an utterance that is not rendered yet."""
    utterances = timeline.utterances(block)
    n = timeline.utterance_of(block, character)
    if not utterances or timeline.speech(block, n) is not None:
        return timeline.time(timeline.find(block, character))
    span = utterances[n].span
    share = (character - span.start) / (span.end - span.start)
    return timeline.start(block, n) + share * timeline.slot(block, n)
