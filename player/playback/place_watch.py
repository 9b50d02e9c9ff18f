"""When the listener's place is worth keeping: whatever ends the player, at most a sentence or 5 s are heard again."""

from __future__ import annotations

import time
from collections.abc import Callable

from player.playback.player import Player
from player.playback.transport import Position, State

_KEPT_SECONDS = 5.0
"""A place in a long sentence is kept this often."""
_JUMP_SECONDS = 4.0
"""Between two looks, of which there is one a second at least, nothing plays on so far, at any speed."""


class PlaceWatch:
    """Keeps the place at every new sentence, jump and pause, and every 5 s."""

    def __init__(
        self,
        player: Player,
        keep: Callable[[int, int], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`keep(block, character)` has to return at once; `clock` counts seconds."""
        self._player = player
        self._keep = keep
        self._clock = clock
        self._kept: tuple[int, int] | None = None
        self._kept_at = 0.0
        self._seen: tuple[object, ...] = ()
        self._elapsed = 0

    def look(self, position: Position) -> None:
        """Keep the place if it is time. To be called often; costs nothing while nothing happens."""
        still = position.state in (State.PAUSED, State.ENDED)
        seen = (position.state, position.place if still else self._player.sentence(position))
        jumped = abs(position.elapsed - self._elapsed) > _JUMP_SECONDS * position.timeline.rate
        self._elapsed = position.elapsed
        if seen != self._seen or jumped or (not still and self._clock() - self._kept_at >= _KEPT_SECONDS):
            self._seen = seen
            self.keep(position)

    def keep(self, position: Position) -> None:
        """Keep the place, unless it is the one kept last."""
        self._kept_at = self._clock()
        place = self._player.place_to_keep(position)
        if place != self._kept:
            self._kept = place
            self._keep(*place)
