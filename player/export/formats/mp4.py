"""M4B and M4A: AAC with chapters and a cover, for audiobook players."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from player import atomic
from player.export import Job
from player.export.metadata.public_source import public_source
from player.export.metadata.tagging import plain_errors
from player.export.pictures.cover import cover
from player.export.sound.aac import AacSound, packets, set_chapters, write_packets
from player.speech.engine import Seconds
from player.story.language_tag import three_letters
from player.story.text import clean

if TYPE_CHECKING:
    from player.story.model import Story

_AUDIOBOOK = 2
"""Value of iTunes's `stik` (kind of media)."""


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter. Chapter times come first but are known last, so the packets are collected in a file."""
    with atomic.temporary_folder() as folder:
        with (folder / "packets").open("w+b") as waiting:
            sound = write_packets(job, waiting)
            waiting.seek(0)
            _mux(folder / "book.m4b", job, sound, waiting)
        _tag(folder / "book.m4b", job, audiobook=job.suffix == ".m4b")
        job.check()
        with (folder / "book.m4b").open("rb") as made:
            shutil.copyfileobj(made, file, 1 << 20)
    return Seconds(sound.total / job.timeline.rate)


def _mux(path: Path, job: Job, sound: AacSound, waiting: BinaryIO) -> None:
    """Write the MP4, with the index in front so that it plays while it is downloading."""
    import av
    from av.container import OutputContainer

    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    # Opened by name: FFmpeg moves the index by opening the finished file again.
    with av.open(str(path), "w", format="ipod", options=options) as container:
        assert isinstance(container, OutputContainer)
        stream = container.add_stream("aac", rate=sound.codec.rate)
        sound.codec.set_up(stream.codec_context)
        if language := three_letters(job.timeline.script.language):
            stream.metadata["language"] = language
        set_chapters(container, job, sound)
        container.start_encoding()
        for packet in packets(sound, waiting, stream):
            container.mux(packet)


@plain_errors()
def _tag(path: Path, job: Job, *, audiobook: bool) -> None:
    from mutagen.mp4 import MP4, MP4Cover

    story = job.story
    made = MP4(path)
    assert made.tags is not None
    made.tags.clear()
    made.tags.update(_tags(story, job.narrator))
    if audiobook:
        made.tags["stik"] = [_AUDIOBOOK]
    made.tags["covr"] = [MP4Cover(cover(story, job.renderer.store), MP4Cover.FORMAT_JPEG)]
    made.save()


def _tags(story: Story, narrator: str) -> dict[str, list[str] | list[tuple[int, int]]]:
    """Return the tags as iTunes names them."""
    tags: dict[str, list[str] | list[tuple[int, int]]] = {
        "\xa9nam": [clean(story.title)],
        "\xa9alb": [clean(story.part_of.title if story.part_of else story.title)],
        "\xa9gen": ["Speech"],
        "\xa9nrt": [narrator],
        "\xa9wrt": [narrator],  # where players of audiobooks look for it
        "\xa9lyr": ["\n\n".join(clean(block.text) for block in story.blocks)],
    }
    if story.byline:
        tags["\xa9ART"] = tags["aART"] = [clean(story.byline)]
    if story.published:
        tags["\xa9day"] = [story.published]
    if source := public_source(story.source):
        tags["\xa9cmt"] = [source]
    if story.part_of is not None:
        tags["trkn"] = [(story.part_of.number, story.part_of.chapters)]
    return tags
