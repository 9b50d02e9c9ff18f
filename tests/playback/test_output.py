from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from player.playback import output
from player.playback.output import SilentOutput
from tests.support.waiting import wait_until

pytestmark = pytest.mark.quick


def test_a_silent_player_that_the_shell_had_stopped_played_nothing_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    now, pulled = [0.0], [0]
    monkeypatch.setattr(output, "time", SimpleNamespace(monotonic=lambda: now[0]))
    silent = SilentOutput(1000)
    silent.start(lambda frames: pulled.append(frames) or b"", lambda: False)  # type: ignore[func-returns-value]
    for now[0] in (0.0, 0.5, 3600.0, 3600.5):
        count = len(pulled) + 1
        wait_until(lambda count=count: len(pulled) > count, "a pull at this time")  # type: ignore[misc]
    silent.close()
    assert sum(pulled) == 1000


def test_silence_sleeps_while_nothing_is_to_be_heard_and_plays_none_of_it_when_woken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    playing, asked, pulled, now = threading.Event(), threading.Semaphore(0), [0], [0.0]
    monkeypatch.setattr(output, "time", SimpleNamespace(monotonic=lambda: now[0]))
    silent = SilentOutput(1000)

    def idle() -> bool:
        asked.release()
        return not playing.is_set()

    silent.start(lambda frames: pulled.append(frames) or b"", idle)  # type: ignore[func-returns-value]
    asked.acquire()
    asked.acquire()  # it asks once more before it sleeps
    assert not asked.acquire(timeout=0.3)
    assert pulled == [0]
    now[0] = 0.5  # less than a process that was stopped
    playing.set()
    silent.wake()
    wait_until(lambda: len(pulled) > 3, "it to play")
    assert sum(pulled) == 0
    now[0] = 0.75
    wait_until(lambda: sum(pulled) == 250, "as much as time has passed")
    silent.close()
    wait_until(lambda: "silent-output" not in {thread.name for thread in threading.enumerate()}, "its thread to end")
