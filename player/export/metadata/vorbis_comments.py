"""Metadata of Opus and FLAC files: Vorbis comments and a picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from player.audio.clock import timestamp
from player.export import Job
from player.export.metadata.chapters import chapters
from player.export.metadata.public_source import public_source
from player.export.pictures.cover import MEDIA_TYPE, SIDE, cover
from player.export.text.timing import rounded
from player.speech.engine import Samples
from player.story.text import clean

if TYPE_CHECKING:
    from mutagen.flac import Picture

    from player.story.model import Story


def comments(job: Job, begins: Mapping[int, Samples]) -> list[tuple[str, str]]:
    """Return (name, value) pairs; `begins` is {block: first sample}. Chapters follow Xiph's ChapterExtension."""
    found = list(_about(job.story, job.narrator))
    for number, chapter in enumerate(chapters(job.story)):
        found.append((f"CHAPTER{number:03}", timestamp(rounded(begins[chapter.block], job.timeline.rate, 1000))))
        found.append((f"CHAPTER{number:03}NAME", clean(chapter.title)))
    return found


def picture(job: Job) -> Picture:
    """Return the cover as FLAC stores it."""
    from mutagen.flac import Picture
    from mutagen.id3 import PictureType

    made = Picture()
    made.type = PictureType.COVER_FRONT
    made.mime = MEDIA_TYPE
    made.data = cover(job.story, job.renderer.store)
    made.width = made.height = SIDE if job.story.picture is None else 0  # 0: not stated
    made.depth = 24
    return made


def _about(story: Story, narrator: str) -> Iterator[tuple[str, str]]:
    yield "TITLE", clean(story.title)
    if story.byline:
        yield "ARTIST", clean(story.byline)
    yield "ALBUM", clean(story.part_of.title if story.part_of else story.title)
    yield "NARRATOR", narrator
    if story.part_of is not None:
        yield "TRACKNUMBER", str(story.part_of.number)
        yield "TRACKTOTAL", str(story.part_of.chapters)
    if story.published:
        yield "DATE", story.published
    yield "GENRE", "Speech"
    if story.language:
        yield "LANGUAGE", clean(story.language)
    if source := public_source(story.source):
        yield "COMMENT", source
    yield "LYRICS", "\n\n".join(clean(block.text) for block in story.blocks)
