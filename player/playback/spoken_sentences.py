"""The sentences of a story as they begin to sound, for whoever prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from player.audio.timeline import Timeline
from player.playback.player import Player
from player.playback.position import Position, State


class SpokenSentences:
    """Each sentence once, in order. None is left out because a busy machine looked late; what a jump passes over is."""

    def __init__(self, player: Player, said: tuple[int, int] | None = None) -> None:
        self._player = player
        self.said = said
        """(block, sentence) that was returned last."""
        self._run = 0
        """In which that sounded."""

    def new(self, position: Position | None = None) -> Iterator[str]:
        """Yield the written text of each sentence that has begun since the last call, up to a position (None: the one
        that is heard now)."""
        position = position or self._player.transport.position()
        now = self._player.sentence(position)
        if now is None or position.state is State.WAITING:
            return
        while now != self.said:
            played_on = self.said is not None and position.run == self._run and now > self.said
            self.said = _after(self.said, position.timeline) if self.said and played_on else now
            self._run = position.run
            yield self._player.text_of(*self.said)
        self._run = position.run

    def until_end(self, tick: Callable[[], bool]) -> Iterator[str]:
        """Yield each sentence when it begins to sound, until the story ends or `tick`, which waits a moment, returns
        False. Raises PlayerError when playing had to stop."""
        while True:
            position = self._player.transport.position()
            yield from self.new(position)
            if (failure := self._player.transport.failure) is not None:
                raise failure
            if position.state is State.ENDED or not tick():
                return


def _after(said: tuple[int, int], timeline: Timeline) -> tuple[int, int]:
    """Return (block, sentence) of the next sentence; there is one."""
    following = ((block, timeline.utterances(block)[n].sentence) for block, n in timeline.from_here(said[0], 0))
    return next(place for place in following if place > said)
