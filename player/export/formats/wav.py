"""WAV: uncompressed samples, for programs that read nothing else."""

from __future__ import annotations

import struct
from typing import BinaryIO

from player.errors import ExportError
from player.export import Job
from player.speech.engine import Seconds

_LARGEST = 4_294_967_295 - 4096
"""Bytes: WAV counts them in 32 bits."""


_UNKNOWN = 0xFFFFFFFF
"""Length of a stream, as FFmpeg writes it: read to the end."""


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter. Also raises ExportError above a WAV file's limit (27 hours at 22 kHz); a stream has none."""
    rate = job.timeline.rate
    can_seek = file.seekable()
    file.write(_header(rate, 0 if can_seek else _UNKNOWN))
    total = 0
    for sound in job.sounds():
        job.check()
        total += len(sound.pcm)
        if can_seek and total > _LARGEST:
            raise ExportError("the story is longer than a WAV file can be", "export it as .flac")
        file.write(sound.pcm)
    if can_seek:
        file.seek(0)
        file.write(_header(rate, total))
    return Seconds(total / 2 / rate)


def _header(rate: int, length: int) -> bytes:
    """Return the header for `length` bytes of 16-bit mono PCM."""
    whole = min(length + 36, _UNKNOWN)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16)
    return struct.pack("<4sI4s", b"RIFF", whole, b"WAVE") + form + struct.pack("<4sI", b"data", length)
