"""The document of a podcast: RSS 2.0 with the tags of Apple's and of the Podcasting 2.0 namespaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.export.podcast.episodes import TRANSCRIPTS, Episode, quoted
from player.export.podcast.existing_feed import ITUNES, MADE_ANEW, PODCAST

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "feed.xml"
_NOBODY = "Listen to Story"


@dataclass(frozen=True, slots=True)
class Podcast:
    """What the document says, wherever it is."""

    title: str
    guid: str
    cover: Path
    episodes: Sequence[Episode]
    constants: Mapping[Path, tuple[str, datetime]]
    """Audio file -> its GUID and date."""
    chapters: Mapping[Path, Path]
    """Audio file -> the file with its chapters."""
    head: Sequence[_Element]
    """What was written into the head by hand."""


def document(podcast: Podcast, base: str) -> bytes:
    """The document, for a folder that is at the address `base`."""
    from feedgenerator import Enclosure, Rss201rev2Feed  # 0.02 s

    class Rss(Rss201rev2Feed):  # type: ignore[misc]
        """RSS, with what podcast players want to know."""

        def rss_attributes(self) -> dict[str, str]:
            return {**super().rss_attributes(), "xmlns:itunes": ITUNES, "xmlns:podcast": PODCAST}

        def add_root_elements(self, handler: Any) -> None:
            super().add_root_elements(handler)
            _add(handler, _of_channel(podcast, base))

        def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
            super().add_item_elements(handler, item)
            _add(handler, _of_episode(item["episode"], base, podcast.chapters))

    feed = Rss(
        title=podcast.title,
        link=base,
        description="Stories read aloud.",
        language=_language(podcast.episodes),
        feed_url=base + NAME,
    )
    for episode in sorted(podcast.episodes, key=lambda one: podcast.constants[one.audio][1], reverse=True):
        url = base + quoted(episode.audio)
        guid, date = podcast.constants[episode.audio]
        feed.add_item(
            title=episode.title,
            link=url,
            description=escape(episode.summary or episode.title, quote=False),  # players read it as HTML
            pubdate=date,
            unique_id=guid,
            unique_id_is_permalink=False,
            enclosures=[Enclosure(url, str(episode.audio.stat().st_size), episode.media_type)],
            episode=episode,
        )
    feed.latest_post_date = lambda: max(date for _, date in podcast.constants.values())  # not the time of day
    file = BytesIO()
    feed.write(file, "utf-8")
    return _with_head(file.getvalue(), podcast.head)


def _with_head(rss: bytes, head: Sequence[_Element]) -> bytes:
    """With what was written into the head by hand, in place of what would be there."""
    from lxml import etree  # 0.02 s

    root = etree.fromstring(rss)
    channel = root[0]
    said = {element.tag for element in head}
    ours = [element for element in channel if element.tag not in MADE_ANEW]
    for element in ours:
        channel.remove(element)
    at = channel.index(channel.find("item"))
    channel[at:at] = [*map(deepcopy, head), *(element for element in ours if element.tag not in said)]
    etree.indent(root)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return data + b"\n"


_Tag = tuple[str, str, dict[str, str]]
"""(name, text, attributes)"""


def _of_channel(podcast: Podcast, base: str) -> Iterator[_Tag]:
    authors = {episode.author for episode in podcast.episodes} - {""}
    yield "itunes:author", authors.pop() if len(authors) == 1 else _NOBODY, {}
    yield "itunes:explicit", "false", {}
    yield "itunes:type", "episodic", {}
    yield "itunes:category", "", {"text": "News"}
    yield "itunes:image", "", {"href": base + quoted(podcast.cover)}
    yield "podcast:guid", podcast.guid, {}
    yield "podcast:medium", "podcast", {}
    yield "podcast:locked", "yes", {}


def _of_episode(episode: Episode, base: str, chapters: Mapping[Path, Path]) -> Iterator[_Tag]:
    yield "itunes:duration", str(round(episode.seconds)), {}
    yield "itunes:explicit", "false", {}
    yield "itunes:episodeType", "full", {}
    if episode.author:
        yield "itunes:author", episode.author, {}
        yield "podcast:person", episode.author, {"role": "author"}
    for path in episode.transcripts:
        language = {"language": code} if (code := _two_letters(episode.language)) else {}
        kind = {"url": base + quoted(path), "type": TRANSCRIPTS[path.suffix], **language}
        yield "podcast:transcript", "", kind
    if (marks := chapters.get(episode.audio)) is not None:
        yield "podcast:chapters", "", {"url": base + quoted(marks), "type": "application/json+chapters"}


def _add(handler: Any, tags: Iterator[_Tag]) -> None:
    for name, text, attributes in tags:
        handler.addQuickElement(name, text or None, attributes)


def _language(found: Sequence[Episode]) -> str:
    """That of most episodes."""
    said = [code for episode in found if (code := _two_letters(episode.language))]
    return max(said, key=said.count) if said else "en"


def _two_letters(language: str) -> str:
    """As RSS wants it, or empty; MP3s have three letters, other files a BCP 47 tag."""
    code = _TWO_LETTERS.get(language, language.partition("-")[0])
    return code if len(code) == 2 else ""


_TWO_LETTERS = {
    "ara": "ar", "ces": "cs", "dan": "da", "deu": "de", "ell": "el", "eng": "en", "fin": "fi", "fra": "fr",
    "heb": "he", "hin": "hi", "hun": "hu", "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "nob": "nb",
    "nor": "no", "pol": "pl", "por": "pt", "ron": "ro", "rus": "ru", "spa": "es", "swe": "sv", "tha": "th",
    "tur": "tr", "ukr": "uk", "vie": "vi", "zho": "zh",
}  # fmt: skip
