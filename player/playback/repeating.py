"""Repeating for learners: loops of a sentence or paragraph, and a pause after each sentence."""

from __future__ import annotations

from enum import Enum

from player.playback.player import Player
from player.playback.position import Position, State

_BEFORE_SECONDS = 0.05
"""Seconds before the next sentence at which to act: within the pause between the two, even at top speed."""

_BACK_SECONDS = 0.3
"""Seconds before the end of the sentence paused after from which on it was gone back to, and pauses once more."""


class Mode(Enum):
    """What happens at the end of a sentence or paragraph; in words, empty if nothing."""

    OFF = ""
    SENTENCE = "loop: sentence"
    PARAGRAPH = "loop: paragraph"
    PAUSE = "pause: sentence"


class Repeating:
    """The mode of one story. For one thread; every method returns at once."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self.mode = Mode.OFF
        self._paused_after: tuple[int, int] | None = None

    def cycle(self) -> None:
        """Go to the next mode; from the last to none."""
        modes = list(Mode)
        self.mode = modes[(modes.index(self.mode) + 1) % len(modes)]
        self._paused_after = None

    def look(self, position: Position) -> float | None:
        """Repeat or pause when it is time. Returns the seconds until the next look; None when there is no need."""
        sentence = self._player.sentence(position)
        if self.mode is Mode.OFF or sentence is None or position.state is not State.PLAYING:
            return None
        left = (self._end(position, *sentence) - position.elapsed) / position.timeline.rate
        left = left / self._player.transport.speed - _BEFORE_SECONDS
        if sentence == self._paused_after and left < _BACK_SECONDS:
            return None
        self._paused_after = None
        if left > 0:
            return left
        block, index = sentence
        if self.mode is Mode.SENTENCE:
            self._player.navigation.move_to(block, self._player.script.sentences(block)[index].span.start)
        elif self.mode is Mode.PARAGRAPH:
            self._player.navigation.move_to(block, 0)
        else:
            self._paused_after = sentence
            self._player.transport.pause()
        return None

    def _end(self, position: Position, block: int, sentence: int) -> int:
        """Return the sample at which the sentence or paragraph is followed by the next one."""
        timeline = position.timeline
        if self.mode is not Mode.PARAGRAPH:
            for index, said in enumerate(timeline.utterances(block)):
                if said.sentence > sentence:
                    return timeline.start(block, index)
        after = timeline.next_block(block)
        return timeline.duration if after is None else timeline.start(after)
