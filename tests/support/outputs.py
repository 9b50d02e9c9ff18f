"""An output that plays when a test says so, in place of the loudspeaker and its clock."""

from __future__ import annotations

from collections.abc import Callable

from player.playback.output import Idle, Pull, ignore_change


class ManualOutput:
    """Pulls exactly what a test asks for, and keeps everything heard."""

    silent = False
    device = ""
    latency = 0.0

    def __init__(self, rate: int, before: ManualOutput | None = None) -> None:
        self.on_change: Callable[[bool], None] = ignore_change
        self.rate = rate
        self.heard = bytearray()
        self.next: ManualOutput | None = None
        """The output opened in its place at another rate, which plays from then on."""
        self._time = [1.0] if before is None else before._time
        self._pull: Pull | None = None

    def clock(self) -> float:
        """Return seconds, as the output counts them."""
        return self._time[0]

    def start(self, pull: Pull, idle: Idle) -> None:
        """See Output."""
        self._pull = pull
        self.idle = idle

    def wake(self) -> None:
        """See Output."""

    def begin(self) -> None:
        """See Output."""

    def play_on(self, device: str) -> None:
        """See Output."""

    def play(self, frames: int) -> bytes:
        """Play `frames` frames; return their PCM."""
        if self.next is not None:
            return self.next.play(frames)
        assert self._pull is not None
        pcm = self._pull(frames)
        self._time[0] += frames / self.rate
        self.heard += pcm
        return pcm

    def close(self) -> None:
        """See Output."""

    def at_rate(self, rate: int) -> ManualOutput:
        """See Output."""
        self.next = ManualOutput(rate, self)
        return self.next
