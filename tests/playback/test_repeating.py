"""Loops and pauses for learners, heard at their ends."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from player.playback.position import State
from player.playback.repeating import Repeating
from player.utterance.pauses import Pauses
from tests.support.stories import story_of
from tests.support.waiting import wait_until
from tests.tui.stage import open_player

STORY = story_of("One. Two is here.", "Three.")
LONG = Pauses(sentence=2.0, paragraph=2.0)
"""However seldom a busy machine looks, it looks once in such a pause."""


@pytest.mark.parametrize(("presses", "again"), [(1, "Two is here."), (2, "One."), (3, "")])
def test_the_end_of_a_sentence_repeats_or_pauses(tmp_path: Path, presses: int, again: str) -> None:
    with closing(open_player(tmp_path, STORY, pauses=LONG)) as player:
        repeating = Repeating(player)
        for _ in range(presses):
            repeating.cycle()
        player.navigation.seek(0, 5)
        player.transport.play()
        heard = [""]
        times = [0]

        def look() -> bool:
            position = player.transport.position()
            text = player.sentence_text(position)
            if position.elapsed < times[-1] and position.state is State.PLAYING:
                heard.append(text)
            times.append(position.elapsed)
            repeating.look(position)
            return len(heard) > 1 or position.state is State.PAUSED

        wait_until(look, "the end of the sentence")
        assert heard[-1] == again
        assert "Three" not in player.sentence_text(player.transport.position())


def test_a_sentence_gone_back_to_pauses_at_its_end_once_more(tmp_path: Path) -> None:
    with closing(open_player(tmp_path, STORY, pauses=LONG)) as player:
        repeating = Repeating(player)
        for _ in range(3):
            repeating.cycle()
        player.navigation.seek(0, 5)
        for _ in range(2):
            player.transport.play()
            paused = [False]

            def look(paused: list[bool] = paused) -> bool:
                position = player.transport.position()
                repeating.look(position)
                paused[0] = paused[0] or position.state is State.PLAYING
                return paused[0] and position.state is State.PAUSED

            wait_until(look, "the pause")
            assert player.sentence_text(player.transport.position()) == "Two is here."
            player.navigation.skip_sentences(0)
        player.navigation.skip_sentences(1)
        assert player.sentence_text(player.transport.position()) == "Three."
