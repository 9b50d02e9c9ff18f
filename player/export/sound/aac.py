"""A story's sound as packets of AAC, for the containers that hold them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from player.export import Job
from player.export.metadata.chapters import chapters
from player.export.sound.av_codec import AvCodec, bitrate
from player.export.sound.encoding import encoded
from player.speech.engine import Samples
from player.story.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from av import Packet
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.stream import Stream

BITRATE = 64
"""kbit/s: transparent for one voice in AAC-LC."""
FRAME = 1024
"""Samples per packet of AAC-LC (ISO/IEC 14496-3)."""
_LARGEST_FRAME = 6144
"""Most bits in a packet for one channel (4.5.3.3)."""


class AacSound(NamedTuple):
    """The packets that were written."""

    codec: AvCodec
    sizes: Sequence[int]
    """Bytes of each packet; the first is before the sound's beginning."""
    begins: dict[int, Samples]
    """{block: its first sample}."""
    total: int
    """Length of the sound in samples."""


def write_packets(job: Job, file: BinaryIO) -> AacSound:
    """Write all packets, one behind the other. Raises UsageError, EngineError, OSError, or Cancelled."""
    rate = job.timeline.rate
    kbits = bitrate(job.options, BITRATE, _LARGEST_FRAME * rate // FRAME // 1000, "AAC")
    codec = AvCodec("aac", rate, rate, kbits, FRAME, lead=1, priming=1)
    begins: dict[int, Samples] = {}
    sizes: list[int] = []
    total = 0
    for work in encoded(job, codec):
        total = work.enter(begins, total)
        chunk = work.chunk.result()
        file.write(chunk.data)
        sizes += chunk.sizes
    # The last frames are silence: the packets end one frame before the last whole one.
    end = codec.encode(bytes(4 * FRAME * 2))
    while (len(sizes) - 1) * FRAME < total:
        sizes.append(file.write(end[2]))
    return AacSound(codec, sizes, begins, total)


def packets(sound: AacSound, file: BinaryIO, stream: AudioStream) -> Iterator[Packet[Stream]]:
    """Yield the packets in `file` for a stream of a container."""
    import av

    clock = Fraction(1, sound.codec.rate)
    for number, size in enumerate(sound.sizes):
        packet = av.Packet(file.read(size))
        packet.stream = stream
        packet.time_base = clock
        packet.pts = packet.dts = (number - 1) * FRAME
        packet.duration = min(FRAME, sound.total - packet.pts)
        yield packet


def set_chapters(container: OutputContainer, job: Job, sound: AacSound) -> None:
    """Give a container the story's chapters, if it has any."""
    starts = [(chapter.title, sound.begins[chapter.block]) for chapter in chapters(job.story)]
    ends = [*(start for _, start in starts[1:]), sound.total][: len(starts)]
    clock = Fraction(1, sound.codec.rate)
    container.set_chapters(
        [
            {"id": n, "start": start, "end": end, "time_base": clock, "metadata": {"title": clean(title)}}
            for n, ((title, start), end) in enumerate(zip(starts, ends, strict=True))
        ]
    )
