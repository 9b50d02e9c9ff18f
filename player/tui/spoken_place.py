"""From a position of the transport to what the screen shows of it."""

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
