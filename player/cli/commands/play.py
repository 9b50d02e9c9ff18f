"""`listen STORY`: playing it."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from player.cli.app import (
    DEFAULTS,
    NOTHING_STARTED,
    THE_SAMPLE,
    GivenOpening,
    MoreStories,
    StoryOrLibrary,
    app,
    named,
    story_name,
)
from player.cli.opening import called
from player.cli.output.printing import complain
from player.cli.playing import has_keys, load_or_choose, open_library, play_on_screen
from player.cli.process.streams import has_cursor
from player.errors import PlayerError, SourceError
from player.settings import Settings, Source


@app.default
def play(
    story: StoryOrLibrary = None,
    /,
    *more: MoreStories,
    source: Source = THE_SAMPLE,
    plain: Annotated[bool, Parameter(negative="")] = False,
    from_start: Annotated[bool, Parameter(negative="")] = False,
    settings: Settings = DEFAULTS,
    opening: GivenOpening = NOTHING_STARTED,
) -> int:
    """Open the player on a story, or on the library.

    Parameters
    ----------
    plain
        No screen: speak, and print each sentence as it is spoken.
    from_start
        Start at the beginning, wherever you were in the story.
    """
    from player.memory import return_what_is_freed

    return_what_is_freed()
    on_screen = not plain and has_cursor(sys.stdout)
    if story is None and source == THE_SAMPLE:
        if on_screen and has_keys():
            return open_library(settings, opening)
        from player.cli.plain.stories import play_queue

        return play_queue(settings, opening, from_start=from_start)
    source, later = named(source, story), [story_name(word) for word in more]
    if later:
        from player.story.opening.locate import check_named

        for name in later:  # a slip of the finger is told now, not when its turn comes
            check_named(name)
    left_out: PlayerError | None = None
    while True:
        queued = bool(later) and source.is_read_once  # the library keeps its text
        try:
            with opening.of(called(source), keys=on_screen) as line:
                opened = load_or_choose(
                    source, settings, opening, line, on_screen=on_screen, from_start=from_start, whole=queued
                )
            break
        except SourceError as error:
            if not later:
                raise
            complain(str(error))
            left_out, source = error, Source(story=later.pop(0))
    if opened is None:
        return 0
    on_screen = on_screen and has_keys()
    if opened.rest is None:
        opening.done()
    try:
        if on_screen:
            told = str(left_out or "")
            return play_on_screen(opened, later, settings, opening, from_start=from_start, told=told)
        from player.cli.plain.stories import play_all_plainly

        code = play_all_plainly(opened, later, settings, opening, from_start=from_start)
        return code or (left_out.exit_code if left_out else 0)
    finally:
        if opening.voice is not None:
            opening.voice.played(settings.audio_cache)
