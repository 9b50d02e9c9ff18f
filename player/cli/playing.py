"""Playing a story: on the screen if there is one and a keyboard, else plainly."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from threading import Event
from typing import TYPE_CHECKING

from player.cli.opening import Opening, OpeningLine
from player.cli.printing import complain, print_notices
from player.errors import SourceError, UsageError
from player.settings import Settings, Source

if TYPE_CHECKING:
    from player.session import Session
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


def play_all_plainly(
    story: Story, later: Sequence[str], settings: Settings, opening: Opening, *, from_start: bool = False
) -> int:
    """Play without a screen; `later` are sources that follow. What cannot be opened is told, and left out."""
    from player.session import Session, load_story

    code, voice, stories = 0, opening.voice, [story]
    for name in ("", *later):
        try:
            if name:
                stories = [load_story(Source(story=name), settings)]
        except (SourceError, UsageError) as error:
            complain(str(error))
            code = error.exit_code
            continue
        session = Session.open(stories[0], settings, voice)
        session.notices.extend(stories[0].notices)
        voice = None
        try:
            play_plainly(session, from_start=from_start)
        finally:
            session.close()
    return code


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


def play_plainly(session: Session, *, from_start: bool = False) -> int:
    """Play without a screen, printing each sentence when it begins to sound, from the last place on. Keys steer it
    where there is a terminal."""
    # Imported here, because exports need no screen.
    from player.cli.plain_keys import QUIT, keys_of_terminal, press
    from player.playback.going_on import Breaks, started
    from player.playback.place_watch import PlaceWatch
    from player.playback.position import State
    from player.tui.signals import obeyed

    ended = Event()

    def tick() -> bool:
        if player.transport.failure is None:  # else that error is reported
            print_notices(player.notices)
        watch.look(player.transport.position())
        time.sleep(0.02)
        key = pressed()
        if key and (told := press(key, player, breaks)):
            complain(told)
        return key not in QUIT and not ended.is_set()

    with session.listen(from_start=from_start) as listening:
        player = listening.player
        watch, breaks = PlaceWatch(player, listening.remember), Breaks(player, listening.step_back)
        try:
            if listening.resume is not None:
                complain(
                    f"{started(player, listening.resume.block, listening.resume.character)} · --from-start: beginning"
                )
            print_notices(player.notices)
            with keys_of_terminal() as pressed, obeyed(ended.set, lambda: None):
                player.transport.play()
                for sentence in player.sentences_as_spoken(tick):
                    print(sentence, flush=True)
            if player.transport.position().state is State.ENDED:
                listening.describe(finished=True)
            print_notices(player.notices)
        finally:
            watch.keep(player.transport.position())
    if ended.is_set():
        raise KeyboardInterrupt
    return 0
