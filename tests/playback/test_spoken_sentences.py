"""What is printed of a story that plays: every sentence, however seldom somebody looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from player.audio.store.cache import DiskCache
from player.audio.voicing.process import VoiceProcess
from player.playback.output import SilentOutput
from player.playback.player import Player
from player.playback.position import State
from player.playback.spoken_sentences import SpokenSentences
from player.utterance.script import Script
from tests.support.outputs import ManualOutput
from tests.support.stories import story_of
from tests.support.waiting import wait_until

STORY = story_of("One. Two is here.", "* * *", "Three.", "Four, and the end.")
SENTENCES = ["One.", "Two is here.", "Three.", "Four, and the end."]


def player_of(output: SilentOutput | ManualOutput, cache: Path) -> Player:
    narrator = VoiceProcess.start("tone", "", "en").voicing()
    return Player.open(Script(STORY, language="en"), narrator, output, DiskCache(cache))


@pytest.fixture
def player(tone_engine: str, tmp_path: Path) -> Iterator[Player]:
    """A player whose output pulls when it is told to."""
    with closing(player_of(ManualOutput(16_000), tmp_path)) as player:
        yield player


def play_a_little(player: Player) -> None:
    assert isinstance(player.output, ManualOutput)
    player.transport.play()
    wait_until(lambda: player.transport.buffered[0] > 1000, "sound")
    player.output.play(500)


def test_who_looks_only_at_the_end_is_given_every_sentence(tone_engine: str, tmp_path: Path) -> None:
    with closing(player_of(SilentOutput(16_000, pace=20), tmp_path)) as player:
        player.navigation.seek(0, 0)
        spoken = SpokenSentences(player)
        assert list(spoken.new()) == SENTENCES[:1]
        player.transport.play()
        wait_until(lambda: player.transport.position().state is State.ENDED, "the end")
        assert list(spoken.until_end(lambda: True)) == SENTENCES[1:]
        assert list(spoken.new()) == []


def test_what_a_jump_passes_over_is_left_out(player: Player) -> None:
    spoken = SpokenSentences(player)
    play_a_little(player)
    assert list(spoken.new()) == ["One."]
    player.navigation.seek(2, 0)
    play_a_little(player)
    assert list(spoken.new()) == ["Three."]
    player.navigation.seek(0, 6)
    play_a_little(player)
    assert list(spoken.new()) == ["Two is here."]
    assert list(spoken.new()) == []
