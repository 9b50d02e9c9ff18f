"""The existing feed of a folder: GUIDs and dates of episodes, and hand-written metadata, which are all kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Self

from player.errors import ExportError
from player.export.podcast.episodes import Episode, unquoted

if TYPE_CHECKING:
    from lxml.etree import _Element

PODCAST = "https://podcastindex.org/namespace/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
ATOM = "http://www.w3.org/2005/Atom"
MADE_ANEW = frozenset(
    ("title", "link", f"{{{ATOM}}}link", "language", "lastBuildDate", f"{{{ITUNES}}}author", f"{{{ITUNES}}}image",
     f"{{{ITUNES}}}type",
     f"{{{PODCAST}}}guid", "item")
)  # fmt: skip
"""Tags of the head that are computed again, from the feed's address and its episodes."""
_EPISODES = uuid.UUID("0d1b2f0c-9a55-5b54-8d0b-6a7c4a4e2f11")
"""Namespace of our GUIDs: an arbitrary constant, never to be changed."""


@dataclass(frozen=True, slots=True)
class Known:
    """An episode in the existing feed."""

    stem: str
    """Stem of its file's name."""
    length: int
    """Size of its file in bytes."""
    guid: str
    date: datetime


@dataclass(frozen=True, slots=True)
class Before:
    """The existing feed."""

    base: str = ""
    """Its address."""
    title: str = ""
    guid: str = ""
    """The podcast's GUID."""
    serial: bool = False
    """True if its episodes are to be heard in order."""
    known: tuple[Known, ...] = ()
    head: tuple[_Element, ...] = ()
    """Tags that may have been written by hand: description, category, owner and so on."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the feed at a path; an empty one if there is none. Raises ExportError when it is not ours."""
        from lxml import etree  # 0.02 s

        if not path.is_file():
            return cls()
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
            channel = etree.parse(str(path), parser).getroot().find("channel")
            own = channel.find(f"{{{ATOM}}}link[@rel='self']").get("href")
            return cls(
                base=own.rpartition("/")[0] + "/",
                title=channel.findtext("title") or "",
                guid=channel.find(f"{{{PODCAST}}}guid").text or "",
                serial=channel.findtext(f"{{{ITUNES}}}type") == "serial",
                known=tuple(_known(item) for item in channel.iterfind("item")),
                head=tuple(element for element in channel if element.tag not in MADE_ANEW),
            )
        except (etree.XMLSyntaxError, AttributeError, ValueError, TypeError, OSError) as error:
            raise ExportError(
                f"{path} exists, but was not made by listen feed", "move it away, or choose another folder"
            ) from error


def _known(item: _Element) -> Known:
    enclosure = item.find("enclosure")
    name = PurePath(unquoted(enclosure.get("url")))
    date = parsedate_to_datetime(item.findtext("pubDate"))
    return Known(name.stem, int(enclosure.get("length")), item.findtext("guid"), date)


def constants(found: Sequence[Episode], before: Before) -> Mapping[Path, tuple[str, datetime]]:
    """Return {file: (GUID, date)}: from the feed where it has the episode, else from its name and the story's date. A
    new chapter is later than those before it in `found`, since players sort by date."""
    again = _recognised(found, before.known)
    said = {path: (known.guid, known.date) for path, known in again.items()}
    latest: dict[str, datetime] = {}
    for episode in found:
        before_it = latest.get(episode.book) if episode.number else None
        if episode.audio not in said:
            guid = _guid(episode, {guid for guid, _ in said.values()})
            said[episode.audio] = (guid, _date(episode, {date for _, date in said.values()}, before_it))
        if episode.number:
            date = said[episode.audio][1]
            latest[episode.book] = max(date, before_it or date)
    return said


def _recognised(found: Sequence[Episode], known: Sequence[Known]) -> Mapping[Path, Known]:
    """Match files to episodes: exact name, then equal size (renamed), then equal stem (exported again)."""
    files = {episode.audio: (episode.audio.stem, episode.audio.stat().st_size) for episode in found}
    left, again = list(known), dict[Path, Known]()
    for by_name, by_length in ((True, True), (False, True), (True, False)):
        for path, (stem, length) in files.items():
            for one in left if path not in again else ():
                if (one.stem == stem or not by_name) and (one.length == length or not by_length):
                    again[path] = one
                    left.remove(one)
                    break
    return again


def _guid(episode: Episode, others: set[str]) -> str:
    name = episode.audio.stem.encode("utf-8", "backslashreplace").decode()
    guid = uuid.uuid5(_EPISODES, name).urn
    while guid in others:  # taken by an episode whose file once had this name
        guid = uuid.uuid5(_EPISODES, guid).urn
    return guid


def _date(episode: Episode, others: set[datetime], before_it: datetime | None) -> datetime:
    """Return a date for an episode, later than the date of the chapter before it. Stories of one day, such as a book's
    chapters, are a second apart, because players sort by it."""
    if episode.published is None:
        date = datetime.fromtimestamp(int(episode.audio.stat().st_mtime), UTC)
    else:
        date = datetime.combine(episode.published, time(12, tzinfo=UTC))
    if before_it is not None and date <= before_it:
        date = before_it + timedelta(seconds=1)
    while date in others:
        date += timedelta(seconds=1)
    return date
