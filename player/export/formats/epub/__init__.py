"""EPUB 3 with media overlays: a book that reads itself aloud, highlighting the sentence or word that sounds.

Follows EPUB 3.3 and EPUB Media Overlays 3.3 (W3C). A chapter is an XHTML file, its MP3, and a SMIL file with the time
of each element. Clips follow one another without gaps, so that pauses are heard as well.
"""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from player.export import Job
from player.export.formats.epub.documents import COVER, Clip, Document, content, navigation, overlay, package, style
from player.export.pictures.cover import cover
from player.export.sound.mp3_sound import write_sound
from player.export.text.timing import TimedSentence, timed_sentences
from player.speech.engine import Samples, Seconds
from player.story.model import Section, Span, Story

_CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_NAMESPACE = uuid.UUID("6f0c6d2e-5d0b-5f3c-9d7e-3a5f2c1b8e40")
"""Namespace of the books' identifiers (RFC 9562, version 5): an arbitrary constant, never to be changed."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time in a zip, for every entry: the same story makes the same file."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the book: some blocks, and the sections that begin in them."""

    blocks: range
    title: str
    sections: tuple[Section, ...]
    """The first is the chapter itself, except in front matter before all chapters."""


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter."""
    story, rate = job.story, job.timeline.rate
    total = 0
    documents: list[Document] = []
    times: list[str] = []
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
                sentences = list(timed_sentences(job.timeline, chapter.blocks))
                clips = list(_clips(sentences, total, total + length, rate, words=job.options.words))
                _put(book, f"EPUB/{document.name}.smil", overlay(document, clips, total, rate))
                times += _times(document, clips, sentences, total, rate)
                document = document.lasting(length / rate)
                total += length
            _put(book, f"EPUB/{document.name}.xhtml", content(story, document, chapter.blocks, clips))
            documents.append(document)
        identifier = uuid.uuid5(_NAMESPACE, f"{story.identity}\n{story.title}").urn
        _put(book, "META-INF/speech.tsv", "".join(times).encode())
        _put(book, "EPUB/style.css", style())
        _put(book, f"EPUB/{COVER}", cover(story, job.renderer.store), ZIP_STORED)
        _put(book, "EPUB/nav.xhtml", navigation(story, documents))
        _put(book, "EPUB/package.opf", package(story, documents, identifier, job.narrator))
    return Seconds(total / rate)


def _chapters(story: Story) -> Iterator[Chapter]:
    """Yield the front matter, if any, and the chapters; deeper sections stay inside them."""
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
    """Add the chapter's MP3; return its length. A zip is written front to back, so the MP3 is collected in a file
    first."""
    with tempfile.TemporaryFile() as waiting:
        sound = write_sound(job, waiting, blocks)
        waiting.seek(0)
        with book.open(_entry(f"EPUB/{document.name}.mp3", ZIP_STORED), "w", force_zip64=True) as entry:
            shutil.copyfileobj(waiting, entry, 1 << 20)
    return sound.samples


def _clips(sentences: Iterable[TimedSentence], first: int, last: int, rate: int, *, words: bool) -> Iterator[Clip]:
    """Yield the clips in order. Each lasts until the next begins; the first begins with the chapter."""
    held: Clip | None = None
    for number, (block, span, begin) in enumerate(_parts(sentences, words=words)):
        if held is None:
            held = Clip("t0", block, span, Samples(first), Samples(last))
        elif (begin - held.first) * 1000 < rate:  # the clip before would have no length (in milliseconds): join them
            held = held._replace(span=Span(held.span.start, span.end)) if block == held.block else held
        else:
            yield held._replace(last=begin)
            held = Clip(f"t{number}", block, span, begin, Samples(last))
    if held is not None:
        yield held


def _times(
    document: Document, clips: Iterable[Clip], sentences: Iterable[TimedSentence], start: int, rate: int
) -> Iterator[str]:
    """Yield a line for each clip, so that the player plays the book with the times of this export: its element, begin
    and end, and begin and end of the speech in it, in microseconds of the chapter's sound."""
    said = {block: list(group) for block, group in groupby(sentences, key=lambda sentence: sentence.block)}
    for clip in clips:
        within = [one for one in said[clip.block] if one.span.start < clip.span.end and clip.span.start < one.span.end]
        words = [word for one in within for word in one.words]
        first = next((word.first for word in words if word.span.start >= clip.span.start), within[0].first)
        opens = all(word.span.start >= clip.span.start for word in within[0].words)
        closes = all(word.span.end <= clip.span.end for word in within[-1].words)
        times = (first, clip.last, within[0].first if opens else first, within[-1].last if closes else clip.last)
        figures = "\t".join(str(round((time - start) * 1_000_000 / rate)) for time in times)
        yield f"EPUB/{document.name}.xhtml#{clip.name}\t{figures}\n"


def _parts(sentences: Iterable[TimedSentence], *, words: bool) -> Iterator[tuple[int, Span, Samples]]:
    """Yield (block, span to highlight, first sample)."""
    for sentence in sentences:
        if words and sentence.words:
            yield from ((sentence.block, word.span, word.first) for word in sentence.words)
        else:
            yield sentence.block, sentence.span, sentence.first
