"""A source that is read in a thread. The beginning of a long one comes first, to be played while the rest is read."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NamedTuple, cast

from player.story.model import Story
from player.story.opening.waiting import Watch, answer_within
from player.story.reading.feed import Feed

_logger = logging.getLogger(__name__)

Load = Callable[[Watch, Callable[[Story], None]], Story | Feed]
"""Called as `opening.load`, with a watch and what takes the beginning."""


class Found(NamedTuple):
    """An answer of a reading."""

    story: Story | Feed
    whole: bool
    """False for the beginning of a story."""


class _Left(Exception):
    """Ends a reading that is no longer wanted."""


class Reading:
    """Reads a source. The thread is a daemon, and ends with the reader's process: nobody has to wait for it."""

    def __init__(self, load: Load) -> None:
        """Start reading."""
        self._told = ""
        self._left = False
        self._answers: SimpleQueue[Found | BaseException] = SimpleQueue()
        Thread(target=self._run, args=(load,), name="read", daemon=True).start()

    def next(self, watch: Watch, meanwhile: Iterable[float] = ()) -> Found:
        """Return the beginning if there is one, and with the next call the whole. `watch` is called with the progress.
        Until there is an answer, the steps of `meanwhile` are taken; each says how many seconds the next one has to
        wait.

        Raises as `opening.load`, and what `watch` and a step raise.
        """
        found = self._answer(watch, meanwhile)
        if isinstance(found, BaseException):
            raise found
        return found

    def _answer(self, watch: Watch, meanwhile: Iterable[float]) -> Found | BaseException:
        for pause in meanwhile:
            watch(self._told)
            with suppress(Empty):
                return self._answers.get(timeout=pause)
        return answer_within(self._answers, math.inf, lambda _: watch(self._told), "")

    def whole(self, watch: Watch) -> Story:
        """Return all of the story whose beginning was the first answer. Raises as `next`; the reading is left then."""
        try:
            return cast("Story", self.next(watch).story)  # feeds have no beginning
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """End the reading soon; the answer is no longer wanted."""
        self._left = True

    def _run(self, load: Load) -> None:
        def tell(told: str) -> None:
            if self._left:
                raise _Left
            self._told = told

        try:
            self._answers.put(Found(load(tell, lambda story: self._answers.put(Found(story, whole=False))), whole=True))
        except BaseException as error:  # the thread's boundary: raised again in the waiting thread
            _logger.debug("raised where it is waited for", exc_info=True)
            self._answers.put(error)
