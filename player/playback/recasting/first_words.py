"""How a slow voice begins soon: with the end of the current sentence, or a part of it, rendered before all else."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from itertools import groupby

from player.audio.rendering.renderer import Renderer
from player.audio.timeline import Timeline
from player.errors import PlayerError
from player.playback.position import State
from player.playback.recasting.meeting import AROUND, Character, Meeting, Planner, Where
from player.playback.transport import Transport
from player.speech.process.workers import SpeechWorker

_logger = logging.getLogger(__name__)

MARGIN = 1.1
"""Factor on the time of rendering that is expected, for what else the machine does."""
_LEAST_PACE = 0.01
_TRIES = 4
"""Meetings that are tried, while what is measured shows the one before to be late. Only for the first is the timeline
cut: from then on the renderer works on it."""
_GAP = 0.7
"""Seconds of silence between the first words that are better than to begin elsewhere."""
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
        self._others_free_at = 0.0
        """When the workers beside the first are expected to be loaded, or were at work, by the transport's clock."""

    def prepare(self, here: Callable[[], Where | None]) -> Where | None:
        """Return the utterance with which the voice begins, once it is rendered: cut so that all that follows will be
        ready in time. None when the story does not play on, or the voice is too slow, or fails. `here` returns the
        utterance that is heard; None for none."""
        try:
            self._load()
            for number in range(_TRIES):
                self._others_free_at = max(self._others_free_at, self._transport.clock())
                first = here() if self._moves() else None
                meeting = None if first is None else self._planner(may_cut=not number).find(first, self.pace)
                if meeting is None:
                    return None
                if (found := self._begun(meeting)) is not None:
                    return found
        except PlayerError:
            _logger.info("the voice begins with no part of a sentence", exc_info=True)
        return None

    def _load(self) -> None:
        """Load the voice, in all workers at the same time if there are processors for that."""
        if (os.cpu_count() or 1) > 1:
            self._renderer.load_all()
        self._worker.render("")
        self._others_free_at = self._transport.clock() + _AFTER_THE_FIRST

    def _begun(self, meeting: Meeting) -> Where | None:
        """Return the first utterance, once it is rendered, with those behind it under way; None if these will not be
        ready in time, by what is known then."""
        is_stored = self._renderer.recall(*meeting.where)
        first = self._entered(meeting)
        if is_stored:
            return first
        began = self._transport.clock()
        segment = self._renderer.segment(*first, self._dropped)
        if segment is None:
            return None
        seconds = segment.samples / self._timeline.rate
        if segment.samples:
            self.pace = max(MARGIN * (self._transport.clock() - began) / (AROUND + seconds), _LEAST_PACE)
        planner = self._planner()
        until = planner.until((meeting.where[0], meeting.start))
        after = planner.after(first)
        sounding = until + seconds / self._transport.speed if until > 0 or after is None else planner.until(after)
        return None if planner.follow(after, sounding + _GAP, self.pace) is None else first

    def _entered(self, meeting: Meeting) -> Where:
        """Cut the timeline, and let the renderer go on from the first utterance, which is returned."""
        for block, those in groupby(meeting.cuts, key=lambda one: one[0]):
            self._timeline.cut(block, [at for _, at in those])
        block = meeting.where[0]
        first = block, self._timeline.utterance_of(block, meeting.start)
        self._renderer.focus(*first)
        return first

    def _planner(self, *, may_cut: bool = True) -> Planner:
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
            free_in=self._others_free_at - self._transport.clock(),
            may_cut=may_cut,
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
