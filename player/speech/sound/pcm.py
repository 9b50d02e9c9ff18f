"""16-bit mono PCM to and from PyAV's frames, and at another rate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from player.errors import EngineError

if TYPE_CHECKING:
    from av import AudioFrame, AudioResampler

FORMATS = "wav,w64,aiff,au,caf,flac,ogg,mp3,aac,mov,matroska"
"""Formats of FFmpeg that hold their sound themselves; a playlist could name any other file or address."""
_MOST_SECONDS = 1800
"""Sound longer than this is no utterance: it is not decoded further."""


def decoded(file: str | BinaryIO) -> tuple[bytes, int]:
    """Return a sound file (its path, or open) as 16-bit mono PCM, and its rate. Raises EngineError when it is none."""
    import av  # 0.06 s

    parts: list[bytes] = []
    seconds = 0.0
    try:
        with av.open(file, "r", options={"format_whitelist": FORMATS}) as opened:
            rate = int(opened.streams.audio[0].rate)
            made = resampler(rate)
            for frame in opened.decode(audio=0):
                parts.append(pcm_of(made.resample(frame)))
                seconds += frame.samples / frame.sample_rate
                if seconds > _MOST_SECONDS:
                    raise EngineError(f"what came in place of speech lasts over {_MOST_SECONDS // 60} minutes")
            parts.append(pcm_of(made.resample(None)))
    except (av.FFmpegError, IndexError, ValueError, ZeroDivisionError) as e:
        raise EngineError(f"what came in place of speech is no sound file ({e})") from e
    return b"".join(parts), rate


def frame_of(pcm: bytes | bytearray, rate: int, at: int = 0) -> AudioFrame:
    """Return a frame of this sound, which begins at sample `at` of a whole."""
    import av  # 0.06 s

    frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
    frame.sample_rate = rate
    frame.pts = at
    frame.planes[0].update(bytes(pcm))
    return frame


def pcm_of(frames: Iterable[AudioFrame]) -> bytes:
    """Return the sound of frames, without what their buffers hold behind it."""
    return b"".join(bytes(frame.planes[0])[: frame.samples * 2] for frame in frames)


def resampler(rate: int) -> AudioResampler:
    """Makes 16-bit mono frames at a rate of any others."""
    import av

    return av.AudioResampler(format="s16", layout="mono", rate=rate)


def resampled(pcm: bytes, rate: int, wanted: int) -> bytes:
    """Return the sound at the `wanted` rate; its length may be off by a sample or two."""
    if rate == wanted:
        return pcm
    made = resampler(wanted)
    return pcm_of([*made.resample(frame_of(pcm, rate)), *made.resample(None)])
