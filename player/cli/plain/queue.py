"""Without a screen and a story: what waits in the library, one story after the other."""

from __future__ import annotations

import logging
from contextlib import closing

from player.errors import SourceError
from player.library.shelf import Shelf, Shelved
from player.settings import Settings
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
