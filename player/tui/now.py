"""From a position of the transport to what the screen shows of it, and what is remembered."""

from __future__ import annotations

from player.playback.player import Player
from player.playback.transport import Position, State
from player.story.model import Span
from player.tui.transcript import Spoken


def spoken(player: Player, position: Position) -> Spoken | None:
    """The sentence and the word that sound; None in a block with nothing to say, and at the end."""
    block, index, _ = position.place
    utterances = player.timeline.utterances(block)
    if not utterances or position.state is State.ENDED:
        return None
    sentence = player.script.sentences(block)[utterances[index].sentence].span
    return Spoken(block, sentence, _word(player, position))


def place(player: Player, position: Position) -> tuple[int, int]:
    """(block, character) to go on at another time; the beginning once the story has ended."""
    if position.state is State.ENDED:
        return 0, 0
    block, index, _ = position.place
    word = _word(player, position)
    if word is not None:
        return block, word.start
    utterances = player.timeline.utterances(block)
    return block, utterances[index].span.start if utterances else 0


def _word(player: Player, position: Position) -> Span | None:
    """The word to light up: in the pause after an utterance it is still its last."""
    if position.word is not None:
        return position.word.span
    block, index, sample = position.place
    begun = [word for word in player.timeline.words(block, index) if word.first <= sample]
    return begun[-1].span if begun else None
