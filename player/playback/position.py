"""State and position of the transport."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player.audio.timeline import Place, Timeline
from player.audio.timeline.block_times import Word
from player.speech.engine import Samples


class State(StrEnum):
    """What the transport does now."""

    PLAYING = "playing"
    PAUSED = "paused"
    WAITING = "waiting"
    """Playing, but the next utterance is not rendered yet."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Position:
    """The place that is heard."""

    timeline: Timeline
    """Of the current voice."""
    place: Place
    """On that timeline."""
    word: Word | None
    """The word at that place, or None in silence."""
    state: State
    elapsed: Samples
    """Time of the place on the timeline, at speed 1."""
    duration: Samples
    """Length of the whole story, at speed 1."""
    exact: bool
    """False while part of the duration is estimated."""
    run: int
    """Number of the stretch of playing: it changes with each jump, and each change of speed or voice."""
