"""Playing a story: on the screen if there is one and a keyboard, else plainly."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.cli.chosen_keys import chosen_keys
from player.cli.meanwhile import imports
from player.cli.opening import Opening, OpeningLine
from player.cli.output.printing import complain
from player.importing import importing, short_turns
from player.settings import Settings, Source
from player.story.model import Story

if TYPE_CHECKING:
    from player.session import Playing
    from player.stories import Stories
    from player.story.opening.reading import Reading
    from player.story.reading.feed import Entry
    from player.tui.app import ListenApp
    from player.tui.first_page import FirstPage


@dataclass(frozen=True, slots=True)
class Opened:
    """A story, or its beginning while the rest is read."""

    story: Story
    rest: Reading | None = None
    """What reads the whole, if the story is a beginning."""


def load_or_choose(
    source: Source,
    settings: Settings,
    opening: Opening,
    line: OpeningLine,
    *,
    on_screen: bool,
    from_start: bool = False,
    whole: bool = False,
) -> Opened | None:
    """Return the story or, `on_screen`, one that the listener chooses from a feed; None if none is chosen. Of a long
    story the beginning is returned, if that is where it will be played from, unless it has to be `whole`."""
    from player.sources import load_entry, read_source
    from player.story.reading.feed import Feed, undecided

    reading = read_source(source, settings, opening.readers)
    found = reading.next(line.watch, imports(settings) if on_screen else ())
    if not found.whole and isinstance(found.story, Story):
        from player.session.prelude import may_begin

        if not whole and may_begin(found.story, settings, from_start=from_start):
            return Opened(found.story, reading)
        return Opened(reading.whole(line.watch))
    feed = found.story
    if not isinstance(feed, Feed):
        return Opened(feed)
    if not (on_screen and has_keys()):
        raise undecided(feed, source.story)
    from player.tui.choosing import Chooser  # 0.2 s, for feeds only

    line.close()

    def load(entry: Entry) -> Story:
        return load_entry(feed, entry, source, settings, opening.readers)

    def follow() -> None:
        from player.stories import Stories

        with closing(Stories(settings)) as stories:
            stories.add_entries(feed, (), follow=True)

    chosen = Chooser(feed, load, follow, settings.theme).show()
    return None if chosen is None else Opened(chosen)


def _screen() -> type[ListenApp]:
    """Import the screen: 0.2 s."""
    with importing():
        from player.tui.app import ListenApp
    return ListenApp


def has_keys() -> bool:
    """Return True if there is a keyboard. If standard input is something else (the story, perhaps), it is replaced by
    the terminal: without keys the player could not be left."""
    if sys.__stdin__ is None or sys.__stdin__.isatty():
        return sys.__stdin__ is not None
    try:
        terminal = os.open("CONIN$" if os.name == "nt" else "/dev/tty", os.O_RDWR)
    except OSError:
        return False
    os.dup2(terminal, sys.__stdin__.fileno())
    os.close(terminal)
    return True


def play_on_screen(
    opened: Opened,
    later: Sequence[str],
    settings: Settings,
    opening: Opening,
    *,
    from_start: bool = False,
    told: str = "",
) -> int:
    """Play in the terminal player, from the last place or, with `from_start`, from the beginning; `later` are sources
    that follow, `told` a notice. The text is shown first, then sound starts, then the interface is imported (0.2 s)."""
    from player.stories import Stories

    keys = chosen_keys(settings)
    with closing(Stories(settings, opening.voice)) as stories, _page_of(opened) as page:
        with short_turns():
            listening = _begun(opened, stories, page, from_start=from_start)
            listening.player.transport.play()
        if told:
            listening.player.notices.append(told)
        if later:
            stories.queue_first(listening.player.story, later)
        app = _screen()(listening, theme=settings.theme, stories=stories, keys=keys, settings=settings)
        app.when_shown = page.hand_over
        _show(app)
    return 0


def _page_of(opened: Opened) -> FirstPage:
    with importing():
        from player.tui.first_page import FirstPage
    return FirstPage(opened.story, is_whole=opened.rest is None)


def _begun(opened: Opened, stories: Stories, page: FirstPage, *, from_start: bool) -> Playing:
    """Return a story, or the beginning of one that is read, ready to play. Its page is shown before its voice is
    there."""
    if opened.rest is None:
        return stories.begin(opened.story, from_start=from_start, place_found=page.show)
    page.show(0, 0)
    return stories.begin_early(opened.story, opened.rest, from_start=from_start)


def open_library(settings: Settings, opening: Opening) -> int:
    """Open the player on the library."""
    from player.stories import Stories

    keys, screen = chosen_keys(settings), _screen()
    with closing(Stories(settings, opening.voice)) as stories:
        _show(screen(None, theme=settings.theme, stories=stories, keys=keys, settings=settings))
    return 0


def _show(app: ListenApp) -> None:
    app.show()
    if app.farewell:
        complain(app.farewell)
