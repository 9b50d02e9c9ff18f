"""The output that watches over its sound device."""

from __future__ import annotations

import pytest

from player.playback.output.supervised import SupervisedOutput

pytestmark = pytest.mark.quick


class Eager:
    """A sound device that pulls as soon as it is open, before its opening returns."""

    name, latency = "eager", 0.0

    def __init__(self, rate: int) -> None:
        self.heard: list[bytes] = []

    def start(self, pull: object) -> None:
        assert callable(pull)
        self.heard.append(pull(10))

    def close(self) -> None:
        pass


def test_a_device_may_pull_before_the_output_is_made() -> None:
    devices: list[Eager] = []

    def open_device(rate: int) -> Eager:
        devices.append(Eager(rate))
        return devices[-1]

    for _ in range(20):
        notices: list[str] = []
        output = SupervisedOutput(1000, notices.append, open_device=open_device)
        output.start(lambda frames: bytes(2 * frames), lambda: True)
        output.close()
        assert not notices
    assert [device.heard for device in devices] == [[bytes(20)]] * 20
