"""An output that plays when a test says so: stands in for the loudspeaker and its clock."""

from __future__ import annotations

from collections.abc import Callable

from player.playback.output import Pull, nobody


class ManualOutput:
    """Pulls exactly what a test asks for, and keeps all that was heard."""

    silent = False
    latency = 0.0

    def __init__(self, rate: int) -> None:
        self.on_change: Callable[[bool], None] = nobody
        self.rate = rate
        self.now = 1.0
        self.heard = bytearray()
        self._pull: Pull | None = None

    def clock(self) -> float:
        """Seconds, as the output counts them."""
        return self.now

    def start(self, pull: Pull) -> None:
        """See Output."""
        self._pull = pull

    def play(self, frames: int) -> bytes:
        """Let so many frames sound."""
        assert self._pull is not None
        pcm = self._pull(frames)
        self.now += frames / self.rate
        self.heard += pcm
        return pcm

    def close(self) -> None:
        """See Output."""
