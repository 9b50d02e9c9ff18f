"""`listen add`: stories for later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from player.cli.app import DEFAULTS, NOTHING_STARTED, GivenOpening, StoryNames, story_name
from player.cli.opening import called
from player.cli.output.printing import complain
from player.settings import Settings, Source
from player.story.text import printable

if TYPE_CHECKING:
    from player.stories import Stories
    from player.story.opening.waiting import Watch


def add(
    *stories: StoryNames,
    clipboard: Annotated[bool, Parameter(negative="")] = False,
    latest: int = 0,
    settings: Settings = DEFAULTS,
    opening: GivenOpening = NOTHING_STARTED,
) -> int:
    """Add stories to the end of the queue, to be played one after the other.

    Parameters
    ----------
    stories
        Files, URLs, or - for standard input.
    clipboard
        Add the text in the clipboard, or the page at a copied address.
    latest
        Add this many of a feed's newest stories.
    """
    from player.errors import SourceError, UsageError
    from player.stories import Stories
    from player.story.opening.locate import CLIPBOARD

    names = [*map(story_name, stories), *([CLIPBOARD] if clipboard else [])]
    if not names:
        raise UsageError("there is nothing to add", "listen add STORY …")
    code = 0
    for name in names:
        shown = Source(clipboard=True) if name == CLIPBOARD else Source(story=name)
        with opening.of(called(shown)) as line:
            try:
                titles = _add(Stories(settings), name, latest, line.watch)
            except (SourceError, UsageError) as error:
                titles, code = [], error.exit_code
                line.close()
                complain(str(error))
        for title in titles:
            print(f"Added: {printable(title)}")
    opening.done()
    return code


def _add(stories: Stories, name: str, latest: int, watch: Watch) -> list[str]:
    """Add a story, or some of a feed; return their titles. Raises SourceError, UsageError or LibraryError."""
    from player.errors import UsageError
    from player.story.reading.feed import Feed, no_feed

    found = stories.open(name, watch)
    if not isinstance(found, Feed):
        if latest:
            complain(no_feed(name))
        return [stories.add(found).title]
    if not latest:
        count = len(found.entries)
        raise UsageError(
            f"{name} is a feed of {count} {'story' if count == 1 else 'stories'}",
            "--latest 3 adds the newest; listen follow adds all to come",
        )
    entries = found.entries[:latest][::-1]
    stories.add_entries(found, entries)
    return [entry.name for entry in entries]
