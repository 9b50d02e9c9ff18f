"""A podcast of exported stories: the folder's feed, chapter files beside its episodes, and its picture.

An episode keeps its GUID and date for ever: they are read back from the feed.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from player import atomic
from player.errors import ExportError, UsageError
from player.export.files.targets import regular_file
from player.export.podcast.episodes import Episode, episodes, is_own
from player.export.podcast.existing_feed import Before, constants
from player.export.podcast.rss import NAME, About, Podcast, document
from player.story.opening.http.hosts import is_public, is_this_machine
from player.story.text import clean

_CHAPTERS = ".chapters.json"
_PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Namespace of podcast:guid, from its specification."""


NOTHING_SAID = About()


@dataclass(frozen=True, slots=True)
class Feed:
    """The result of writing a feed."""

    path: Path
    url: str
    """Address of the feed, once the folder is on the web."""
    episodes: int
    served: Mapping[str, Path | bytes]
    """{name: content} of everything in the feed; a server needs no other file of the folder."""

    @property
    def count(self) -> str:
        """Number of episodes in words: "1 episode", "2 episodes"."""
        return f"{self.episodes} episode{'' if self.episodes == 1 else 's'}"


def write_feed(
    folder: Path, *, base_url: str = "", title: str = "", served_at: str = "", about: About = NOTHING_SAID
) -> Feed:
    """Create or update the feed of a folder, and the chapter files beside the episodes.

    `base_url` is the folder's future address; empty keeps the feed's present one, and likewise `title` and `about`. If
    all stories are chapters of books, the podcast is a serial, with the chapters in order. `served_at` is
    this machine's address: it is used in what is served, never in the files. Raises UsageError or ExportError.
    """
    path = regular_file(folder / NAME)
    before = Before.read(path)
    given = base_url or before.base or served_at
    if not given:
        raise UsageError(
            "the feed needs the address of its folder on the web",
            "give --base-url https://example.org/podcast/, or --serve",
        )
    base = _base(given)
    _check_owner(about.owner)
    found = _in_order(episodes(folder))
    if not found:
        raise UsageError(f"there are no episodes (.mp3, .m4a …) in {folder}", "export stories into it first")
    title = clean(title) or before.title or clean(folder.resolve().name.replace("_", " ")) or "Stories"
    atomic.sweep(folder)
    try:
        chapters = {episode.audio: _write_chapters(episode) for episode in found if episode.chapters}
        podcast = Podcast(
            title=title,
            guid=_podcast_guid(before, base),
            cover=_cover(folder, title, before.title),
            episodes=found,
            constants=constants(found, before),
            chapters=chapters,
            head=before.head,
            serial=before.serial or all(episode.number for episode in found),
            about=about,
        )
        _replace(path, document(podcast, base))
    except OSError as error:
        raise ExportError(f"{folder} cannot be written to ({error.strerror})", "choose another place") from error
    files = [one for episode in found for one in (episode.audio, *episode.transcripts)]
    served: dict[str, Path | bytes] = {one.name: one for one in (*files, *chapters.values(), podcast.cover)}
    served[NAME] = document(podcast, _base(base_url or served_at or base))
    return Feed(path, base + NAME, len(found), served)


def _base(url: str) -> str:
    """Return the folder's address in its normal form. Raises UsageError."""
    try:
        parts = urlsplit(url)
    except ValueError:  # unbalanced brackets
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        message = f"{url} is no address of a folder on the web" if url else "the address of the feed is missing"
        raise UsageError(message, "give --base-url https://example.org/podcast/, or --serve")
    path = quote(parts.path.rstrip("/") + "/", safe="/%:@!$&'()*+,;=~")
    return urlunsplit(parts._replace(path=path))


def _in_order(found: list[Episode]) -> list[Episode]:
    """Return the chapters of each book in order, the oldest book first; new ones get their dates in this order."""
    begun: dict[str, date] = {}
    for episode in found:
        begun[episode.book] = min(episode.published or date.max, begun.get(episode.book, date.max))
    return sorted(found, key=lambda one: (begun[one.book], one.book, one.number) if one.book else (date.min, "", 0))


def _check_owner(owner: str) -> None:
    """Raises UsageError when an owner has no mail address, which directories of podcasts ask for."""
    if owner and not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(owner)[1]):
        raise UsageError(f"the owner {owner!r} has no mail address", "write 'Ann Author <ann@example.org>'")


def _podcast_guid(before: Before, base: str) -> str:
    """Return the GUID of the podcast: from its first public address, for ever. Local addresses are not unique, and give
    none."""
    if before.guid and not _is_local(before.base):
        return before.guid
    # "Without the protocol and without trailing slashes", says the specification.
    return str(uuid.uuid5(_PODCAST_GUIDS, (base + NAME).partition("://")[2]))


def _is_local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return not is_public(host)
    except ValueError:
        return is_this_machine(host) or host.endswith(".local")


def _write_chapters(episode: Episode) -> Path:
    """Write JSON chapters (Podcasting 2.0, version 1.2) beside an episode; return the path."""
    path = episode.audio.with_name(episode.audio.stem + _CHAPTERS)
    marks = [{"startTime": round(start, 3), "title": title} for start, title in episode.chapters]
    data = {"version": "1.2.0", "title": episode.title, "chapters": marks}
    _replace(path, (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())
    return path


def _cover(folder: Path, title: str, before: str) -> Path:
    """Return the folder's picture; one drawn for the title `before` is drawn again for a new title."""
    from player.export.pictures.cover import drawn

    own = next((path for name in ("cover.jpg", "cover.png") if is_own(path := folder / name)), None)
    if own is not None and (before in ("", title) or own.read_bytes() != drawn(before, "", NAME)):
        return own
    path = folder / "cover.jpg"
    _replace(path, drawn(title, "", NAME))
    return path


def _replace(path: Path, data: bytes) -> None:
    """Write a file, unless it has this content already."""
    if not (path.is_file() and path.read_bytes() == data):
        atomic.write(path, data)
