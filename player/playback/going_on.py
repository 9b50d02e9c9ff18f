"""Going on after a break."""

from __future__ import annotations

import time
from collections.abc import Callable

from player.audio.clock import clock
from player.library.step_back import StepBack
from player.playback.player import Player
from player.playback.position import State


class Breaks:
    """Plays and pauses one story. After a long break it goes on a little earlier."""

    def __init__(self, player: Player, step_back: StepBack, now: Callable[[], float] = time.monotonic) -> None:
        """`now` returns seconds."""
        self._player = player
        self._step_back = step_back
        self._now = now
        self._began: tuple[float, tuple[int, int]] | None = None  # the break: when, and at which word

    def toggle(self) -> None:
        """Pause when playing, else play."""
        player = self._player
        position = player.transport.position()
        here = player.place_to_keep(position)
        if position.state in (State.PLAYING, State.WAITING):
            self._began = self._now(), here
        elif self._began is not None and position.state is State.PAUSED:
            since, place = self._began
            there = self._step_back.place(player.script, *here, self._now() - since)
            if place == here and there != here:  # else a jump was made meanwhile
                player.navigation.move_to(*there)
        player.transport.toggle()


def started(player: Player, block: int, character: int) -> str:
    """Return in words where a story went on: "from 1:45"; "from ≈ 1:45" while that time is estimated. It is
    the time at speed 1, as on the transport bar. Empty for a place in the first second."""
    timeline = player.timeline
    seconds = timeline.time(timeline.find(block, character)) / timeline.rate
    if seconds < 1:
        return ""
    return f"from {'' if timeline.exact else '≈ '}{clock(seconds)}"
