"""`listen refresh`: the new stories of followed feeds."""

from __future__ import annotations

from player.cli.app import DEFAULTS, NOTHING_STARTED, GivenOpening, UnlistedSettings
from player.cli.output.printing import complain
from player.story.text import printable


def refresh(*, settings: UnlistedSettings = DEFAULTS, opening: GivenOpening = NOTHING_STARTED) -> int:
    """Let the new stories of all followed feeds join the queue, the oldest first, each once."""
    from player.following import refresh as fetched
    from player.stories import Stories

    with opening.of("the feeds") as line:
        found = list(fetched(Stories(settings), line.watch))
    for one in found:
        if one.problem:
            complain(f"{printable(one.feed.title)}: {one.problem}")
        else:
            print(f"{printable(one.feed.title)}: {one.added or 'nothing'} new")
    if not found:
        print("No feed is followed: listen follow URL")
    return 1 if any(one.problem for one in found) else 0
