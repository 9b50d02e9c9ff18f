"""FLAC: lossless sound at half the size of a WAV file, with chapters and a cover."""

from __future__ import annotations

from typing import Any, BinaryIO

from player.export import Job
from player.export.metadata.tagging import plain_errors
from player.export.metadata.vorbis_comments import comments, picture
from player.speech.engine import Samples, Seconds
from player.speech.sound.pcm import frame_of


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter. FFmpeg encodes as fast as speech is rendered, so nothing is kept."""
    import av
    from av.container import OutputContainer

    rate = job.timeline.rate
    begins: dict[int, Samples] = {}
    total = 0
    with av.open(file, "w", format="flac", options={"fflags": "+bitexact"}) as container:
        assert isinstance(container, OutputContainer)
        stream = container.add_stream("flac", rate=rate, layout="mono", options={"flags": "+bitexact"})
        for sound in job.sounds():
            job.check()
            begins.setdefault(sound.block, Samples(total))
            container.mux(stream.encode(frame_of(sound.pcm, rate, total)))
            total += len(sound.pcm) // 2
        container.mux(stream.encode(None))
    _tag(job, file, {block: begins.get(block, job.timeline.start(block)) for block in range(len(job.story.blocks))})
    return Seconds(total / rate)


@plain_errors()
def _tag(job: Job, file: BinaryIO, begins: dict[int, Samples]) -> None:
    from mutagen.flac import FLAC

    file.seek(0)
    made = FLAC(file)
    if made.tags is None:
        made.add_tags()
    tags: Any = made.tags
    tags.clear()
    for name, value in comments(job, begins):
        tags.append((name, value))
    made.add_picture(picture(job))
    file.seek(0)
    made.save(file, padding=lambda info: 0)
