"""Pages fetched before their turn comes: a few at a time, and of each host one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from player.background_work import in_background
from player.story.opening.page_store import Page

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
                begun[name] = in_background(partial(fetch, name), "fetch-ahead")
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
