"""The RSS 2.0 document of a podcast, with the tags of Apple's and Podcasting 2.0's namespaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from player.export.podcast.episodes import TRANSCRIPTS, Episode, quoted
from player.export.podcast.existing_feed import ATOM, ITUNES, MADE_ANEW, PODCAST
from player.story.language_tag import two_letters
from player.story.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "feed.xml"
_NOBODY = "Listen to Story"
_SPACES = {"atom": ATOM, "itunes": ITUNES, "podcast": PODCAST}


@dataclass(frozen=True, slots=True)
class About:
    """A podcast's own fields. An empty one stays as it is in the feed, or gets its default."""

    category: str = ""
    """Apple's name of the category, with the one above it: "Arts > Books"."""
    owner: str = ""
    """Who owns the podcast: "Ann Author <ann@example.org>"."""
    description: str = ""

    @property
    def tags(self) -> Iterator[_Element]:
        """Yield the tags."""
        from lxml import etree

        if self.description:
            yield _element("description", clean(self.description))
        if self.category:
            outer, _, inner = (clean(part) for part in self.category.partition(">"))
            found = _element("itunes:category", text=outer)
            if inner:
                found.append(_element("itunes:category", text=inner))
            yield found
        if self.owner:
            name, address = parseaddr(self.owner)
            found = etree.Element(f"{{{ITUNES}}}owner")
            found.extend(
                _element(f"itunes:{tag}", value) for tag, value in (("name", name), ("email", address)) if value
            )
            yield found


@dataclass(frozen=True, slots=True)
class Podcast:
    """Content of the document, independent of its address."""

    title: str
    guid: str
    cover: Path
    episodes: Sequence[Episode]
    constants: Mapping[Path, tuple[str, datetime]]
    """{audio file: (GUID, date)}."""
    chapters: Mapping[Path, Path]
    """{audio file: file with its chapters}."""
    head: Sequence[_Element]
    """Tags written by hand."""
    serial: bool = False
    """True if its episodes are to be heard in order, as a book's chapters are."""
    about: About = About()
    """What is said of the podcast, in place of what was written by hand."""

    @property
    def in_order(self) -> list[Episode]:
        """Return the episodes as they are listed: the newest first; of a serial from its beginning, stories behind its
        books. A book's chapters are together and in order. (Most players sort by date, which does the same.)"""
        dates = {audio: date for audio, (_, date) in self.constants.items()}
        chapters = sorted(self.episodes, key=lambda one: (one.number, dates[one.audio]))
        if self.serial:
            return sorted(chapters, key=lambda one: (not one.number, self.seasons.get(one.book, 0)))
        newest: dict[str | Path, datetime] = {}
        for one in chapters:
            newest[_work(one)] = max(dates[one.audio], newest.get(_work(one), dates[one.audio]))
        return sorted(chapters, key=lambda one: newest[_work(one)], reverse=True)

    @property
    def seasons(self) -> Mapping[str, int]:
        """Return the number of each book, if there is anything besides one book: books are seasons."""
        books = list(dict.fromkeys(one.book for one in self.episodes if one.number))
        several = len(books) > 1 or not all(one.number for one in self.episodes)
        return {book: number for number, book in enumerate(books, 1)} if several else {}


def _work(episode: Episode) -> str | Path:
    """Return what an episode belongs to: its book, or itself alone."""
    return episode.book if episode.number else episode.audio


def document(podcast: Podcast, base: str) -> bytes:
    """Return the document, in UTF-8, for a folder at the address `base`."""
    from lxml import etree  # 0.02 s

    root = etree.Element("rss", {"version": "2.0"}, nsmap=_SPACES)
    channel = etree.SubElement(root, "channel")
    told = list(podcast.about.tags)
    head = [*told, *(one for one in map(deepcopy, podcast.head) if one.tag not in {element.tag for element in told})]
    by_hand = {element.tag for element in head}
    said = [*_elements(_of_channel(podcast, base))]
    channel.extend(element for element in said if element.tag in MADE_ANEW)
    channel.extend(head)
    channel.extend(element for element in said if element.tag not in MADE_ANEW | by_hand)
    for episode in podcast.in_order:
        etree.SubElement(channel, "item").extend(_elements(_of_episode(episode, base, podcast)))
    etree.indent(root)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return data + b"\n"


_Tag = tuple[str, str, dict[str, str]]
"""(name, text, attributes)"""


def _of_channel(podcast: Podcast, base: str) -> Iterator[_Tag]:
    authors = {episode.author for episode in podcast.episodes} - {""}
    latest = max(
        date for _, date in podcast.constants.values()
    )  # newest episode, not the current time: the same feed gives the same bytes
    yield "title", podcast.title, {}
    yield "link", base, {}
    yield "atom:link", "", {"rel": "self", "href": base + NAME}
    yield "language", _language(podcast.episodes), {}
    yield "lastBuildDate", format_datetime(latest), {}
    yield "description", "Stories read aloud.", {}
    yield "itunes:author", authors.pop() if len(authors) == 1 else _NOBODY, {}
    yield "itunes:explicit", "false", {}
    yield "itunes:type", "serial" if podcast.serial else "episodic", {}
    yield "itunes:category", "", {"text": "News"}
    yield "itunes:image", "", {"href": base + quoted(podcast.cover)}
    yield "podcast:guid", podcast.guid, {}
    yield "podcast:medium", "podcast", {}
    yield "podcast:locked", "yes", {}


def _of_episode(episode: Episode, base: str, podcast: Podcast) -> Iterator[_Tag]:
    base += episode.folder
    url = base + quoted(episode.audio)
    guid, date = podcast.constants[episode.audio]
    yield "title", episode.title, {}
    yield "link", base if episode.folder else url, {}
    yield "description", escape(episode.summary or episode.title, quote=False), {}  # players treat it as HTML
    yield "pubDate", format_datetime(date), {}
    yield "guid", guid, {"isPermaLink": "false"}
    size = str(episode.audio.stat().st_size)
    yield "enclosure", "", {"url": url, "length": size, "type": episode.media_type}
    yield "itunes:duration", str(round(episode.seconds)), {}
    yield "itunes:explicit", "false", {}
    yield "itunes:episodeType", "full", {}
    if episode.number:
        if season := podcast.seasons.get(episode.book):
            yield "itunes:season", str(season), {}
            yield "podcast:season", str(season), {"name": episode.book} if episode.book else {}
        yield "itunes:episode", str(episode.number), {}
    if episode.author:
        yield "itunes:author", episode.author, {}
        yield "podcast:person", episode.author, {"role": "author"}
    for path in episode.transcripts:
        language = {"language": code} if (code := two_letters(episode.language)) else {}
        kind = {"url": base + quoted(path), "type": TRANSCRIPTS[path.suffix], **language}
        yield "podcast:transcript", "", kind
    if (marks := podcast.chapters.get(episode.audio)) is not None:
        yield "podcast:chapters", "", {"url": base + quoted(marks), "type": "application/json+chapters"}


def _elements(tags: Iterator[_Tag]) -> Iterator[_Element]:
    for name, text, attributes in tags:
        yield _element(name, text, **attributes)


def _element(name: str, content: str = "", /, **attributes: str) -> _Element:
    from lxml import etree

    prefix, _, local = name.rpartition(":")
    element = etree.Element(f"{{{_SPACES[prefix]}}}{local}" if prefix else local, attributes)
    element.text = content or None
    return element


def _language(found: Sequence[Episode]) -> str:
    """Return the language of most episodes."""
    said = [code for episode in found if (code := two_letters(episode.language))]
    return max(said, key=said.count) if said else "en"
