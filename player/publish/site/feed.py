"""The site's podcast feed: its newest stories as episodes."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from player import atomic
from player.export.pictures.cover import drawn
from player.export.podcast.episodes import Episode
from player.export.podcast.rss import Podcast, document
from player.publish.site.page import COVER
from player.publish.state import Published, State
from player.speech.engine import Seconds

FEED = "feed.xml"
_MOST = 300
"""Episodes; podcast programs take no more, and read them all each time."""
_SPACE = uuid.UUID("6f0c1f6e-6f53-5c6c-9d35-0c8b7ff7f0b1")
"""Namespace of our GUIDs: an arbitrary constant, never to be changed."""


def write_feed(site: Path, state: State, title: str, base_url: str) -> None:
    """Write the feed and its picture. Without the site's address its links are relative: `listen serve` makes them
    whole. Raises OSError."""
    whole = (story for story in state.newest() if _sound(site, story).is_file())
    stories = list(islice(whole, _MOST))
    dates: set[datetime] = set()
    constants = {}
    for story in stories:
        moment = _moment(story, dates)
        dates.add(moment)
        constants[_sound(site, story)] = (uuid.uuid5(_SPACE, story.key).urn, moment)
    cover = site / COVER
    if not cover.is_file() or _is_drawn_for(state.about().get("title", title), title, cover):
        atomic.write(cover, drawn(title, "", FEED))
    podcast = Podcast(
        title=title,
        guid=str(uuid.uuid5(_SPACE, base_url or title)),
        cover=cover,
        episodes=[_episode(site, story) for story in stories],
        constants=constants,
        chapters={},
        head=(),
    )
    data = document(podcast, base_url) if stories else b""
    if stories:
        atomic.write(site / FEED, data)
    else:
        (site / FEED).unlink(missing_ok=True)


def _is_drawn_for(before: str, title: str, cover: Path) -> bool:
    """Return True for the picture of an earlier title; one of the site's owner stays."""
    return before != title and cover.read_bytes() == drawn(before, "", FEED)


def _sound(site: Path, story: Published) -> Path:
    return site / story.folder / "story.mp3"


def _episode(site: Path, story: Published) -> Episode:
    folder = site / story.folder
    return Episode(
        audio=_sound(site, story),
        title=story.title,
        author=story.byline,
        published=date.fromisoformat(story.published) if story.published else None,
        language=story.language,
        summary=story.summary,
        seconds=Seconds(story.seconds),
        chapters=(),
        transcripts=(folder / "story.vtt",),
        folder=f"{quote(story.folder)}/",
    )


def _moment(story: Published, taken: set[datetime]) -> datetime:
    """Return the date of an episode. Stories of one day are a second apart, because players sort by it; they come
    newest first."""
    try:
        moment = datetime.combine(date.fromisoformat(story.published), time(12, tzinfo=UTC))
    except ValueError:
        moment = datetime.fromisoformat(story.since)
    while moment in taken:
        moment -= timedelta(seconds=1)
    return moment
