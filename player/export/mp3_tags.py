"""ID3v2.4: what the story is called, who wrote it, where it came from, and its chapters."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from player.export.about import public_source
from player.story.model import Story
from player.story.text import clean

if TYPE_CHECKING:
    from mutagen.id3 import Frame

_HEADER = 10
"""Bytes of a tag's header."""
_NO_OFFSET = 0xFFFFFFFF
"""Chapters by time only: as an offset in bytes it means that there is none."""

_LANGUAGES = {
    "ar": "ara",
    "cs": "ces",
    "da": "dan",
    "de": "deu",
    "el": "ell",
    "en": "eng",
    "es": "spa",
    "fi": "fin",
    "fr": "fra",
    "he": "heb",
    "hi": "hin",
    "hu": "hun",
    "it": "ita",
    "ja": "jpn",
    "ko": "kor",
    "nb": "nob",
    "nl": "nld",
    "no": "nor",
    "pl": "pol",
    "pt": "por",
    "ro": "ron",
    "ru": "rus",
    "sv": "swe",
    "th": "tha",
    "tr": "tur",
    "uk": "ukr",
    "vi": "vie",
    "zh": "zho",
}
"""BCP 47 -> ISO 639-2, which ID3 wants; any other language is "und"."""


def tags(story: Story, chapters: list[tuple[str, int, int]], encoder: str) -> bytes:
    """The tag's bytes. `chapters` are (title, first millisecond, last millisecond), `encoder` its name and settings.

    Its length depends on the titles only, not on the times.
    """
    frames = b"".join(_bytes_of(frame) for frame in (*_about(story, encoder), *_chapters(chapters)))
    size = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))  # "synchsafe": 7 bits a byte
    return b"ID3\x04\x00\x00" + size + frames


def _about(story: Story, encoder: str) -> Iterator[Frame]:
    from mutagen import id3  # 0.03 s

    utf8 = id3.Encoding.UTF8
    language = _LANGUAGES.get(story.language.partition("-")[0].lower(), "und")
    yield id3.TIT2(encoding=utf8, text=clean(story.title))
    if story.byline:
        yield id3.TPE1(encoding=utf8, text=clean(story.byline))
    if story.published:
        yield id3.TDRC(encoding=utf8, text=story.published)
    yield id3.TLAN(encoding=utf8, text=language)
    yield id3.TCON(encoding=utf8, text="Speech")
    yield id3.TSSE(encoding=utf8, text=encoder)
    if source := public_source(story.source):
        yield id3.COMM(encoding=utf8, lang=language, desc="", text=source)


def _chapters(chapters: list[tuple[str, int, int]]) -> Iterator[Frame]:
    from mutagen import id3

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
    """One frame, as mutagen writes it. It would sort a whole tag's frames by size, and with them the chapters,
    which many players list in the order of the file."""
    from mutagen import id3

    file = BytesIO()
    tag = id3.ID3()
    tag.add(frame)
    tag.save(file, v2_version=4, padding=lambda info: 0)
    return file.getvalue()[_HEADER:]
