"""ID3v2.4 tags: title, author, text with the time of every word, chapters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from player.export.metadata.public_source import public_source
from player.export.pictures.cover import MEDIA_TYPE
from player.speech.sound.loudness import REFERENCE
from player.story.language_tag import three_letters
from player.story.model import Story
from player.story.text import clean

if TYPE_CHECKING:
    from mutagen.id3 import Frame

_HEADER = 10
"""Bytes of a tag's header."""
_NO_OFFSET = 0xFFFFFFFF
"""In a chapter frame: no offset in bytes; the chapter is given by time only."""

_MILLISECONDS, _TRANSCRIPTION = 2, 2
"""Values in a SYLT frame: times in milliseconds, text is a transcription (ID3v2.4, 4.9)."""


class Timed(NamedTuple):
    """An item with its beginning and end, in milliseconds."""

    text: str
    first: int
    last: int


def tags(  # noqa: PLR0917 (one argument for each kind of frame)
    story: Story,
    chapters: Sequence[Timed],
    words: Sequence[tuple[str, int]],
    encoder: str,
    loudness: float | None,
    peak: float,
    cover: bytes,
    narrator: str,
) -> bytes:
    """Return the tag's bytes.

    `words` are (text up to the next word, millisecond); `encoder` is its name and settings; `loudness` in LUFS, None
    for silence; `peak` is the largest sample, 0 to 1; `cover` is a JPEG; `narrator` is who speaks.
    """
    parts = (
        _about(story, encoder, narrator),
        _gain(loudness, peak),
        _text(story, words),
        _chapters(chapters),
        _picture(cover),
    )
    frames = b"".join(_bytes_of(frame) for frame in chain(*parts))
    size = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))  # "synchsafe": 7 bits a byte
    return b"ID3\x04\x00\x00" + size + frames


def _about(story: Story, encoder: str, narrator: str) -> Iterator[Frame]:
    from mutagen import id3  # 0.03 s

    utf8 = id3.Encoding.UTF8
    yield id3.TIT2(encoding=utf8, text=clean(story.title))
    if story.byline:
        yield id3.TPE1(encoding=utf8, text=clean(story.byline))
    yield id3.TALB(encoding=utf8, text=clean(story.part_of.title if story.part_of else story.title))
    yield id3.TCOM(encoding=utf8, text=narrator)  # where players of audiobooks look for the narrator
    yield id3.TXXX(encoding=utf8, desc="NARRATOR", text=narrator)
    if story.part_of is not None:
        yield id3.TRCK(encoding=utf8, text=f"{story.part_of.number}/{story.part_of.chapters}")
    if story.published:
        yield id3.TDRC(encoding=utf8, text=story.published)
    yield id3.TLAN(encoding=utf8, text=three_letters(story.language) or "und")
    yield id3.TCON(encoding=utf8, text="Speech")
    yield id3.TSSE(encoding=utf8, text=encoder)
    if source := public_source(story.source):
        yield id3.COMM(encoding=utf8, lang=three_letters(story.language) or "und", desc="", text=source)


def _gain(loudness: float | None, peak: float) -> Iterator[Frame]:
    """Yield the frames of ReplayGain 2.0, as its specification defines them for ID3v2."""
    from mutagen import id3

    if loudness is not None:
        gain = f"{REFERENCE - loudness:.2f} dB"
        yield id3.TXXX(encoding=id3.Encoding.LATIN1, desc="REPLAYGAIN_TRACK_GAIN", text=gain)
        yield id3.TXXX(encoding=id3.Encoding.LATIN1, desc="REPLAYGAIN_TRACK_PEAK", text=f"{peak:.6f}")


def _text(story: Story, words: Sequence[tuple[str, int]]) -> Iterator[Frame]:
    """Yield the text, whole and word by word, for reading along."""
    from mutagen import id3

    utf8, language = id3.Encoding.UTF8, three_letters(story.language) or "und"
    yield id3.USLT(encoding=utf8, lang=language, desc="", text="\n\n".join(clean(block.text) for block in story.blocks))
    if words:
        yield id3.SYLT(
            encoding=utf8,
            lang=language,
            format=_MILLISECONDS,
            type=_TRANSCRIPTION,
            desc="",
            text=[(text.replace("\0", ""), time) for text, time in words],
        )


def _picture(cover: bytes) -> Iterator[Frame]:
    from mutagen import id3

    yield id3.APIC(encoding=id3.Encoding.LATIN1, mime=MEDIA_TYPE, type=id3.PictureType.COVER_FRONT, desc="", data=cover)


def _chapters(chapters: Sequence[Timed]) -> Iterator[Frame]:
    from mutagen import id3

    if not chapters:
        return
    names = [f"chp{n}" for n in range(len(chapters))]
    flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    yield id3.CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[])
    for name, (title, first, last) in zip(names, chapters, strict=True):
        yield id3.CHAP(
            element_id=name,
            start_time=first,
            end_time=last,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[id3.TIT2(encoding=id3.Encoding.UTF8, text=clean(title))],
        )


def _bytes_of(frame: Frame) -> bytes:
    """Return one frame as mutagen writes it. Written as one tag, mutagen would sort the frames by size, and so the
    chapters, which many players list in file order."""
    from mutagen import id3

    file = BytesIO()
    tag = id3.ID3()
    tag.add(frame)
    tag.save(file, v2_version=4, padding=lambda info: 0)
    return file.getvalue()[_HEADER:]
