"""The output that watches over its sound device."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, islice
from queue import SimpleQueue
from threading import Event

import pytest

from player.errors import OutputError
from player.playback.output.supervised import SupervisedOutput
from tests.support.waiting import wait_until

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
        notices: list[str] = []
        output = SupervisedOutput(1000, notices.append, open_device=open_device)
        output.start(lambda frames: b"ab" * frames, lambda: False)
        output.wake()
        assert devices[n].heard.empty()
        output.begin()
        assert devices[n].heard.get(timeout=60) == b"ab" * 10
        output.close()
        assert devices[n].heard.empty()
        assert not notices


def test_a_device_that_never_had_anything_to_play_is_closed() -> None:
    closed = Event()

    class Closing(Recorder):
        def close(self) -> None:
            closed.set()

    output = SupervisedOutput(1000, lambda notice: None, open_device=Closing)
    output.start(lambda frames: b"ab" * frames, lambda: True)
    output.close()
    assert closed.wait(60)


def test_a_device_that_was_released_has_time_to_wake_up_before_the_story() -> None:
    devices: SimpleQueue[Pulled] = SimpleQueue()
    idle = [False]
    output = SupervisedOutput(1000, lambda notice: None, open_device=lambda rate: Pulled(devices))
    output.start(lambda frames: b"ab" * frames, lambda: idle[0])
    output.begin()
    first = devices.get(timeout=60)
    assert first.pull(10) == b"ab" * 10
    idle[0] = True
    assert first.closed.wait(60)
    idle[0] = False
    output.wake()
    second = devices.get(timeout=60)
    wait_until(lambda: second.pull(10) == bytes(20), "silence, and no more sleep")
    silent = 10
    while second.pull(10) == bytes(20):
        silent += 10
    assert silent >= 150
    assert second.pull(10) == b"ab" * 10
    output.close()


def test_a_device_that_is_chosen_goes_on_at_the_next_frame() -> None:
    devices: dict[str, SimpleQueue[Pulled]] = {"": SimpleQueue(), "headset": SimpleQueue()}
    told = count()
    output = SupervisedOutput(1000, lambda notice: None, open_device=lambda rate, wanted="": Pulled(devices[wanted]))
    output.start(lambda frames: bytes([0, *islice(told, 1)]), lambda: False)
    output.begin()
    before = devices[""].get(timeout=60)
    assert [before.pull(1)[1] for _ in range(3)] == [0, 1, 2]
    output.play_on("headset")
    after = devices["headset"].get(timeout=60)
    heard: list[int] = []

    def moves() -> bool:
        left, came = before.pull(1)[1], after.pull(1)[1]
        heard.extend(filter(None, (left, came)))
        return came > 0

    wait_until(moves, "the story on the other device")
    assert heard == list(range(3, 3 + len(heard))), "nothing is lost, nothing said twice"
    assert before.closed.wait(60)
    output.close()


def test_sound_comes_back_after_an_unexpected_error() -> None:
    devices: SimpleQueue[Pulled] = SimpleQueue()
    opened = count()

    class Lost(Recorder):
        def start(self, pull: object) -> None:
            raise OutputError("the sound device does not start")

    def failing(silent: bool) -> None:
        if silent:
            raise RuntimeError("nobody expects this")

    notices: list[str] = []
    output = SupervisedOutput(
        1000, notices.append, open_device=lambda rate: Pulled(devices) if next(opened) else Lost(rate)
    )
    output.on_change = failing
    output.start(lambda frames: b"ab" * frames, lambda: False)
    output.begin()
    second = devices.get(timeout=60)
    wait_until(lambda: second.pull(10) == b"ab" * 10, "the story on another device")
    wait_until(lambda: notices[-1] == "Sound is back.", "the notice")
    output.close()


class Pulled:
    """A sound device that a test pulls from."""

    name, latency = "pulled", 0.0

    def __init__(self, devices: SimpleQueue[Pulled]) -> None:
        self.closed = Event()
        self.pull: Callable[[int], bytes] = bytes
        self._devices = devices

    def start(self, pull: Callable[[int], bytes]) -> None:
        self.pull = pull
        self._devices.put(self)

    def close(self) -> None:
        self.closed.set()
