"""What the player asks when the voice does not work."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from player.audio.rendering.fallback import Fallback
from player.audio.rendering.renderer import Renderer
from player.audio.store.cache import DiskCache
from player.audio.voicing.process import VoiceProcess
from player.playback.output import SilentOutput
from player.playback.player import Player
from player.playback.position import State
from player.story.model import Story
from player.tui.screens.failing import FailingScreen
from player.utterance.script import Script
from tests.support.stories import story_of
from tests.tui.stage import stage


def failing_player(cache: Path, story: Story) -> Player:
    narrator = VoiceProcess.start("tone", "", "en").voicing()
    return Player.open(
        Script(story, language="en"),
        narrator,
        SilentOutput(narrator.rate),
        DiskCache(cache),
        make_renderer=partial(Renderer, fallback=Fallback),
    )


@pytest.mark.parametrize("key", ["enter", "p"])
async def test_a_voice_that_fails_again_and_again_is_a_question(key: str, tmp_path: Path, tone_engine: str) -> None:
    story = story_of(*(f"Number {n} says REFUSE." for n in range(9)))
    player = failing_player(tmp_path / "cache", story)
    async with stage(tmp_path, story=story, player=player) as s:
        player.transport.speed = 3.0
        player.transport.play()
        await s.until(lambda: isinstance(s.app.screen, FailingScreen), "the question")
        assert player.transport.position().state is State.PAUSED
        await s.pilot.press(key)
        if key == "enter":
            await s.until(lambda: player.voice.engine == "pyttsx3", "the other voice")
            await s.until(lambda: player.transport.position().state is State.PLAYING, "it to play on")
        else:
            await s.until(lambda: not isinstance(s.app.screen, FailingScreen), "the dialog to close")
            assert player.voice.engine == "tone"
            assert player.transport.position().state is State.PAUSED
