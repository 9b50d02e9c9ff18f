"""Sound on its way to the output: what is ready, how it fades in and out, and how much of it was heard."""

from __future__ import annotations

from collections.abc import Callable

from player.playback.transport.ring import Ring
from player.playback.transport.run import FADE_SECONDS, faded


class Playout:
    """16-bit mono PCM of one run after another. Callers hold the transport's lock."""

    def __init__(self, rate: int, clock: Callable[[], float]) -> None:
        """`rate` in frames per second; `clock` returns seconds, in step with the output."""
        self.playing = False
        """False while paused."""
        self.handed = 0
        """Frames of the run given to the output."""
        self.starved = 0
        """Frames of silence within the run, for want of sound."""
        self._rate = rate
        self._clock = clock
        self._ring = Ring()
        self._sounding = False  # the last frames given to the output were of the run
        self._tail = b""  # end of what a jump interrupted, fading out
        self._last_pull = (0.0, 0)  # time of the last pull, and its frames of the run
        self._heard = 0.0  # frames of the run certainly heard

    @property
    def frames(self) -> int:
        """Number of frames that are ready."""
        return self._ring.frames

    @property
    def fading(self) -> bool:
        """True until the end of what a jump interrupted was given to the output."""
        return bool(self._tail)

    @property
    def silent(self) -> bool:
        """True when the output was given everything, up to the end of the fade."""
        return not self._sounding and not self._tail

    def heard(self, latency: float) -> float:
        """Return the number of frames of the run heard by now, with an output of so many seconds of latency."""
        when, count = self._last_pull
        if self.playing and when:
            since = (self._clock() - when - latency) * self._rate
            self._heard = max(self._heard, min(self.handed - count + since, self.handed))
        return self._heard

    def push(self, pcm: bytes) -> None:
        """Append sound of the run."""
        self._ring.push(pcm)

    def restart(self, rate: int) -> None:
        """Begin a new run, at another rate perhaps; what sounds of the old one fades out."""
        if self._sounding:
            self._tail = faded(self._ring.take(self._fade_frames), self._rate, rising=False)
            self._sounding = self.playing
        self._ring.clear()
        self._rate = rate
        self.handed = self.starved = 0
        self._last_pull = (0.0, 0)
        self._heard = 0.0

    def stop(self) -> None:
        """Give up what fades out: its output hangs."""
        self._tail, self._sounding = b"", False

    def pull(self, frames: int, *, more: bool) -> bytes:
        """Return at most so many frames: what fades out, then the run's. There is `more` if the run goes on."""
        tail = self._pull_tail(frames)
        room = frames - len(tail) // 2
        pcm = b""
        if self.playing:
            pcm = self._ring.take(room)
            if self.handed and more:
                self.starved += room - len(pcm) // 2
            if pcm and not self._sounding:
                pcm = faded(pcm, self._rate, rising=True)
            self._sounding = bool(pcm)
        elif self._sounding:
            pcm = faded(self._ring.take(min(room, self._fade_frames)), self._rate, rising=False)
            self._sounding = False
        if pcm:
            count = len(pcm) // 2
            self.handed += count
            # The fading tail plays first: the run's frames are heard that much later.
            self._last_pull = (self._clock() + len(tail) / 2 / self._rate, count)
        return tail + pcm

    def pull_last(self, frames: int) -> bytes:
        """Return at most so many frames for an output that is being replaced: what fades out, and nothing else."""
        self._sounding = False
        return self._pull_tail(frames)

    def _pull_tail(self, frames: int) -> bytes:
        pcm, self._tail = self._tail[: frames * 2], self._tail[frames * 2 :]
        return pcm

    @property
    def _fade_frames(self) -> int:
        return int(self._rate * FADE_SECONDS)
