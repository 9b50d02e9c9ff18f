"""Moments at which the listener's place is kept: after a crash at most a sentence, or 5 s, is heard again."""

from __future__ import annotations

import time
from collections.abc import Callable

from player.playback.player import Player
from player.playback.position import Position, State

_KEPT_SECONDS = 5.0
"""Seconds between two places kept within a long sentence."""
_JUMP_SECONDS = 4.0
"""Seconds of the story between two looks that mean a jump. Looks come at least once a second, so that playing at triple
speed covers less."""


class PlaceWatch:
    """Keep the place at every new sentence, jump and pause, and every 5 s."""

    def __init__(
        self,
        player: Player,
        keep: Callable[[int, int], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`keep(block, character)` must return at once; `clock` returns seconds."""
        self._player = player
        self._keep = keep
        self._clock = clock
        self._kept: tuple[int, int] | None = None
        self._kept_at = 0.0
        self._seen: tuple[object, ...] = ()
        self._elapsed = 0

    def look(self, position: Position) -> None:
        """Keep the place if it is time to. Cheap while nothing changes, so call it often."""
        still = position.state in (State.PAUSED, State.ENDED)
        seen = (position.state, position.place if still else self._player.sentence(position))
        jumped = abs(position.elapsed - self._elapsed) > _JUMP_SECONDS * position.timeline.rate
        self._elapsed = position.elapsed
        if seen != self._seen or jumped or (not still and self._clock() - self._kept_at >= _KEPT_SECONDS):
            self._seen = seen
            self.keep(position)

    def keep(self, position: Position) -> None:
        """Keep the place, unless it was kept last time."""
        self._kept_at = self._clock()
        place = self._player.place_to_keep(position)
        if place != self._kept:
            self._kept = place
            self._keep(*place)
