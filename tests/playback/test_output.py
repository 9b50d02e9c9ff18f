from __future__ import annotations

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
    silent.start(lambda frames: pulled.append(frames) or b"")  # type: ignore[func-returns-value]
    for now[0] in (0.0, 0.5, 3600.0, 3600.5):
        count = len(pulled) + 1
        wait_until(lambda count=count: len(pulled) > count, "a pull at this time")  # type: ignore[misc]
    silent.close()
    assert sum(pulled) == 1000
