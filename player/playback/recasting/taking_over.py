"""Where a new voice takes over: at the word that sounds, or a little ahead if it is rendered too slowly for that.

A slow voice that rendered the current sentence would be late each time: the story has moved on by then. So it says the
end of the sentence first, from a word on that is heard when it is ready, and takes over there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice

from player.audio.rendering.renderer import Renderer
from player.audio.timeline import Place
from player.playback.narration import Narration
from player.playback.position import State
from player.playback.recasting.first_words import MARGIN, FirstWords
from player.playback.recasting.meeting import Where
from player.playback.transport import Transport
from player.speech import speeds
from player.speech.choosing.registry import profile
from player.speech.engine import Voice

_START_SECONDS = 1.0
"""Seconds that a slow voice takes to load."""
_HOPED = 1.5
"""Seconds of speech rendered per second, expected at first of a voice whose speed was never measured. With too much
hope, its first words are said in vain: they come too early for those that follow."""
_FARTHEST = 50
"""Utterances ahead among which the one to take over at is looked for."""
_LOOK_SECONDS = 0.01


def _pace(voice: Voice) -> float:
    """Return the seconds that a slow voice needs for a second of speech."""
    usual = profile(voice.engine).speed
    return MARGIN / (speeds.known().get(voice.id) or max(usual, _HOPED))


class TakingOver:
    """Prepares a voice for the place that will be heard when it is ready."""

    def __init__(
        self, transport: Transport, narration: Narration, renderer: Renderer, dropped: Callable[[], bool]
    ) -> None:
        """`renderer` is the narration's, in use. All waiting ends soon after `dropped` returns True."""
        self._transport = transport
        self._timeline = narration.timeline
        self._renderer = renderer
        self._dropped = dropped
        voice = narration.voice
        self._pace = _pace(voice) if speeds.is_slow(voice) else 0.0  # seconds needed per second of speech
        self._start = _START_SECONDS if self._pace else 0.0

    def wait(self) -> None:
        """Return when the voice has rendered the utterance that is heard. Raises EngineError.

        The story plays on meanwhile. Near its end a slow voice may have to wait for it.
        """
        if self._pace and self._begins_in_parts():
            return
        ahead = True
        while not self._dropped():
            here = self._here()
            if here is None:
                return
            meeting = self._meeting_point(here) if ahead else here[:2]
            left = self._left(here[:2], meeting)
            self._renderer.segment(*meeting, left)
            if self._meets(meeting, left):
                return
            now = self._here()
            ahead = now is not None and now[:2] > meeting  # else the listener went back, or paused
            if ahead:  # it was late: aim farther
                self._pace, self._start = max(2 * self._pace, 0.25), 0.0

    def _begins_in_parts(self) -> bool:
        """Return True once the first words of a voice that is new here are heard."""
        worker = self._renderer.narrator.first
        if worker is None or self._dropped():
            return False
        first = FirstWords(
            self._transport, self._timeline, self._renderer, worker, pace=self._pace, dropped=self._dropped
        )
        meeting = first.prepare(self._where)
        self._pace, self._start = first.pace, 0.0
        if meeting is None:
            return False
        return self._meets(meeting, self._left(self._where() or meeting, meeting))

    def _meeting_point(self, here: Place) -> Where:
        """Return the first utterance from `here` on that will be rendered before it is heard, and the next one before
        it ends."""
        timeline, speed = self._timeline, self._transport.speed
        old, place = self._transport.here()
        until = (old.slot(place.block, place.utterance) - place.sample) / old.rate / speed
        found = here[:2]
        if not self._pace or not self._moves():
            return found
        for found in islice(timeline.from_here(*here[:2]), _FARTHEST):
            following = timeline.following(*found)
            spare = until - self._start - self._needed(found)
            lasts = timeline.slot(*found) / timeline.rate / speed
            in_time = spare >= 0 and self._needed(following) <= spare + lasts
            if in_time or self._renderer.recall(*found):
                return found
            if found != here[:2]:
                until += lasts
        return found

    def _needed(self, where: Where | None) -> float:
        """Return the seconds that rendering an utterance takes."""
        return 0.0 if where is None else self._pace * self._timeline.slot(*where) / self._timeline.rate

    def _meets(self, meeting: Where, left: Callable[[], bool]) -> bool:
        """Wait for the story to reach an utterance that is rendered, at latest `meeting`. Returns False if it goes
        elsewhere."""
        while not left():
            now = self._here()
            if now is None or now[:2] == meeting or self._timeline.speech(*now[:2]) is not None or not self._moves():
                return now is None or self._timeline.speech(*now[:2]) is not None
            time.sleep(_LOOK_SECONDS)
        return self._dropped()

    def _left(self, here: Where, meeting: Where) -> Callable[[], bool]:
        """Return a function that tells whether the story is elsewhere than between these utterances."""

        def left() -> bool:
            now = self._where()
            return self._dropped() or now is None or not here <= now <= meeting

        return left

    def _moves(self) -> bool:
        return self._transport.position().state is State.PLAYING

    def _where(self) -> Where | None:
        here = self._here()
        return None if here is None else here[:2]

    def _here(self) -> Place | None:
        """Return the place on the new timeline that is heard; None in a block that says nothing."""
        _, here = self._transport.here()
        if not self._timeline.utterances(here.block):  # splits the block, before the transport waits
            return None
        return self._transport.target_on(self._timeline).place
