"""`listen STORY`: playing it."""

from __future__ import annotations

import os
import sys
from typing import Annotated

from cyclopts import Parameter

from player.cli.app import DEFAULTS, NOTHING_STARTED, THE_SAMPLE, GivenOpening, StoryName, app, named
from player.cli.opening import called
from player.cli.playing import has_keys, load_or_choose, play_on_screen, play_plainly
from player.settings import Settings, Source


@app.default
def play(
    story: StoryName = "",
    /,
    *,
    source: Source = THE_SAMPLE,
    plain: Annotated[bool, Parameter(negative="")] = False,
    from_start: Annotated[bool, Parameter(negative="")] = False,
    settings: Settings = DEFAULTS,
    opening: GivenOpening = NOTHING_STARTED,
) -> int:
    """Open the player on a story.

    Parameters
    ----------
    plain
        No screen: speak, and print each sentence as it is spoken.
    from_start
        Start at the beginning, wherever you were in the story.
    """
    from player.cli.memory import return_what_is_freed
    from player.session import Session, load_story

    return_what_is_freed()
    # A terminal without a cursor to place (an editor's shell, a teletype) has no room for a screen.
    on_screen = not plain and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    source = named(source, story)
    with opening.of(called(source), keys=on_screen) as line:
        if on_screen:
            opened = load_or_choose(source, settings, opening, line)
        else:
            opened = load_story(source, settings, opening.readers, line.watch)
    opening.done()
    if opened is None:
        return 0
    session = Session.open(opened, settings, opening.voice)
    session.notices.extend(opened.notices)
    try:
        play_it = play_on_screen if on_screen and has_keys() else play_plainly
        return play_it(session, from_start=from_start)
    finally:
        session.close()
        if opening.voice is not None:
            opening.voice.played(settings.audio_cache)
