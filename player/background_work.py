"""Work in a thread of its own, whose result is waited for later."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

_logger = logging.getLogger(__name__)

_Done = TypeVar("_Done")


def in_background(work: Callable[[], _Done], name: str) -> Future[_Done]:
    """Return the result to come of work in a thread of this name. The program's end does not wait for it."""
    result: Future[_Done] = Future()

    def run() -> None:
        try:
            result.set_result(work())
        except BaseException as error:  # the thread's boundary: raised again where the result is waited for
            _logger.debug("raised where it is waited for", exc_info=True)
            result.set_exception(error)

    Thread(target=run, name=name, daemon=True).start()
    return result
