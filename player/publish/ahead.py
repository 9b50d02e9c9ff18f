"""Pages fetched before their turn comes: a few at a time, and of each host one."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import islice
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlsplit

from player.story.opening.page_store import Page

_logger = logging.getLogger(__name__)

_AT_ONCE = 8
"""Pages fetched, or in memory, at a time."""


class Argument(NamedTuple):
    """What names stories, and its page that is being fetched; None if it is no URL."""

    name: str
    page: Future[Page] | None


def fetched_ahead(names: Iterable[str], fetch: Callable[[str], Page]) -> Iterator[Argument]:
    """Yield each name in order. Pages of those that follow are fetched meanwhile, in threads that end by themselves."""
    left, waiting, begun = iter(names), deque[str](), dict[str, Future[Page]]()
    while True:
        waiting.extend(islice(left, _AT_ONCE - len(waiting)))
        if not waiting:
            return
        busy = {_host(name) for name, page in begun.items() if not page.done()}
        for name in waiting:
            host = _host(name)
            if host and host not in busy and name not in begun:
                begun[name] = _begun(name, fetch)
                busy.add(host)
        name = waiting.popleft()
        yield Argument(name, begun.pop(name, None))


def _host(name: str) -> str:
    """Return the host of a web page; empty for what is no URL."""
    if not name.lower().startswith(("http://", "https://")):
        return ""
    try:
        return urlsplit(name).netloc.casefold() or name
    except ValueError:  # `fetch` tells
        return name


def _begun(url: str, fetch: Callable[[str], Page]) -> Future[Page]:
    page = Future[Page]()

    def run() -> None:
        try:
            page.set_result(fetch(url))
        except Exception as error:  # the thread's boundary: raised where the page is asked for
            _logger.info("%s cannot be had", url, exc_info=True)
            page.set_exception(error)

    Thread(target=run, name="fetch-ahead", daemon=True).start()
    return page
