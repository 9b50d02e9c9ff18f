"""MP4 video, for places that take only videos: pages of the text with the word that sounds lit, or the cover, still.

H.264 and AAC, 1920 x 1080 pixels (or upright, 1080 x 1920), 25 pictures a second.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from player import atomic
from player.errors import ExportError
from player.export import Job, Progress
from player.export.formats.video.pages import TALL, WIDE, Shape, Shown, drawn, pages, still
from player.export.metadata.public_source import public_source
from player.export.pictures.cover import cover
from player.export.pictures.lettering import look_of
from player.export.sound.aac import FRAME, AacSound, packets, set_chapters, write_packets
from player.export.text.timing import timed_sentences
from player.speech.engine import Samples, Seconds
from player.story.language_tag import three_letters
from player.story.text import clean

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import OutputContainer
    from av.video.stream import VideoStream

_logger = logging.getLogger(__name__)

PER_SECOND = 25
"""Pictures. Places that take videos want a constant rate, and refuse very low ones."""
_OPTIONS = {"crf": "22", "preset": "veryfast", "tune": "stillimage", "profile": "high"}
_THREADS = 2
"""A fixed number: with another one, other bytes come out."""
_SECONDS_BETWEEN_KEYS = 5
"""Players jump to key pictures. Each takes 40 kB, and the pictures between almost nothing."""
_SOUNDS_SHARE = 0.1
"""Share of the work that is rendering and sound; the pictures take the rest."""
_BT709 = 1
"""Colours as HD video has them (ITU-T H.273)."""


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter. The sound is encoded first: then the time of every word is known."""
    with atomic.temporary_folder() as folder:
        with (folder / "packets").open("w+b") as waiting:
            sound = write_packets(replace(job, show=lambda heard: job.show(_of_all(heard, 0.0))), waiting)
            waiting.seek(0)
            _mux(folder / "video.mp4", job, sound, waiting)
        job.check()
        with (folder / "video.mp4").open("rb") as made:
            shutil.copyfileobj(made, file, 1 << 20)
    return Seconds(sound.total / job.timeline.rate)


def _mux(path: Path, job: Job, sound: AacSound, waiting: BinaryIO) -> None:
    import av
    from av.container import OutputContainer

    shape = TALL if job.options.upright else WIDE
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    # Opened by name: FFmpeg moves the index by opening the finished file again.
    with av.open(str(path), "w", format="mp4", options=options) as container:
        assert isinstance(container, OutputContainer)
        video = _video_stream(container, shape)
        audio = container.add_stream("aac", rate=sound.codec.rate)
        sound.codec.set_up(audio.codec_context)
        if language := three_letters(job.timeline.script.language):
            audio.metadata["language"] = language
        container.metadata.update(_about(job))
        set_chapters(container, job, sound)
        container.start_encoding()
        heard = enumerate(packets(sound, waiting, audio))
        place, packet = next(heard, (0, None))
        count = -(-sound.total * PER_SECOND // job.timeline.rate)
        for number, frame in enumerate(_frames(job, count, shape)):
            if number % PER_SECOND == 0:
                job.show(_of_all(Progress(job.characters[-1], job.characters[-1]), number / count))
            frame.pts = number
            frame.time_base = Fraction(1, PER_SECOND)
            container.mux(video.encode(frame))
            while packet is not None and place * FRAME * PER_SECOND <= number * sound.codec.rate:
                container.mux(packet)
                place, packet = next(heard, (0, None))
        container.mux(video.encode(None))
        while packet is not None:
            container.mux(packet)
            _, packet = next(heard, (0, None))


def _video_stream(container: OutputContainer, shape: Shape) -> VideoStream:
    """Raises ExportError when this FFmpeg cannot encode H.264."""
    try:
        stream: VideoStream = container.add_stream("libx264", rate=PER_SECOND)
    except ValueError as error:
        raise ExportError("video needs an FFmpeg with x264, as PyAV's wheels have it", "pip install av") from error
    stream.width, stream.height, stream.pix_fmt = shape.width, shape.height, "yuv420p"
    context: Any = stream.codec_context
    context.options = dict(_OPTIONS)
    context.thread_count = _THREADS
    context.gop_size = PER_SECOND * _SECONDS_BETWEEN_KEYS
    context.colorspace = context.color_primaries = context.color_trc = _BT709
    return stream


def _of_all(heard: Progress, seen: float) -> Progress:
    """Return the progress of sound and pictures together, `seen` being the share of the pictures."""
    whole = round(heard.total / _SOUNDS_SHARE)
    return Progress(heard.done + round(seen * (whole - heard.total)), whole)


def _frames(job: Job, count: int, shape: Shape) -> Iterator[VideoFrame]:
    """Yield so many pictures, all of the video; those that are alike are one object."""
    from av import VideoFrame

    done = 0
    held: VideoFrame | None = None
    for first, picture in _pictures(job, shape):
        job.check()
        number = first * PER_SECOND // job.timeline.rate
        while held is not None and done < number:
            yield held
            done += 1
        made: VideoFrame = VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
        held = made.reformat(format="yuv420p", dst_colorspace="ITU709")
    while held is not None and done < count:
        yield held
        done += 1


def _pictures(job: Job, shape: Shape) -> Iterator[Shown]:
    """Yield each picture with the sample at which it appears, the first at the beginning."""
    from PIL import Image

    story, look = job.story, look_of(job.story)
    with Image.open(BytesIO(cover(story, job.renderer.store))) as opened:
        front = still(opened.convert("RGB"), shape, look)
    yield Shown(Samples(0), front)
    if job.options.still:
        return
    for page in pages(story, list(timed_sentences(job.timeline)), shape):
        yield from drawn(page, story.blocks[page.block], shape, look, front)


def _about(job: Job) -> dict[str, str]:
    story = job.story
    facts = {
        "title": story.title,
        "artist": story.byline,
        "album": story.part_of.title if story.part_of else "",
        "date": story.published,
        "comment": public_source(story.source),
        "genre": "Speech",
        "composer": job.narrator,  # as in audiobooks
    }
    return {name: clean(value) for name, value in facts.items() if value}
