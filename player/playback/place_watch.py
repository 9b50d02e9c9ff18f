"""Moments at which the listener's place is kept, each with the time at which it was heard: after a crash at most a
sentence, or 5 s, is heard again.

After a jump of more than a paragraph the old place stays kept until the new one was heard for 30 s, so that a look
elsewhere loses nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from player.playback.player import Player
from player.playback.position import Position, State

_KEPT_SECONDS = 5.0
"""Seconds between two places kept within a long sentence."""
_JUMP_SECONDS = 5.0
"""Seconds of the story between two looks that mean a jump. Looks come at least once a second, so that playing at four
times the speed covers less."""
_SETTLED_SECONDS = 30.0
"""Seconds heard at the place of a jump before it is kept."""
_LONGEST_LOOK = 6.0
"""Most seconds between two looks that count as heard: the machine may have slept."""


class PlaceWatch:
    """Keep the place at every new sentence, jump and pause, and every 5 s."""

    def __init__(
        self,
        player: Player,
        keep: Callable[[int, int, float], None],
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], float] = time.time,
    ) -> None:
        """`keep(block, character, heard)` must return at once; `heard` is when the story was heard or moved in last, in
        seconds since 1970, 0 if it was neither so far. `clock` returns seconds, `today` those since 1970."""
        self._player = player
        self._keep = keep
        self._clock = clock
        self._today = today
        self._heard_at = 0.0
        self._at = player.transport.position().place
        self._kept: tuple[int, int] | None = None
        self._kept_at = 0.0
        self._seen: tuple[object, ...] = ()
        self._elapsed = 0
        self._home = player.place_to_keep(player.transport.position())[0]  # the block kept
        self._leaps = player.navigation.leaps
        self._heard: float | None = None  # seconds heard since the last leap; None once they are enough
        self._looked_at: float | None = None  # when it last looked and the story was playing

    def forget(self) -> None:
        """Keep the place again, also where it is the same: it was not written so far."""
        self._kept, self._seen = None, ()

    @property
    def leapt(self) -> bool:
        """True after a jump of more than a paragraph, until its place was heard for 30 s."""
        return self._heard is not None

    def look(self, position: Position) -> None:
        """Keep the place if it is time to. Cheap while nothing changes, so call it often."""
        self._count_heard(position)
        self._note_heard(position)
        still = position.state in (State.PAUSED, State.ENDED)
        seen = (position.state, position.place if still else self._player.sentence(position))
        jumped = abs(position.elapsed - self._elapsed) > _JUMP_SECONDS * position.timeline.rate
        self._elapsed = position.elapsed
        if self.leapt and abs(position.place.block - self._home) > 1:
            return
        if seen != self._seen or jumped or (not still and self._clock() - self._kept_at >= _KEPT_SECONDS):
            self._seen = seen
            self.keep(position)

    def keep(self, position: Position) -> None:
        """Keep the place, unless it was kept last time."""
        self._kept_at = self._clock()
        self._note_heard(position)
        place = self._player.place_to_keep(position)
        self._home = place[0]
        if place != self._kept:
            self._kept = place
            self._keep(*place, self._heard_at)

    def _note_heard(self, position: Position) -> None:
        if position.state is State.PLAYING or position.place != self._at:
            self._at, self._heard_at = position.place, self._today()

    def _count_heard(self, position: Position) -> None:
        now = self._clock()
        if self._player.navigation.leaps != self._leaps:
            self._leaps = self._player.navigation.leaps
            self._heard = 0.0
        elif self._heard is not None and self._looked_at is not None:
            self._heard += min(now - self._looked_at, _LONGEST_LOOK)
            if self._heard >= _SETTLED_SECONDS:
                self._heard = None
        self._looked_at = now if position.state is State.PLAYING else None
