"""Running work in threads, while the waiting thread can show progress and can stop at any moment."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

_logger = logging.getLogger(__name__)

_In = TypeVar("_In")
_Out = TypeVar("_Out")

Watch = Callable[[str], None]
"""Called about ten times a second in the waiting thread, with the progress ("page 3 of 300") or "" if unknown. An
exception from it ends the waiting at once."""

TICK = 0.1
"""Seconds between two calls of a Watch."""


def unwatched(told: str) -> None:
    """Show nothing."""


def watched(work: Callable[[], _Out], watch: Watch) -> _Out:
    """Return what `work` returns, or raise its error. It runs in a thread, which is abandoned when `watch` raises."""
    return at_once(lambda _: work(), (None,), 1, watch)[0]


def at_once(
    work: Callable[[_In], _Out], items: Sequence[_In], threads: int, watch: Watch, unit: str = ""
) -> list[_Out]:
    """Return the results of `work` for all items, in order, using a number of threads. Raises the first error.

    `unit` names an item in the progress for `watch`. The threads are daemons, so they delay neither an error of `watch`
    nor the program's end.
    """
    waiting: SimpleQueue[int] = SimpleQueue()
    for index in range(len(items)):
        waiting.put(index)
    done: SimpleQueue[tuple[int, _Out | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        while True:
            try:
                index = waiting.get_nowait()
            except Empty:
                return
            try:
                done.put((index, work(items[index]), None))
            except BaseException as error:  # the thread's boundary: raised again in the waiting thread
                _logger.debug("raised where it is waited for", exc_info=True)
                done.put((index, None, error))

    for _ in range(min(threads, len(items))):
        Thread(target=run, name="load", daemon=True).start()
    found: dict[int, _Out] = {}
    while len(found) < len(items):
        told = f"{unit} {len(found) + 1} of {len(items)}" if unit else ""
        index, result, error = answer_within(done, math.inf, watch, told)
        if error is not None:
            raise error
        found[index] = result  # type: ignore[assignment]
    return [found[index] for index in range(len(items))]


def answer_within(queue: SimpleQueue[_Out], end: float, watch: Watch, told: str) -> _Out:
    """Return the next item of a queue. Raises queue.Empty when the monotonic clock reaches `end`, and what `watch`
    raises."""
    while True:
        watch(told)  # called first, so that fast answers do not skip it
        try:
            return queue.get(timeout=min(TICK, max(end - time.monotonic(), 0.0)))
        except Empty:
            if time.monotonic() >= end:
                raise
