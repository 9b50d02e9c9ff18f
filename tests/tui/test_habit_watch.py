"""Habits are kept while one listens."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from player.library.habits import Habits
from player.tui.habit_watch import HabitWatch
from tests.support.waiting import wait_until
from tests.tui.stage import Listened, stage


async def test_a_changed_speed_is_kept_before_one_leaves(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        listening = s.app.listening
        assert isinstance(listening, Listened)
        await s.pilot.press("]")
        speed = s.player.transport.speed
        await s.until(lambda: Habits(speed=speed) in listening.kept, "the speed to be kept")
    assert listening.kept == [Habits(speed=speed)]


def test_habits_are_kept_once_they_have_settled() -> None:
    now, kept = 0.0, list[Habits]()
    watch = HabitWatch(Habits(1.0, 100), kept.append, lambda: now)
    assert watch.look(Habits(1.0, 100)) is None
    assert watch.look(Habits(1.1, 100)) == 2.0
    now = 1.5
    assert watch.look(Habits(1.2, 100)) == 2.0
    now = 3.0
    assert watch.look(Habits(1.2, 100)) == 0.5
    assert not kept
    now = 3.5
    assert watch.look(Habits(1.2, 100)) is None
    wait_until(lambda: kept == [Habits(1.2)], "the thread")
    watch.look(Habits(1.0, 100))
    watch.leave(Habits(1.0, 80))
    assert kept == [Habits(1.2), Habits(1.0, 80)]
    watch.leave(Habits(1.0, 80))
    assert kept == [Habits(1.2), Habits(1.0, 80)]


def test_a_disk_that_hangs_holds_nothing_up_until_one_leaves() -> None:
    now, kept, free = 0.0, list[Habits](), Event()

    def keep(changed: Habits) -> None:
        free.wait()
        kept.append(changed)

    watch = HabitWatch(Habits(1.0), keep, lambda: now)
    for speed in (1.5, 2.0):
        watch.look(Habits(speed))
        now += 5.0
        watch.look(Habits(speed))
    assert watch.look(Habits(2.0)) == 2.0
    free.set()
    watch.leave(Habits(2.0))
    assert kept == [Habits(1.5), Habits(2.0)]
