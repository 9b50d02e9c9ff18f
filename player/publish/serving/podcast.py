"""A podcast as it is served: its feed, its files, and a page that tells how to subscribe. New episodes are noticed."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import cast

from player.errors import PlayerError
from player.export.podcast.episodes import is_own
from player.export.podcast.existing_feed import ITUNES
from player.export.podcast.feed import NOTHING_SAID, Feed, write_feed
from player.export.podcast.rss import NAME, About
from player.publish.serving.answers import Moved, Text, application
from player.publish.serving.http import HouseServer, is_only_here
from player.publish.serving.pages import QR, Item, qr_code, subscribe_page
from player.publish.serving.shelf import seen_in
from player.publish.serving.sites import readdressed
from player.publish.site.page import STYLE, style
from player.story.dates import in_words, iso_date

_logger = logging.getLogger(__name__)

_MADE = (NAME, "cover.jpg", ".chapters.json")
"""Ends of the names of files that writing the feed makes."""


class Podcast:
    """The podcast of a folder. Gives away what is in its feed, and nothing else."""

    def __init__(self, folder: Path, *, base_url: str, title: str, served_at: str, about: About) -> None:
        """Write the feed. Raises as `write_feed`."""
        self._folder, self._title = folder, title
        self._served_at = served_at
        self._lock = Lock()
        self.made: Feed = write_feed(folder, base_url=base_url, title=title, served_at=served_at, about=about)
        self._written = time.time()
        self._seen = self._state()

    def find(self, path: str, base: str) -> Path | Text | Moved | None:
        """See answers.Find."""
        if path == STYLE:
            return Text(style())
        if path == QR:
            reached = self._reached_at(base)
            return None if is_only_here(reached) else qr_code(reached + NAME)
        if path in ("", NAME):
            self._look()
            feed = readdressed(cast(bytes, self.made.served[NAME]), base, self._served_at)
            return Text(feed, self._written) if path else Text(_page(feed, self._reached_at(base)))
        found = self.made.served.get(path)
        if isinstance(found, bytes):
            return Text(found)
        return found if found is not None and is_own(found) else None

    def _reached_at(self, base: str) -> str:
        """Return the server's address for other machines if it has one, where `base` is one for this machine only."""
        return self._served_at if is_only_here(base) and not is_only_here(self._served_at) else base

    def _look(self) -> None:
        """Write the feed again if there are other files than before; while that fails, the old one is served."""
        with self._lock:
            now = self._state()
            if now == self._seen:
                return
            try:
                self.made = write_feed(self._folder, title=self._title, served_at=self._served_at)
                self._written = time.time()
            except PlayerError:
                _logger.warning("the feed stays as it was", exc_info=True)
            self._seen = now

    def _state(self) -> tuple[tuple[str, int, int], ...]:
        return tuple(one for one in seen_in(self._folder) if not one[0].endswith(_MADE))


@contextmanager
def served(
    folder: Path, host: str, port: int, *, base_url: str = "", title: str = "", about: About = NOTHING_SAID
) -> Iterator[tuple[HouseServer, Podcast]]:
    """Context: a server for the podcast of a folder, not running yet. Raises as HouseServer and `write_feed`."""
    podcast: Podcast | None = None

    def find(path: str, base: str) -> Path | Text | Moved | None:
        return None if podcast is None else podcast.find(path, base)

    with HouseServer(host, port, application(find, lambda: server.url)) as server:
        podcast = Podcast(folder, base_url=base_url, title=title, served_at=server.url, about=about)
        yield server, podcast


def _page(feed: bytes, base: str) -> bytes:
    """Return the page of a feed as it is served."""
    from lxml import etree  # 0.02 s

    channel = etree.fromstring(feed).find("channel")
    assert channel is not None
    cover = channel.find(f"{{{ITUNES}}}image")
    assert cover is not None
    return subscribe_page(
        channel.findtext("title") or "",
        base + NAME,
        _items(channel.iterfind("item")),
        cover=cover.get("href", "").rpartition("/")[2],
        for_phones=not is_only_here(base),
    )


def _items(entries: Iterator[object]) -> Iterator[Item]:
    for entry in entries:
        text = entry.findtext  # type: ignore[attr-defined]
        sound = entry.find("enclosure")  # type: ignore[attr-defined]
        about = (text(f"{{{ITUNES}}}author") or "", in_words(iso_date(text("pubDate") or ""), "en"))
        seconds = float(text(f"{{{ITUNES}}}duration") or 0)
        yield Item(text("title") or "", about, seconds, sound.get("url"), sound.get("type"))
