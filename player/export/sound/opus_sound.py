"""A story's sound as Opus in Ogg: packets of chunks encoded in parallel, joined."""

from __future__ import annotations

from collections import Counter
from typing import BinaryIO, NamedTuple

from player.errors import ExportError
from player.export import Job
from player.export.sound.av_codec import AvCodec, bitrate
from player.export.sound.encoding import encoded
from player.speech.engine import Samples
from player.speech.sound.loudness import integrated

BITRATE = 32
"""kbit/s: transparent for one voice (Opus's own recommendation for full-band speech is 28 to 40)."""
FOR_PAGES = 24
"""kbit/s of the sound of a page: still clear, and a quarter less to load."""
_MOST = 256
"""kbit/s: FFmpeg's maximum for one channel."""
_RATE = 48_000
"""Samples per second in which Opus counts, whatever its input (RFC 7845, 4)."""
_RATES = (8_000, 12_000, 16_000, 24_000, _RATE)
"""Samples per second of an encoder's input."""
_FRAMES_PER_SECOND = 50
_DELAY = 312
"""Samples at 48 kHz by which libopus delays the sound: its look-ahead, the pre-skip of RFC 7845."""


class OpusSound(NamedTuple):
    """The sound that was written."""

    begins: dict[int, Samples]
    """{block: its first sample}, from the sound's beginning."""
    samples: Samples
    """Length, at the timeline's rate."""
    loudness: float | None
    """LUFS; None for silence."""


def can_be_made(rate: int) -> bool:
    """Return True if Opus takes sound of so many samples per second."""
    return rate % _FRAMES_PER_SECOND == 0


def write_sound(job: Job, file: BinaryIO, usual: int = BITRATE, *, reserved: int = 0) -> OpusSound:
    """Write the story's sound, at the job's bit rate or else `usual` kbit/s; afterwards the timeline knows its times.
    A comment of so many bytes is `reserved` for those that are known only then.

    Raises ExportError, UsageError, EngineError, OSError, or Cancelled.
    """
    import av
    from av.container import OutputContainer

    coding = _coding(job, usual)
    begins: dict[int, Samples] = {}
    heard: Counter[int] = Counter()
    total, number = 0, 0
    size = _RATE // _FRAMES_PER_SECOND
    with av.open(file, "w", format="ogg", options={"fflags": "+bitexact"}) as container:
        assert isinstance(container, OutputContainer)
        stream = container.add_stream("libopus", rate=coding.coded_rate)
        coding.set_up(stream.codec_context)
        if reserved:
            stream.metadata["RESERVED"] = "-" * reserved
        container.start_encoding()

        def put(data: bytes, last: int | None = None) -> None:
            nonlocal number
            packet = av.Packet(data)
            packet.stream = stream  # whose clock Opus counts in, whatever the encoder's rate
            packet.pts = packet.dts = number * size - _DELAY
            packet.duration = size if last is None else min(size, last - packet.pts)
            container.mux(packet)
            number += 1

        for work in encoded(job, coding):
            total = work.enter(begins, total)
            chunk = work.chunk.result()
            heard.update(chunk.windows)
            at = 0
            for length in chunk.sizes:
                put(chunk.data[at : at + length])
                at += length
        silence = coding.encode(bytes(4 * coding.frame * 2))
        end = total * _RATE // coding.rate
        while number * size - _DELAY < end:
            put(silence[2], last=end)
    return OpusSound(begins, Samples(total), integrated(heard))


def codec(rate: int, kbits: int) -> AvCodec:
    """Return the encoder for sound of `rate` samples per second, which must be one that Opus takes."""
    # Not "voip", which changes the sound to be understood over bad lines, and raises peaks by up to 2 dB. With less
    # effort than the usual 10 it is a tenth quicker at 7, and a little further from the speech; at 6, with no account
    # of what is speech, three times as quick and a fifth larger.
    options = (("application", "audio"), ("frame_duration", "20"))
    # At the voice's rate, or the next that Opus takes: resampled to 48 kHz, a voice of 24 kHz takes a tenth longer, and
    # a thirtieth of the bits goes to a band that is empty.
    coded_rate = next(one for one in _RATES if one >= min(rate, _RATE))
    return AvCodec("libopus", rate, coded_rate, kbits, rate // _FRAMES_PER_SECOND, lead=0, priming=0, options=options)


def _coding(job: Job, usual: int) -> AvCodec:
    rate = job.timeline.rate
    if not can_be_made(rate):
        raise ExportError(f"Opus does not support the sample rate of this voice ({rate} Hz)", "choose another voice")
    return codec(rate, bitrate(job.options, usual, _MOST, "Opus"))
