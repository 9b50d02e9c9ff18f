"""WAV: the samples as they are, for programs that know nothing else."""

from __future__ import annotations

import wave
from typing import BinaryIO

from player.errors import ExportError
from player.export import Job
from player.speech.engine import Seconds

_LARGEST = 4_294_967_295 - 4096
"""Bytes: a WAV file counts them in 32 bits."""


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter. Also raises ExportError for more than a WAV file can hold: 27 hours at 22 kHz."""
    rate = job.timeline.rate
    total = 0
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(rate)
        for sound in job.sounds():
            job.check()
            total += len(sound.pcm)
            if total > _LARGEST:
                raise ExportError("the story is longer than a WAV file can be", "export it as .flac")
            made.writeframesraw(sound.pcm)
    return Seconds(total / 2 / rate)
