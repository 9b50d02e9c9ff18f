"""The output that watches over its sound device."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Event

import pytest

from player.playback.output.supervised import SupervisedOutput

pytestmark = pytest.mark.quick


class Recorder:
    """A sound device that pulls once, as soon as it is started."""

    name, latency = "recorder", 0.0

    def __init__(self, rate: int) -> None:
        self.heard: SimpleQueue[bytes] = SimpleQueue()

    def start(self, pull: object) -> None:
        assert callable(pull)
        self.heard.put(pull(10))

    def close(self) -> None:
        pass


def test_a_device_pulls_once_there_is_something_to_play() -> None:
    devices: list[Recorder] = []

    def open_device(rate: int) -> Recorder:
        devices.append(Recorder(rate))
        return devices[-1]

    for n in range(20):
        idle = [True]
        notices: list[str] = []
        output = SupervisedOutput(1000, notices.append, open_device=open_device)
        output.start(lambda frames: b"ab" * frames, lambda idle=idle: idle[0])  # type: ignore[misc]
        output.wake()
        assert devices[n].heard.empty()
        idle.clear()
        idle.append(False)
        output.wake()
        assert devices[n].heard.get(timeout=60) == b"ab" * 10
        output.close()
        assert devices[n].heard.empty()
        assert not notices


def test_a_device_that_is_started_while_playing_pulls_at_once() -> None:
    device = Recorder(1000)
    output = SupervisedOutput(1000, lambda notice: None, open_device=lambda rate: device)
    output.start(lambda frames: b"ab" * frames, lambda: False)
    assert device.heard.get(timeout=60) == b"ab" * 10
    output.close()


def test_a_device_that_never_had_anything_to_play_is_closed() -> None:
    closed = Event()

    class Closing(Recorder):
        def close(self) -> None:
            closed.set()

    output = SupervisedOutput(1000, lambda notice: None, open_device=Closing)
    output.start(lambda frames: b"ab" * frames, lambda: True)
    output.close()
    assert closed.wait(60)
