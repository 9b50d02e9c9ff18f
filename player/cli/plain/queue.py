"""Without a screen and a story: what waits in the library, one story after the other."""

from __future__ import annotations

import logging
from contextlib import closing

from player.cli.opening import Opening, called
from player.cli.output.printing import complain
from player.cli.plain.playing import play_all_plainly
from player.cli.playing import load_or_choose
from player.errors import SourceError, UsageError
from player.library.shelf import Shelf, Shelved
from player.settings import Settings, Source
from player.stories import unopened

_logger = logging.getLogger(__name__)


class Queue:
    """The library's queue, as it is whenever a story is asked for: other programs may add to it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._last: Shelved | None = None
        """The story given last."""
        self._given: set[str] = set()

    def first(self) -> str | None:
        """Return the source of the queue's first story; if none waits, of the unfinished one heard last. None for an
        empty library. Raises SourceError when everything has been heard, and LibraryError."""
        with closing(self._shelf()) as shelf:
            found = shelf.stories(most=1)
        if found and found[0].finished:
            raise SourceError("all stories of the library have been heard", "name one, or add one: listen add STORY")
        self._last = found[0] if found else None
        return found[0].source if found else None

    def next(self) -> str | None:
        """Return the source of the story that follows the one given last, each once; None when none waits any more.
        Raises LibraryError."""
        if self._last is None:
            return None
        self._given.add(self._last.story)
        with closing(self._shelf()) as shelf:
            found = shelf.next(self._last.story, self._given)
        self._last = found or self._last
        return found.source if found else None

    def skip(self, problem: str) -> None:
        """Take the story given last out of the queue: it cannot be opened, for a reason. Raises LibraryError."""
        if self._last is not None:
            with closing(self._shelf()) as shelf:
                shelf.fail(self._last.story, problem)

    def add(self, source: str) -> None:
        """Add a story to the queue's end. Raises LibraryError."""
        with closing(self._shelf()) as shelf:
            shelf.add([unopened(source)])

    def _shelf(self) -> Shelf:
        return Shelf(self._settings.library)


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
