"""The kept place stays where the listener was until the place of a jump was listened to."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from player.library.step_back import StepBack
from player.playback.place_watch import PlaceWatch
from player.playback.position import State
from tests.support.stories import story_of
from tests.support.waiting import wait_until
from tests.tui.stage import open_player

STORY = story_of(*(f"This is paragraph {n}. It has another sentence, and goes on for a while." for n in range(6)))


def test_a_place_jumped_to_is_kept_after_thirty_seconds(tmp_path: Path) -> None:
    now, kept = 0.0, list[tuple[int, int]]()
    with closing(open_player(tmp_path, STORY, rendered=False)) as player:
        watch = PlaceWatch(player, lambda block, character, _: kept.append((block, character)), lambda: now)
        player.navigation.seek(4, 0)
        player.transport.play()
        wait_until(lambda: player.transport.position().state is State.PLAYING, "it to play")
        position = player.transport.position()
        while now < 29:
            watch.look(position)
            now += 1
        watch.look(position)
        assert kept == [] and watch.leapt
        now += 2
        watch.look(position)
        assert [block for block, _ in kept] == [4] and not watch.leapt


def test_back_at_the_old_place_it_is_kept_at_once(tmp_path: Path) -> None:
    kept = list[tuple[int, int]]()
    with closing(open_player(tmp_path, STORY, rendered=False)) as player:
        watch = PlaceWatch(player, lambda block, character, _: kept.append((block, character)), lambda: 0.0)
        player.navigation.seek(4, 0)
        watch.look(player.transport.position())
        player.navigation.back()
        watch.look(player.transport.position())
        assert kept == [(0, 0)]


@pytest.mark.parametrize(("minutes", "expected"), [(1, (2, 30)), (3, (2, 21)), (600, (2, 0))])
def test_the_longer_the_break_the_further_back(tmp_path: Path, minutes: int, expected: tuple[int, int]) -> None:
    with closing(open_player(tmp_path, STORY, rendered=False)) as player:
        assert StepBack().place(player.script, 2, 30, minutes * 60) == expected


def test_a_place_is_kept_with_the_time_at_which_it_was_heard(tmp_path: Path) -> None:
    now, kept = 1000.0, list[tuple[int, float]]()
    with closing(open_player(tmp_path, STORY, rendered=False)) as player:
        player.navigation.start_at(1, 0)
        watch = PlaceWatch(
            player, lambda block, _, heard: kept.append((block, heard)), lambda: now, today=lambda: 10 * now
        )
        watch.look(player.transport.position())
        assert kept.pop() == (1, 0.0), "it was not heard yet"
        player.transport.play()
        wait_until(lambda: player.transport.position().state is State.PLAYING, "it to play")
        watch.look(player.transport.position())
        player.transport.pause()
        wait_until(lambda: player.transport.position().state is State.PAUSED, "it to pause")
        watch.look(player.transport.position())  # it may have gone on before it paused
        now = 2000.0
        watch.forget()
        watch.keep(player.transport.position())
        assert kept[-1] == (1, 10_000.0)
        player.navigation.seek(4, 0)
        watch.keep(player.transport.position())
        assert kept[-1] == (4, 20_000.0), "the listener chose it now"
