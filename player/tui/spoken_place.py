"""From a position of the transport to what the screen shows of it, and for how long."""

from __future__ import annotations

from player.playback.player import Player
from player.playback.transport import Position, State
from player.tui.transcript import Spoken


def spoken(player: Player, position: Position) -> Spoken | None:
    """The sentence and the word that sound; None in a block with nothing to say, and at the end."""
    block, index, _ = position.place
    utterances = position.timeline.utterances(block)
    if not utterances or position.state is State.ENDED:
        return None
    sentence = player.script.sentences(block)[utterances[index].sentence].span
    return Spoken(block, sentence, player.word(position))


def lasts(position: Position, speed: float, *, covered: bool) -> float | None:
    """Seconds until playing on shows another word, or another second on the clock; None unless it plays.

    `covered` by a dialog, what is shown goes on by utterances.
    """
    if position.state is not State.PLAYING:
        return None
    timeline = position.timeline
    block, index, sample = position.place
    per_second = timeline.rate * speed
    changes: list[float] = [timeline.slot(block, index) - sample]
    if not covered:
        changes.append(per_second - position.elapsed % per_second)
        changes += [word.first - sample for word in timeline.words(block, index) if word.first > sample][:1]
    return min(changes) / per_second
