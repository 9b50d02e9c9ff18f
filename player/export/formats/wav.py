"""WAV: uncompressed samples, for programs that read nothing else. Title and author, and a cue point for each chapter,
follow the samples, so that the samples stand where simple programs look for them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import BinaryIO

from player.errors import ExportError
from player.export import Job
from player.export.metadata.chapters import chapters
from player.export.metadata.public_source import public_source
from player.speech.engine import Seconds
from player.story.model import Story
from player.story.text import clean

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
    begins: dict[int, int] = {}
    for sound in job.sounds():
        job.check()
        begins.setdefault(sound.block, total // 2)
        total += len(sound.pcm)
        if can_seek and total > _LARGEST:
            raise ExportError("the story is longer than a WAV file can be", "export it as .flac")
        file.write(sound.pcm)
    if can_seek:
        marks = [(begins[chapter.block], clean(chapter.title)) for chapter in chapters(job.story)]
        more = _info(job.story, job.narrator) + (_cues(marks) if marks else b"")
        file.write(more)
        file.seek(0)
        file.write(_header(rate, total, len(more)))
    return Seconds(total / 2 / rate)


def _header(rate: int, length: int, more: int = 0) -> bytes:
    """Return the header for `length` bytes of 16-bit mono PCM, and `more` bytes after them."""
    whole = min(length + 36 + more, _UNKNOWN)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16)
    return struct.pack("<4sI4s", b"RIFF", whole, b"WAVE") + form + struct.pack("<4sI", b"data", length)


def _info(story: Story, narrator: str) -> bytes:
    """Return what the file says of itself, as RIFF's INFO list."""
    facts = {
        b"INAM": story.title,
        b"IART": story.byline,
        b"IPRD": story.part_of.title if story.part_of else "",
        b"ICRD": story.published,
        b"IGNR": "Speech",
        b"ISRC": public_source(story.source),
        b"ICMT": f"Read by {narrator}",
    }
    said = b"".join(_chunk(name, clean(value).encode() + b"\0") for name, value in facts.items() if value)
    return _chunk(b"LIST", b"INFO" + said)


def _cues(marks: Sequence[tuple[int, str]]) -> bytes:
    """Return cue points and their labels; `marks` are (sample, title)."""
    points = b"".join(struct.pack("<II4sIII", number, at, b"data", 0, 0, at) for number, (at, _) in enumerate(marks, 1))
    labels = b"".join(
        _chunk(b"labl", struct.pack("<I", number) + title.encode() + b"\0")
        for number, (_, title) in enumerate(marks, 1)
    )
    return _chunk(b"cue ", struct.pack("<I", len(marks)) + points) + _chunk(b"LIST", b"adtl" + labels)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack("<4sI", name, len(data)) + data + bytes(len(data) % 2)
