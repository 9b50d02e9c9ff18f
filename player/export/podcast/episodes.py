"""Exported files as episodes of a podcast, with data from their tags and the files beside them."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlsplit

from player.errors import UsageError
from player.speech.engine import Seconds
from player.story.language_tag import valid
from player.story.text import clean

_logger = logging.getLogger(__name__)

AUDIO = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".opus": "audio/ogg; codecs=opus",
    ".ogg": "audio/ogg",
    ".flac": "audio/flac",
}
"""{suffix: media type}. Of one story in several formats the first is used: the one that most phones play."""
TRANSCRIPTS = {".vtt": "text/vtt", ".srt": "application/x-subrip"}
_CHAPTER = re.compile(r"CHAPTER(\d{3})$")
_SUMMARY = 400
"""Characters of the story used as its summary."""


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode: one story in a folder."""

    audio: Path
    title: str
    author: str
    published: date | None
    language: str
    summary: str
    seconds: Seconds
    chapters: tuple[tuple[float, str], ...]
    """(seconds from the beginning, title)"""
    transcripts: tuple[Path, ...]
    book: str = ""
    """Title of the book whose chapter this is; empty for a story of its own."""
    number: int = 0
    """Number of the chapter; 0 for a story of its own."""
    narrator: str = ""
    folder: str = ""
    """Where its files and its page are, below the feed, as in a URL: "a-story/"; empty: beside the feed."""

    @property
    def media_type(self) -> str:
        """Media type of the audio file."""
        return AUDIO[self.audio.suffix.lower()]


def episodes(folder: Path) -> list[Episode]:
    """Return the stories in a folder, by name. Raises UsageError when it is no folder."""
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", "export stories into one first")
    best: dict[str, Path] = {}
    order = list(AUDIO)
    for path in sorted(folder.iterdir()):
        suffix = path.suffix.lower()
        if suffix in AUDIO and is_own(path) and not path.name.startswith("."):
            known = best.get(path.stem)
            if known is None or order.index(suffix) < order.index(known.suffix.lower()):
                best[path.stem] = path
    found = [episode for path in best.values() if (episode := read_episode(path)) is not None]
    return sorted(found, key=lambda episode: episode.audio.name)


def is_own(path: Path) -> bool:
    """Return True if it is a real file of the folder. A link may lead anywhere, and is not published."""
    return path.is_file() and not path.is_symlink()


def quoted(path: Path) -> str:
    """Return a file's name for use in URLs, even one that is not valid text."""
    return quote(os.fsencode(path.name))


def unquoted(address: str) -> str:
    """Return the path in a URL, as the file system names it."""
    return os.fsdecode(unquote_to_bytes(urlsplit(address).path))


def read_episode(path: Path) -> Episode | None:
    """Return the episode of a file; None when it is no audio file."""
    import mutagen  # 0.03 s

    try:
        file = mutagen.File(path)
    except (mutagen.MutagenError, OSError):
        _logger.info("%s is no audio file", path, exc_info=True)
        return None
    if file is None or file.info is None:
        return None
    said, marks = _tags(file)
    titles = [clean(said["title"]), *(clean(title) for _, title in marks)]
    number = _number(said.get("track", ""))
    transcripts = (path.with_suffix(suffix) for suffix in TRANSCRIPTS)
    return Episode(
        audio=path,
        title=clean(said["title"]) or clean(path.stem) or "Untitled",
        author=clean(said["artist"]),
        published=_day(said["date"]),
        language=clean(said.get("language", "")),
        summary=_summary(said.get("text", ""), titles),
        book=clean(said.get("album", "")) if number else "",
        number=number,
        narrator=clean(said.get("narrator", "")),
        seconds=Seconds(float(file.info.length)),
        chapters=tuple((start, clean(title)) for start, title in marks),
        transcripts=tuple(one for one in transcripts if is_own(one)),
    )


def _tags(file: Any) -> tuple[dict[str, str], list[tuple[float, str]]]:
    """Return {name: what a file's tags say}, and its chapters as (seconds, title)."""
    from mutagen.id3 import ID3
    from mutagen.mp4 import MP4Tags

    tags = file.tags
    if isinstance(tags, ID3):
        said = {name: str(tags.get(frame, "")) for name, frame in _ID3.items()}
        said["text"] = next((frame.text for frame in tags.getall("USLT")), "")
        return said, [(frame.start_time / 1000, _chapter_title(frame)) for frame in tags.getall("CHAP")]
    if isinstance(tags, MP4Tags):
        said = {name: str((tags.get(atom) or [""])[0]) for name, atom in _MP4.items()}
        said["track"] = str((tags.get("trkn") or [("",)])[0][0])
        said["language"] = _track_language(Path(file.filename))
        return said, [(chapter.start, chapter.title) for chapter in getattr(file, "chapters", None) or ()]
    found = {} if tags is None else tags
    said = {name: str([*found.get(field, ()), ""][0]) for name, field in _VORBIS.items()}
    return said, list(_vorbis_chapters(found))


def _track_language(path: Path) -> str:
    """Return the language of an MP4's sound as a tag; empty when it says none. mutagen reads tags only, not this."""
    import av  # 0.05 s

    try:
        with av.open(str(path)) as container:
            return valid(next((one.language or "" for one in container.streams.audio), ""))
    except (av.error.FFmpegError, OSError):
        _logger.info("the language of %s is not known", path, exc_info=True)
        return ""


def _day(text: str) -> date | None:
    """Return a date; None for less than a day ("2026"), and for dates that do not exist."""
    with suppress(ValueError):
        return date.fromisoformat(text[:10])
    return None


_ID3 = {
    "title": "TIT2", "artist": "TPE1", "date": "TDRC", "language": "TLAN", "album": "TALB", "narrator": "TCOM",
    "track": "TRCK",
}  # fmt: skip
_MP4 = {
    "title": "\xa9nam", "artist": "\xa9ART", "date": "\xa9day", "text": "\xa9lyr", "album": "\xa9alb",
    "narrator": "\xa9wrt",
}  # fmt: skip
_VORBIS = {
    "title": "title", "artist": "artist", "date": "date", "language": "language", "text": "LYRICS", "album": "album",
    "narrator": "narrator", "track": "tracknumber",
}  # fmt: skip


def _chapter_title(frame: Any) -> str:
    title = frame.sub_frames.get("TIT2")
    return str(title) if title is not None else frame.element_id


def _vorbis_chapters(tags: Any) -> Iterator[tuple[float, str]]:
    """Yield chapters from Xiph's Vorbis comments: CHAPTER000=00:01:02.500 and CHAPTER000NAME=…."""
    for key in sorted(map(str.upper, tags.keys())):
        if _CHAPTER.match(key):
            hours, minutes, seconds = (float(part) for part in tags[key][0].split(":"))
            yield hours * 3600 + minutes * 60 + seconds, (tags.get(f"{key}NAME") or [key])[0]


def _number(track: str) -> int:
    """Return the number in a tag such as "3/12"; 0 when there is none."""
    number = track.partition("/")[0].strip()
    return int(number) if number.isdecimal() and len(number) < 6 else 0


def _summary(text: str, titles: Sequence[str]) -> str:
    """Return the beginning of the story, without its titles, which may be shortened with dots."""
    whole = {title for title in titles if title}
    cut = tuple(title[:-1] for title in whole if title.endswith("…"))
    paragraphs = [clean(part) for part in text.split("\n\n")]
    told = [part for part in paragraphs if part and part not in whole and not (cut and part.startswith(cut))]
    body = " ".join(told)
    if len(body) <= _SUMMARY:
        return body
    return body[:_SUMMARY].rpartition(" ")[0].rstrip(" ,;:") + "…"
