"""M4B and M4A: AAC with chapters and a cover, for audiobook players."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from player import atomic
from player.export import Job
from player.export.chapters import chapters
from player.export.cover import cover
from player.export.document_privacy import public_source
from player.export.sound.av_codec import AvCodec, bitrate
from player.export.sound.encoding import encoded
from player.export.tagging import plain_errors
from player.speech.engine import Samples, Seconds
from player.story.text import clean

if TYPE_CHECKING:
    from player.story.model import Story

BITRATE = 64
"""kbit/s: transparent for one voice in AAC-LC."""
_FRAME = 1024
"""Samples per packet of AAC-LC (ISO/IEC 14496-3)."""
_LARGEST_FRAME = 6144
"""Most bits in a packet for one channel (4.5.3.3)."""
_AUDIOBOOK = 2
"""Value of iTunes's `stik` (kind of media)."""


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter. Chapter times come first but are known last, so the packets are collected in a file."""
    rate = job.timeline.rate
    kbits = bitrate(job.options, BITRATE, _LARGEST_FRAME * rate // _FRAME // 1000, "AAC")
    codec = AvCodec("aac", rate, rate, kbits, _FRAME, lead=1, priming=1)
    begins: dict[int, Samples] = {}
    sizes: list[int] = []
    total = 0
    with atomic.temporary_folder() as folder:
        with (folder / "packets").open("w+b") as packets:
            for work in encoded(job, codec):
                for piece, samples in zip(work.pieces, work.lengths, strict=True):
                    begins.setdefault(piece.block, Samples(total))
                    total += samples
                chunk = work.chunk.result()
                packets.write(chunk.data)
                sizes += chunk.sizes
            # The last frames are silence: the packets end one frame before the last whole one.
            end = codec.encode(bytes(4 * _FRAME * 2))
            while (len(sizes) - 1) * _FRAME < total:
                sizes.append(packets.write(end[2]))
            packets.seek(0)
            starts = [(c.title, begins[c.block]) for c in chapters(job.story)]
            _mux(folder / "book.m4b", codec, packets, sizes, starts=starts, total=total)
        _tag(folder / "book.m4b", job, audiobook=job.suffix == ".m4b")
        job.check()
        with (folder / "book.m4b").open("rb") as made:
            shutil.copyfileobj(made, file, 1 << 20)
    return Seconds(total / rate)


def _mux(
    path: Path, codec: AvCodec, packets: BinaryIO, sizes: list[int], *, starts: list[tuple[str, Samples]], total: int
) -> None:
    """Write the MP4, with the index in front so that it plays while it is downloading."""
    import av
    from av.container import OutputContainer

    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    clock = Fraction(1, codec.rate)
    # Opened by name: FFmpeg moves the index by opening the finished file again.
    with av.open(str(path), "w", format="ipod", options=options) as container:
        assert isinstance(container, OutputContainer)
        stream = container.add_stream("aac", rate=codec.rate)
        codec.set_up(stream.codec_context)
        ends = [*(start for _, start in starts[1:]), total]
        container.set_chapters(
            [
                {"id": n, "start": start, "end": end, "time_base": clock, "metadata": {"title": clean(title)}}
                for n, ((title, start), end) in enumerate(zip(starts, ends, strict=True))
            ]
        )
        container.start_encoding()
        for number, size in enumerate(sizes):
            packet = av.Packet(packets.read(size))
            packet.stream = stream
            packet.time_base = clock
            packet.pts = packet.dts = (number - 1) * _FRAME
            packet.duration = min(_FRAME, total - packet.pts)
            container.mux(packet)


@plain_errors()
def _tag(path: Path, job: Job, *, audiobook: bool) -> None:
    from mutagen.mp4 import MP4, MP4Cover

    story = job.story
    made = MP4(path)
    assert made.tags is not None
    made.tags.clear()
    made.tags.update(_tags(story))
    if audiobook:
        made.tags["stik"] = [_AUDIOBOOK]
    made.tags["covr"] = [MP4Cover(cover(story, job.renderer.store), MP4Cover.FORMAT_JPEG)]
    made.save()


def _tags(story: Story) -> dict[str, list[str] | list[tuple[int, int]]]:
    """Return the tags as iTunes names them."""
    tags: dict[str, list[str] | list[tuple[int, int]]] = {
        "\xa9nam": [clean(story.title)],
        "\xa9alb": [clean(story.part_of.title if story.part_of else story.title)],
        "\xa9gen": ["Speech"],
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
