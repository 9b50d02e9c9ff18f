"""A podcast of exported stories: RSS 2.0 with the tags of Apple's and of the Podcasting 2.0 namespaces.

An episode keeps its GUID and its date for ever: they stand in the feed itself, and what stands there is kept.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from player.errors import ExportError, UsageError
from player.export.podcast_episodes import TRANSCRIPTS, Episode, episodes
from player.story.text import clean

NAME = "feed.xml"
_CHAPTERS = ".chapters.json"
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid, as its specification has it."""
_EPISODES = uuid.UUID("0d1b2f0c-9a55-5b54-8d0b-6a7c4a4e2f11")
"""Of our GUIDs: any constant will do, for ever."""
_NOBODY = "Listen to Story"


@dataclass(frozen=True, slots=True)
class Feed:
    """What was written."""

    path: Path
    url: str
    """Where it is, once the folder is on the web."""
    episodes: int
    files: tuple[Path, ...]
    """All that belongs to it, the feed first: nothing else of the folder has to be served."""


def write_feed(folder: Path, *, base_url: str = "", title: str = "") -> Feed:
    """Make or update the feed of a folder, and the chapter files beside the episodes.

    `base_url` is where the folder will be on the web; unless given, as the feed has it already, like the title.
    Raises UsageError or ExportError.
    """
    path = folder / NAME
    before = _Before.read(path)
    base = _base(base_url or before.base)
    found = episodes(folder)
    if not found:
        raise UsageError(f"there are no audio files in {folder}", "export stories into it first")
    title = clean(title) or before.title or clean(folder.resolve().name.replace("_", " ")) or "Stories"
    try:
        chapters = {episode.audio.name: _write_chapters(episode) for episode in found}
        cover = _cover(folder, title, before.title)
        _replace(path, _rss(found, base, title, before, chapters, cover=cover))
    except OSError as error:
        raise ExportError(f"{folder} cannot be written to ({error.strerror})", "choose another place") from error
    beside = [one for episode in found for one in (episode.audio, *episode.transcripts)]
    written = [one for one in chapters.values() if one is not None]
    return Feed(path, base + NAME, len(found), (path, *beside, *written, cover))


@dataclass(frozen=True, slots=True)
class _Before:
    """What the feed says already."""

    base: str = ""
    title: str = ""
    known: Mapping[str, tuple[str, datetime]] = field(default_factory=dict)
    """Name of the audio file -> (GUID, date)."""

    @classmethod
    def read(cls, path: Path) -> _Before:
        """Nothing when there is none. Raises ExportError when it is there and cannot be understood."""
        from lxml import etree  # 0.02 s

        if not path.is_file():
            return cls()
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            channel = etree.parse(str(path), parser).getroot().find("channel")
            known = {}
            for item in channel.iterfind("item"):
                name = unquote(urlsplit(item.find("enclosure").get("url")).path.rpartition("/")[2])
                known[name] = (item.findtext("guid"), parsedate_to_datetime(item.findtext("pubDate")))
            own = channel.find("{http://www.w3.org/2005/Atom}link[@rel='self']")
            return cls(own.get("href").rpartition("/")[0] + "/", channel.findtext("title") or "", known)
        except (etree.XMLSyntaxError, AttributeError, ValueError, TypeError, OSError) as error:
            raise ExportError(
                f"{path} is there, and is no feed of ours", "move it away, or choose another folder"
            ) from error


def _base(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        message = f"{url} is no address of a folder on the web" if url else "it is not known where the feed will be"
        raise UsageError(message, "give --base-url https://example.org/podcast/, or --serve")
    return url if url.endswith("/") else f"{url}/"


def _rss(
    found: Sequence[Episode],
    base: str,
    title: str,
    before: _Before,
    chapters: Mapping[str, Path | None],
    *,
    cover: Path,
) -> bytes:
    from io import BytesIO

    from feedgenerator import Enclosure, Rss201rev2Feed  # 0.02 s

    class Podcast(Rss201rev2Feed):  # type: ignore[misc]
        """RSS, with what podcast players want to know."""

        def rss_attributes(self) -> dict[str, str]:
            return {**super().rss_attributes(), "xmlns:itunes": _ITUNES, "xmlns:podcast": _PODCAST}

        def add_root_elements(self, handler: Any) -> None:
            super().add_root_elements(handler)
            _add(handler, _of_channel(found, base, cover))

        def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
            super().add_item_elements(handler, item)
            _add(handler, _of_episode(item["episode"], base, chapters))

    podcast = Podcast(
        title=title,
        link=base,
        description=f"{title}: stories read aloud.",
        language=_language(found),
        feed_url=base + NAME,
        author_name=_author(found) or None,
    )
    dated = [(episode, *_constants(episode, before)) for episode in found]
    for episode, guid, date in sorted(dated, key=lambda one: one[2], reverse=True):
        podcast.add_item(
            title=episode.title,
            link=base + quote(episode.audio.name),
            description=episode.summary or episode.title,
            pubdate=date,
            unique_id=guid,
            unique_id_is_permalink=False,
            enclosures=[
                Enclosure(base + quote(episode.audio.name), str(episode.audio.stat().st_size), episode.media_type)
            ],
            episode=episode,
        )
    podcast.latest_post_date = lambda: max(date for _, _, date in dated)  # not the time of day
    file = BytesIO()
    podcast.write(file, "utf-8")
    return file.getvalue()


def _constants(episode: Episode, before: _Before) -> tuple[str, datetime]:
    """GUID and date: as they were, else from the file's name and the story's own date."""
    if episode.audio.name in before.known:
        return before.known[episode.audio.name]
    guid = uuid.uuid5(_EPISODES, episode.audio.name).urn
    if episode.published:
        return guid, datetime.fromisoformat(episode.published).replace(hour=12, tzinfo=UTC)
    return guid, datetime.fromtimestamp(int(episode.audio.stat().st_mtime), UTC)


_Element = tuple[str, str, dict[str, str]]
"""(name, text, attributes)"""


def _author(found: Sequence[Episode]) -> str:
    """Of all episodes, or empty."""
    authors = {episode.author for episode in found} - {""}
    return authors.pop() if len(authors) == 1 else ""


def _of_channel(found: Sequence[Episode], base: str, cover: Path) -> Iterator[_Element]:
    yield "itunes:author", _author(found) or _NOBODY, {}
    yield "itunes:explicit", "false", {}
    yield "itunes:type", "episodic", {}
    yield "itunes:category", "", {"text": "News"}
    yield "itunes:image", "", {"href": base + quote(cover.name)}
    # "Without the protocol and without trailing slashes", says the specification.
    yield "podcast:guid", str(uuid.uuid5(_PODCAST_GUIDS, (base + NAME).partition("://")[2].rstrip("/"))), {}
    yield "podcast:medium", "podcast", {}
    yield "podcast:locked", "yes", {}


def _of_episode(episode: Episode, base: str, chapters: Mapping[str, Path | None]) -> Iterator[_Element]:
    yield "itunes:duration", str(round(episode.seconds)), {}
    yield "itunes:explicit", "false", {}
    yield "itunes:episodeType", "full", {}
    if episode.author:
        yield "itunes:author", episode.author, {}
        yield "podcast:person", episode.author, {"role": "author"}
    for path in episode.transcripts:
        kind = {"url": base + quote(path.name), "type": TRANSCRIPTS[path.suffix]}
        yield "podcast:transcript", "", {**kind, "language": episode.language} if len(episode.language) == 2 else kind
    if (marks := chapters[episode.audio.name]) is not None:
        yield "podcast:chapters", "", {"url": base + quote(marks.name), "type": "application/json+chapters"}


def _add(handler: Any, elements: Iterator[_Element]) -> None:
    for name, text, attributes in elements:
        handler.addQuickElement(name, text or None, attributes)


def _write_chapters(episode: Episode) -> Path | None:
    """Podcasting 2.0's JSON chapters, version 1.2."""
    if not episode.chapters:
        return None
    path = episode.audio.with_name(episode.audio.stem + _CHAPTERS)
    marks = [{"startTime": round(start, 3), "title": title} for start, title in episode.chapters]
    data = {"version": "1.2.0", "title": episode.title, "chapters": marks}
    _replace(path, (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())
    return path


def _cover(folder: Path, title: str, before: str) -> Path:
    """The picture in the folder; one that was drawn for the title it had `before` is drawn anew for another."""
    from player.export.cover import drawn

    own = next((path for name in ("cover.jpg", "cover.png") if (path := folder / name).is_file()), None)
    if own is not None and (before in ("", title) or own.read_bytes() != drawn(before, "", NAME)):
        return own
    path = folder / "cover.jpg"
    _replace(path, drawn(title, "", NAME))
    return path


def _language(found: Sequence[Episode]) -> str:
    """That of most episodes, in the two letters that RSS wants."""
    said = [code for episode in found if (code := _TWO_LETTERS.get(episode.language, episode.language))]
    return max(said, key=said.count) if said else "en"


_TWO_LETTERS = {
    "ara": "ar", "ces": "cs", "dan": "da", "deu": "de", "ell": "el", "eng": "en", "fin": "fi", "fra": "fr",
    "heb": "he", "hin": "hi", "hun": "hu", "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "nob": "nb",
    "nor": "no", "pol": "pl", "por": "pt", "ron": "ro", "rus": "ru", "spa": "es", "swe": "sv", "tha": "th",
    "tur": "tr", "ukr": "uk", "und": "", "vie": "vi", "zho": "zh",
}  # fmt: skip


def _replace(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever finds half of it; one that would not change stays as it is."""
    if path.is_file() and path.read_bytes() == data:
        return
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
