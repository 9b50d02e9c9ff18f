"""Repeating for learners: loops of a sentence or paragraph, a pause after each sentence, a sentence said slowly."""

from __future__ import annotations

from enum import Enum

from player.audio.timeline import Timeline
from player.playback.player import Player
from player.playback.position import Position, State

_BEFORE_SECONDS = 0.05
"""Seconds before the next sentence at which the usual speed returns."""

_BACK_SECONDS = 0.3
"""Seconds before the end of the sentence paused after from which on it was gone back to, and pauses once more."""

_SLOW = 0.7
"""Factor on the speed of a sentence said slowly."""


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
        left /= self._player.transport.speed
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
        """Return the sample in the middle of the pause after the sentence or paragraph: a look that comes late, on a
        busy machine, comes before the next one."""
        timeline = position.timeline
        said = timeline.utterances(block)
        last = len(said) - 1
        if self.mode is not Mode.PARAGRAPH:
            last = max((n for n, one in enumerate(said) if one.sentence <= sentence), default=0)
        slot = timeline.slot(block, last)
        speech = timeline.speech(block, last)
        return timeline.start(block, last) + (slot + (slot if speech is None else speech)) // 2


class Slowly:
    """Says one sentence slowly, and goes on at the speed before. For one thread; every method returns at once."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._sentence: tuple[int, int] | None = None  # what is said slowly
        self._before = self._slow = 1.0

    @property
    def usual_speed(self) -> float:
        """The speed of the story, whatever that of this sentence is."""
        return self._player.transport.speed if self._sentence is None else self._before

    def say(self) -> None:
        """Say the current sentence from its beginning, slowly; slower still when it is said slowly already."""
        transport = self._player.transport
        self._before = self.usual_speed
        self._slow = _SLOW * min(transport.speed, 1.0)
        transport.speed = self._slow
        self._slow = transport.speed  # the slowest there is
        self._player.navigation.say_again()
        self._sentence = self._player.sentence(transport.position())

    def look(self, position: Position) -> float | None:
        """Go back to the speed before when it is time. Returns the seconds until the next look; None when there is no
        need."""
        if self._sentence is None:
            return None
        transport, timeline = self._player.transport, position.timeline
        if transport.speed != self._slow:  # the listener has chosen one
            self._sentence = None
            return None
        left = (_end_of_sentence(timeline, *self._sentence) - position.elapsed) / timeline.rate / self._slow
        elsewhere = self._player.sentence(position) != self._sentence
        if elsewhere or position.state is State.ENDED or left <= _BEFORE_SECONDS:
            self._sentence = None
            transport.speed = self._before
            return None
        return left - _BEFORE_SECONDS if position.state is State.PLAYING else None


def _end_of_sentence(timeline: Timeline, block: int, sentence: int) -> int:
    """Return the sample at which a sentence is followed by the next one."""
    for index, said in enumerate(timeline.utterances(block)):
        if said.sentence > sentence:
            return timeline.start(block, index)
    return _end_of_block(timeline, block)


def _end_of_block(timeline: Timeline, block: int) -> int:
    after = timeline.next_block(block)
    return timeline.duration if after is None else timeline.start(after)
