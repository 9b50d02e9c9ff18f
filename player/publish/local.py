"""Making many stories on this machine: every core at work, a bounded number of stories open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import Protocol

from player.audio.store.cache import Store
from player.export import Cancelled
from player.memory import return_unused
from player.publish.making import Made, Studio, make_or_fail
from player.publish.plan import Failed, Task
from player.publish.workshop import import_libraries, workshop
from player.settings import Settings
from player.story.opening.confined.host import Readers
from player.story.reading.options import Options

_TICK = 0.1
"""Seconds between two looks at whether somebody wants to stop."""
_BETWEEN_RETURNS = 3
"""Stories after which unused memory is returned: the pieces of many leave holes, 20 MB after a thousand."""

Show = Callable[[Task, float], None]
"""Called with a task and the share of it that is done, in any thread."""


class Executor(Protocol):
    """Makes stories, on this machine or on others."""

    def __call__(self, tasks: Iterable[Task], show: Show) -> Iterator[Made | Failed]:
        """Yield a result for each task, as they are finished. Tasks are taken when there is room for them. Raises
        Cancelled, and what a task raises that concerns all."""


class Local:
    """An executor: threads of this process make stories, with processes that speak."""

    def __init__(self, site: Path, studio: Studio) -> None:
        self._site = site
        self._studio = studio

    def __call__(self, tasks: Iterable[Task], show: Show) -> Iterator[Made | Failed]:
        """See Executor."""
        stories = self._studio.workshop.at_once + 1  # one is opened or finished while the others are spoken
        pool = ThreadPoolExecutor(stories, thread_name_prefix="story")
        running: set[Future[Made | Failed]] = set()
        try:
            for number, task in enumerate(tasks):
                if not running:
                    import_libraries()
                if number % _BETWEEN_RETURNS == 0:
                    return_unused()
                running.add(pool.submit(make_or_fail, task, self._site, self._studio, partial(show, task)))
                while len(running) >= stories:
                    yield from self._finished(running)
                    self._check()
            while running:
                yield from self._finished(running)
                self._check()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _finished(self, running: set[Future[Made | Failed]]) -> Iterator[Made | Failed]:
        """Yield what is finished within a moment, and take it from `running`."""
        done, _ = wait(running, timeout=_TICK, return_when=FIRST_COMPLETED)
        for one in done:
            running.discard(one)
            yield one.result()

    def _check(self) -> None:
        if self._studio.cancelled.is_set():
            raise Cancelled


@contextmanager
def studio(
    settings: Settings,
    opening: Options,
    cancelled: Event,
    *,
    cores: int | None = None,
    skip_unspeakable: bool = False,
    store: Store | None = None,
) -> Iterator[Studio]:
    """Context: what this process makes stories with, on so many cores (all by default). At the end all its processes
    are gone. `store` in place of the one that is set."""
    readers = Readers()
    try:
        with workshop(settings, cores=cores, store=store) as shared:
            try:
                yield Studio(shared, opening, readers, skip_unspeakable, cancelled)
            finally:
                cancelled.set()  # for stories that are still being made
    finally:
        readers.close()
