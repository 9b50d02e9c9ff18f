"""Opus in Ogg: half the size of an equally good MP3, with chapters and a cover as comments."""

from __future__ import annotations

import base64
from collections import Counter
from fractions import Fraction
from typing import BinaryIO

from player.errors import ExportError
from player.export import Job
from player.export.sound.av_codec import AvCodec, bitrate
from player.export.sound.encoding import encoded
from player.export.tagging import plain_errors
from player.export.vorbis_comments import comments, picture
from player.speech.engine import Samples, Seconds
from player.speech.loudness import R128_REFERENCE, integrated

BITRATE = 32
"""kbit/s: transparent for one voice (Opus's own recommendation for full-band speech is 28 to 40)."""
_OF_PAGES = 24
"""kbit/s of the sound beside a page: still clear, and a quarter less to load."""
_MOST = 256
"""kbit/s: FFmpeg's maximum for one channel."""
_RATE = 48_000
"""Samples per second in which Opus counts, whatever its input (RFC 7845, 4)."""
_FRAMES_PER_SECOND = 50
_DELAY = 312
"""Samples at 48 kHz by which libopus delays the sound: its look-ahead, the pre-skip of RFC 7845."""


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter."""
    rate = job.timeline.rate
    frame, rest = divmod(rate, _FRAMES_PER_SECOND)
    if rest:
        raise ExportError(f"Opus does not support the sample rate of this voice ({rate} Hz)", "choose another voice")
    kbits = bitrate(job.options, _OF_PAGES if job.options.split else BITRATE, _MOST, "Opus")
    # Not "voip", which changes the sound to be understood over bad lines, and raises peaks by up to 2 dB.
    options = (("application", "audio"), ("frame_duration", "20"))
    codec = AvCodec("libopus", rate, _RATE, kbits, frame, lead=0, priming=0, options=options)
    begins, total, loudness = _mux(job, codec, file)
    _tag(job, file, begins, loudness)
    return Seconds(total / rate)


def _mux(job: Job, codec: AvCodec, file: BinaryIO) -> tuple[dict[int, Samples], int, float | None]:
    """Write all packets; return ({block: first sample}, total length), in samples of the timeline, and the loudness in
    LUFS."""
    import av
    from av.container import OutputContainer

    begins: dict[int, Samples] = {}
    heard: Counter[int] = Counter()
    total, number = 0, 0
    clock = Fraction(1, _RATE)
    size = codec.coded_frame
    with av.open(file, "w", format="ogg", options={"fflags": "+bitexact"}) as container:
        assert isinstance(container, OutputContainer)
        stream = container.add_stream("libopus", rate=_RATE)
        codec.set_up(stream.codec_context)
        container.start_encoding()

        def put(data: bytes, last: int | None = None) -> None:
            nonlocal number
            packet = av.Packet(data)
            packet.stream = stream
            packet.time_base = clock
            packet.pts = packet.dts = number * size - _DELAY
            packet.duration = size if last is None else min(size, last - packet.pts)
            container.mux(packet)
            number += 1

        for work in encoded(job, codec):
            for piece, samples in zip(work.pieces, work.lengths, strict=True):
                begins.setdefault(piece.block, Samples(total))
                total += samples
            chunk = work.chunk.result()
            heard.update(chunk.windows)
            at = 0
            for length in chunk.sizes:
                put(chunk.data[at : at + length])
                at += length
        silence = codec.encode(bytes(4 * codec.frame * 2))
        end = total * _RATE // codec.rate
        while number * size - _DELAY < end:
            put(silence[2], last=end)
    return begins, total, integrated(heard)


@plain_errors()
def _tag(job: Job, file: BinaryIO, begins: dict[int, Samples], loudness: float | None) -> None:
    from mutagen.oggopus import OggOpus

    file.seek(0)
    made = OggOpus(file)
    assert made.tags is not None
    made.tags.clear()
    for name, value in comments(job, begins):
        made.tags.append((name, value))
    if loudness is not None:
        made.tags.append(("R128_TRACK_GAIN", str(round((R128_REFERENCE - loudness) * 256))))
    made.tags.append(("METADATA_BLOCK_PICTURE", base64.b64encode(picture(job).write()).decode()))
    file.seek(0)
    made.save(file, padding=lambda info: 0)
