"""16-bit mono PCM to and from PyAV's frames, and at another rate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av import AudioFrame, AudioResampler


def frame_of(pcm: bytes | bytearray, rate: int, at: int = 0) -> AudioFrame:
    """A frame of this sound, which begins at sample `at` of a whole."""
    import av  # 0.06 s

    frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
    frame.sample_rate = rate
    frame.pts = at
    frame.planes[0].update(bytes(pcm))
    return frame


def pcm_of(frames: Iterable[AudioFrame]) -> bytes:
    """The sound of frames, without what their buffers hold behind it."""
    return b"".join(bytes(frame.planes[0])[: frame.samples * 2] for frame in frames)


def resampler(rate: int) -> AudioResampler:
    """Makes 16-bit mono frames at a rate of any others."""
    import av

    return av.AudioResampler(format="s16", layout="mono", rate=rate)


def resampled(pcm: bytes, rate: int, wanted: int) -> bytes:
    """The sound at the `wanted` rate; its length may be off by a sample or two."""
    if rate == wanted:
        return pcm
    made = resampler(wanted)
    return pcm_of([*made.resample(frame_of(pcm, rate)), *made.resample(None)])
