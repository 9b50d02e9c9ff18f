"""Time stretching: the same voice faster or slower, at unchanged pitch.

FFmpeg's `atempo` through PyAV, about 3000 times real time. The engines' own speed settings are not used: each would
need a new rendering, and neural voices lose words at high speed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.speech.sound.pcm import frame_of, pcm_of

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

SLOWEST, FASTEST = 0.5, 4.0
"""Factors on the speed of speech."""


class Tempo:
    """A filter on 16-bit mono PCM. Output is `speed` times as fast, and lags behind the input."""

    def __init__(self, rate: int, speed: float) -> None:
        """`rate` in samples per second; `speed` within SLOWEST … FASTEST."""
        from fractions import Fraction

        import av  # 0.06 s
        from av.filter import Graph

        self._av = av
        self._rate = rate
        self._given = 0
        self._graph = Graph()
        source = self._graph.add_abuffer(sample_rate=rate, format="s16", layout="mono", time_base=Fraction(1, rate))
        stretch = self._graph.add("atempo", f"{speed:.4f}")
        sink = self._graph.add("abuffersink")
        source.link_to(stretch)
        stretch.link_to(sink)
        self._graph.configure()

    def push(self, pcm: bytes) -> bytes:
        """Add input; return the output that is ready, often none at first."""
        frame = frame_of(pcm, self._rate, self._given)
        self._given += frame.samples
        self._graph.push(frame)
        return self._ready()

    def flush(self) -> bytes:
        """Return the rest of the output. Call it last."""
        self._graph.push(None)
        return self._ready()

    def _ready(self) -> bytes:
        out: list[AudioFrame] = []
        while True:
            try:
                out.append(self._graph.pull())  # type: ignore[arg-type]
            except (self._av.error.BlockingIOError, self._av.error.EOFError):
                return pcm_of(out)
