"""EPUB 3 with media overlays: a book that reads itself aloud, and shows the sentence (or the word) that sounds.

After EPUB 3.3 and EPUB Media Overlays 3.3 (W3C). A chapter is an XHTML file, its MP3, and the SMIL file that says
which element sounds when. Clips follow one another without a gap, so that pauses are heard as well.
"""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from player.export import Job
from player.export.cover import cover
from player.export.formats.epub.documents import COVER, Clip, Document, content, navigation, overlay, package, style
from player.export.sound.mp3_sound import write_sound
from player.export.timing import TimedSentence, timed_sentences
from player.speech.engine import Samples, Seconds
from player.story.model import Section, Span, Story

_CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_NAMESPACE = uuid.UUID("6f0c6d2e-5d0b-5f3c-9d7e-3a5f2c1b8e40")
"""Of the books' identifiers (RFC 9562, version 5): any constant will do, for ever."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold: a book made from the same story is the same file."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """What becomes one file: some blocks, and the sections that begin in them."""

    blocks: range
    title: str
    sections: tuple[Section, ...]
    """The first of them is the chapter itself, unless it is what stands before all chapters."""


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter."""
    story, rate = job.story, job.timeline.rate
    total = 0
    documents: list[Document] = []
    with ZipFile(file, "w") as book:
        _put(book, "mimetype", b"application/epub+zip", ZIP_STORED)
        _put(book, "META-INF/container.xml", _CONTAINER)
        for number, chapter in enumerate(_chapters(story)):
            language = job.timeline.script.language
            front = number == 0 and not chapter.sections and chapter.blocks.stop < len(story.blocks)
            document = Document(f"chapter-{number:03}", chapter.title, chapter.sections, language, front)
            clips: list[Clip] = []
            if any(job.timeline.utterances(block) for block in chapter.blocks):
                length = _put_sound(job, book, document, chapter.blocks)
                sentences = timed_sentences(job.timeline, chapter.blocks)
                clips = list(_clips(sentences, total, total + length, rate, words=job.options.words))
                _put(book, f"EPUB/{document.name}.smil", overlay(document, clips, total, rate))
                document = document.lasting(length / rate)
                total += length
            _put(book, f"EPUB/{document.name}.xhtml", content(story, document, chapter.blocks, clips))
            documents.append(document)
        identifier = uuid.uuid5(_NAMESPACE, f"{story.identity}\n{story.title}").urn
        narrator = job.renderer.narrator.hello.voice.id
        _put(book, "EPUB/style.css", style())
        _put(book, f"EPUB/{COVER}", cover(story, job.renderer.store), ZIP_STORED)
        _put(book, "EPUB/nav.xhtml", navigation(story, documents))
        _put(book, "EPUB/package.opf", package(story, documents, identifier, narrator))
    return Seconds(total / rate)


def _chapters(story: Story) -> Iterator[Chapter]:
    """What stands before the first chapter, if anything does, and the chapters; sections within them stay inside."""
    tops = [section for section in story.sections if section.level == 1]
    starts = [section.block for section in tops]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    for start, end in pairwise([*starts, len(story.blocks)]):
        inside = tuple(section for section in story.sections if start <= section.block < end)
        title = inside[0].title if inside and inside[0].block == start else story.title
        yield Chapter(range(start, end), title, inside)


def _put(book: ZipFile, name: str, data: bytes, method: int = ZIP_DEFLATED) -> None:
    book.writestr(_entry(name, method), data)


def _entry(name: str, method: int) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = method
    entry.external_attr = 0o644 << 16
    entry.create_system = 3  # the same on every system
    return entry


def _put_sound(job: Job, book: ZipFile, document: Document, blocks: range) -> Samples:
    """The chapter's MP3; answers how long it is. A zip cannot be written in two places, so it waits in a file."""
    with tempfile.TemporaryFile() as waiting:
        sound = write_sound(job, waiting, blocks)
        waiting.seek(0)
        with book.open(_entry(f"EPUB/{document.name}.mp3", ZIP_STORED), "w", force_zip64=True) as entry:
            shutil.copyfileobj(waiting, entry, 1 << 20)
    return sound.samples


def _clips(sentences: Iterable[TimedSentence], first: int, last: int, rate: int, *, words: bool) -> Iterator[Clip]:
    """What is highlighted, in order. A clip lasts until the next begins; the first begins with the chapter."""
    held: Clip | None = None
    for number, (block, span, begin) in enumerate(_parts(sentences, words=words)):
        if held is None:
            held = Clip("t0", block, span, Samples(first), Samples(last))
        elif (begin - held.first) * 1000 < rate:  # no time at all for the one before (in milliseconds): both at once
            held = held._replace(span=Span(held.span.start, span.end)) if block == held.block else held
        else:
            yield held._replace(last=begin)
            held = Clip(f"t{number}", block, span, begin, Samples(last))
    if held is not None:
        yield held


def _parts(sentences: Iterable[TimedSentence], *, words: bool) -> Iterator[tuple[int, Span, Samples]]:
    """(block, what is highlighted, when it begins)"""
    for sentence in sentences:
        if words and sentence.words:
            yield from ((sentence.block, word.span, word.first) for word in sentence.words)
        else:
            yield sentence.block, sentence.span, sentence.first
