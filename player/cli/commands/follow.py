"""`listen follow`: feeds whose new stories join the queue."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from player.cli.app import DEFAULTS, NOTHING_STARTED, GivenOpening, UnlistedSettings
from player.cli.opening import called
from player.cli.output.printing import complain
from player.errors import UsageError
from player.settings import Source
from player.story.text import printable


def follow(
    feed: str = "",
    /,
    *,
    latest: int = 0,
    list: Annotated[bool, Parameter(negative="")] = False,
    remove: Annotated[bool, Parameter(negative="")] = False,
    settings: UnlistedSettings = DEFAULTS,
    opening: GivenOpening = NOTHING_STARTED,
) -> int:
    """Follow a feed: with each `listen refresh`, its new stories join the queue.

    Parameters
    ----------
    feed
        URL of the feed, or a file.
    latest
        Add this many of its newest stories now.
    list
        List the feeds that are followed.
    remove
        Follow the feed no longer.
    """
    from player.library import Shelf

    if list or not feed:
        with closing(Shelf(settings.library)) as shelf:
            feeds = shelf.feeds()
        for followed in feeds:
            print(f"{printable(followed.title)}  {printable(followed.source)}")
        if not feeds:
            complain("no feed is followed yet: listen follow URL")
        return 0
    if remove:
        with closing(Shelf(settings.library)) as shelf:
            if not (shelf.unfollow(feed) or shelf.unfollow(str(Path(feed).absolute()))):
                raise UsageError(f"{feed} is not followed", "listen follow --list")
        print(f"Followed no longer: {printable(feed)}")
        return 0
    from player.following import follow as begin
    from player.stories import Stories

    with opening.of(called(Source(story=feed))) as line:
        begun = begin(Stories(settings), feed, latest, line.watch)
    opening.done()
    print(
        f"Following {printable(begun.feed.title)}: {begun.added or 'no'} stor{'y' if begun.added == 1 else 'ies'} added"
    )
    return 0
