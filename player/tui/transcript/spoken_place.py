"""Positions of the transport as the screen shows them, and how long they stay true."""

from __future__ import annotations

from player.playback.player import Player
from player.playback.position import Position, State
from player.tui.transcript.page import Spoken


def spoken(player: Player, position: Position) -> Spoken | None:
    """Return the current sentence and word, at the end the last ones; None in a block with nothing to say."""
    block, index, _ = position.place
    utterances = position.timeline.utterances(block)
    if not utterances:
        return None
    sentence = player.script.sentences(block)[utterances[index].sentence].span
    return Spoken(block, sentence, player.word(position))


def lasts(position: Position, speed: float, *, covered: bool) -> float | None:
    """Return the seconds until the shown word or the clock changes; None unless the story plays.

    When `covered` by a dialog, the screen changes only with each utterance.
    """
    if position.state is not State.PLAYING:
        return None
    timeline = position.timeline
    block, index, sample = position.place
    per_second = timeline.rate * speed
    changes: list[float] = [timeline.slot(block, index) - sample]
    if not covered:
        clock = timeline.rate * min(speed, 1.0)  # the bar's times count seconds of the story
        changes.append(clock - position.elapsed % clock)
        changes += [word.first - sample for word in timeline.words(block, index) if word.first > sample][:1]
    return min(changes) / per_second
