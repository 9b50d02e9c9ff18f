"""Following feeds: their new entries join the queue, each once."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from player.errors import PlayerError, UsageError
from player.library.shelf import Followed, Shelf
from player.stories import Stories
from player.story.opening.waiting import Watch, at_once, unwatched
from player.story.reading.feed import Feed

_logger = logging.getLogger(__name__)

_AT_ONCE = 4
"""Feeds fetched at the same time."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a feed brought."""

    feed: Followed
    added: int
    """Number of stories that joined the queue."""
    problem: str = ""
    """Why the feed could not be read, for the listener; empty when it could."""


def follow(stories: Stories, source: str, latest: int = 0, watch: Watch = unwatched) -> Refreshed:
    """Follow a feed, and add its `latest` newest stories; of one that is followed already, the new ones join the queue.
    Raises SourceError, UsageError or LibraryError."""
    found = stories.open(source, watch)
    if not isinstance(found, Feed):
        raise UsageError(f"{source} is no feed", "listen add takes single stories")
    feed = Followed(found.source, found.title or found.source)
    with closing(stories.shelf()) as shelf:
        followed = {known.source for known in shelf.feeds()}
    if feed.source in followed:
        return Refreshed(feed, _take_in(stories, feed, found))
    return Refreshed(feed, stories.add_entries(found, found.entries[:latest][::-1], follow=True))


def refresh(stories: Stories, watch: Watch = unwatched) -> Iterator[Refreshed]:
    """Let the new entries of all followed feeds join the queue, the oldest first. A feed that cannot be read does not
    stop the others. Raises LibraryError."""
    with closing(stories.shelf()) as shelf:
        feeds: Sequence[Followed] = shelf.feeds()

    def opened(feed: Followed) -> Feed | PlayerError:
        try:
            found = stories.open(feed.source, anew=True)
            return found if isinstance(found, Feed) else UsageError("it is no feed any more")
        except PlayerError as error:
            _logger.warning("the feed %s cannot be read", feed.source, exc_info=True)
            return error

    for feed, found in zip(feeds, at_once(opened, feeds, _AT_ONCE, watch, "feed"), strict=True):
        if isinstance(found, PlayerError):
            yield Refreshed(feed, 0, found.message)
        else:
            yield Refreshed(feed, _take_in(stories, feed, found))


def due(shelf: Shelf, hours: float) -> bool:
    """Return True if a followed feed was last refreshed more than so many hours ago; never for 0 hours. Raises
    LibraryError."""
    return hours > 0 and any(time.time() - feed.refreshed > 3600 * hours for feed in shelf.feeds())


def told(found: Sequence[Refreshed]) -> str:
    """Return in words what a refreshing has brought."""
    if not found:
        return "No feed is followed: listen follow URL, or add a feed here and follow it"
    brought = [f"{one.feed.title} {one.added}" for one in found if one.added]
    problems = [f"{one.feed.title}: {one.problem}" for one in found if one.problem]
    news = f"New in the queue: {', '.join(brought)}" if brought else "Nothing new"
    return " · ".join((news, *problems))


def _take_in(stories: Stories, feed: Followed, found: Feed) -> int:
    with closing(stories.shelf()) as shelf:
        unseen = shelf.unseen(feed.source, [entry.key for entry in found.entries])
        new = [entry for entry in found.entries[::-1] if entry.key in unseen]
        shelf.take_in(feed.source, [(entry.key, stories.entry(found, entry)) for entry in new])
    return len(new)
