"""Playing a story: on the screen if there is one and a keyboard, else plainly."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from player.cli.opening import Opening, OpeningLine
from player.cli.printing import complain
from player.settings import Settings, Source

if TYPE_CHECKING:
    from player.story.model import Story
    from player.story.reading.feed import Entry
    from player.tui.app import ListenApp


def load_or_choose(source: Source, settings: Settings, opening: Opening, line: OpeningLine) -> Story | None:
    """Return the story, or one that the listener chooses from a feed; None if none is chosen."""
    from player.session import load_entry, open_source
    from player.story.reading.feed import Feed, undecided

    opened = open_source(source, settings, opening.readers, line.watch)
    if not isinstance(opened, Feed):
        return opened
    if not has_keys():
        raise undecided(opened, source.story)
    from player.tui.choosing import Chooser  # 0.2 s, for feeds only

    line.close()

    def load(entry: Entry) -> Story:
        return load_entry(opened, entry, source, settings, opening.readers)

    return Chooser(opened, load, settings.theme).show()


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
    story: Story, later: Sequence[str], settings: Settings, opening: Opening, *, from_start: bool = False
) -> int:
    """Play in the terminal player, from the last place or, with `from_start`, from the beginning; `later` are sources
    that follow. Sound starts first, then the interface is imported (0.2 s)."""
    from player.stories import Stories
    from player.tui.keys import changed

    keys = changed(settings.keys)
    with closing(Stories(settings, opening.voice)) as stories:
        if later:
            stories.queue_first(story, later)
        listening = stories.begin(story, from_start=from_start)
        listening.player.transport.play()
        with _short_turns():
            from player.tui.app import ListenApp

        _show(ListenApp(listening, theme=settings.theme, stories=stories, keys=keys, settings=settings))
    return 0


def open_library(settings: Settings, opening: Opening) -> int:
    """Open the player on the library."""
    from player.stories import Stories
    from player.tui.app import ListenApp
    from player.tui.keys import changed

    keys = changed(settings.keys)
    with closing(Stories(settings, opening.voice)) as stories:
        _show(ListenApp(None, theme=settings.theme, stories=stories, keys=keys, settings=settings))
    return 0


def _show(app: ListenApp) -> None:
    app.show()
    if app.farewell:
        complain(app.farewell)


@contextmanager
def _short_turns() -> Iterator[None]:
    """Context: threads take turns more often, because an import would keep those that make sound waiting: 5 ms for
    each step."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
