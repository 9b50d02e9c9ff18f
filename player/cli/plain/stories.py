"""Playing stories without a screen, one after the other."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from player.cli.opening import Opening, called
from player.cli.output.printing import complain
from player.cli.plain.playing import Plain
from player.cli.plain.queue import Queue
from player.cli.playing import Opened, load_or_choose
from player.errors import SourceError, UsageError
from player.session import Session
from player.settings import Settings, Source
from player.sources import load_story

_logger = logging.getLogger(__name__)


def play_all_plainly(
    first: Opened,
    later: Sequence[str],
    settings: Settings,
    opening: Opening,
    *,
    from_start: bool = False,
    queue: Queue | None = None,
) -> int:
    """Play without a screen; `later` are sources that follow, and then what waits in a queue. What cannot be opened is
    told, and left out. Of a beginning, its sentences are printed while the rest is read."""
    code, voice = 0, opening.voice
    plain = Plain(settings, later, reachable=settings.remote == "on", queue=queue)
    try:
        while not plain.left and 0 <= plain.at < len(plain.sources):
            source = plain.sources[plain.at]
            try:
                opened = Opened(load_story(Source(story=source), settings)) if source else first
            except (SourceError, UsageError) as error:
                complain(str(error))
                code = error.exit_code
                if queue is not None and plain.at == len(plain.sources) - 1:
                    queue.skip(error.message)
            else:
                if opened.rest is not None:
                    from player.cli.plain.beginning import play_beginning  # for long stories only

                    session, begun = play_beginning(opened, settings, voice, plain.told)
                    first = Opened(session.story)
                    opening.done()
                else:
                    session, begun = Session.open(opened.story, settings, voice, told=plain.told), None
                session.notices.extend(session.story.notices)
                voice = None
                try:
                    plain.play(session, from_start=from_start, begun=begun)
                finally:
                    session.close()
            plain.at += plain.step
            if plain.at == len(plain.sources):
                plain.look_further()
    finally:
        plain.close()
    return code


def play_queue(settings: Settings, opening: Opening, *, from_start: bool = False) -> int:
    """Play the stories that wait; in an empty library the bundled one."""
    queue = Queue(settings)
    source = queue.first()
    while True:
        given = Source(story=source or "")
        try:
            with opening.of(called(given)) as line:
                opened = load_or_choose(given, settings, opening, line, on_screen=False, from_start=from_start)
            break
        except (SourceError, UsageError) as error:
            _logger.warning("%s is left out of the queue", source, exc_info=True)
            queue.skip(error.message)
            if (source := queue.next()) is None:
                raise
            complain(str(error))
    assert opened is not None  # nobody is asked to choose
    return play_all_plainly(opened, (), settings, opening, from_start=from_start, queue=queue)
