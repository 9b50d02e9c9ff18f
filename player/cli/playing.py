"""Playing a story: on the screen, where there is one and a keyboard, or plainly."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from player.cli.printing import print_notices
from player.settings import Settings, Source

if TYPE_CHECKING:
    from player.session import Session
    from player.story.model import Story


def load_or_choose(source: Source, settings: Settings) -> Story | None:
    """None when the listener was shown the stories of a feed, and wanted none of them."""
    from player.session import load_entry, load_story
    from player.story.sources.feed import SeveralStories

    try:
        return load_story(source, settings)
    except SeveralStories as several:
        if not has_keys():
            raise
        from player.tui.choosing import Chooser  # 0.2 s, for feeds only

        feed = several.feed
        return Chooser(feed, lambda entry: load_entry(feed, entry, source, settings), settings.theme).run()


def has_keys() -> bool:
    """Whether there is a keyboard. Where standard input is something else (it was the story, perhaps), the terminal
    takes its place: without keys a player could not even be left."""
    if sys.__stdin__ is None or sys.__stdin__.isatty():
        return sys.__stdin__ is not None
    try:
        terminal = os.open("CONIN$" if os.name == "nt" else "/dev/tty", os.O_RDWR)
    except OSError:
        return False
    os.dup2(terminal, sys.__stdin__.fileno())
    os.close(terminal)
    return True


def play_on_screen(session: Session) -> int:
    """The sound starts first, then the interface is imported (0.2 s)."""
    remembered = session.remembered()
    player = session.player()
    try:
        if remembered is None:
            player.transport.play()
        from player.tui.app import ListenApp

        screen = ListenApp(
            player,
            resume=remembered,
            remember=session.remember,
            export=session.export_playing,
            theme=session.settings.theme,
        )
        screen.run()
        return screen.return_code or 0
    finally:
        player.close()


def play_plainly(session: Session) -> int:
    """Without a screen: each sentence is printed as it begins to sound."""
    player = session.player()
    try:
        player.transport.play()

        def tick() -> bool:
            print_notices(player.notices)
            time.sleep(0.02)
            return True

        for sentence in player.sentences_as_spoken(tick):
            print(sentence, flush=True)
        print_notices(player.notices)
        return 0
    finally:
        player.close()
