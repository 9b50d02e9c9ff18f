"""Making many stories on a Dask cluster: the same plan, by workers who write into the site and the store themselves.

    this machine ──task──► scheduler ──► worker: Desk (a studio: voices stay loaded) ◄──speech of a long story── worker
         ▲                                  │ sound, times, page ──► site, in a folder of all machines
         └──row, shares done◄── scheduler ◄─┘ rendered speech    ──► store

Imports distributed: 1 s.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any
from uuid import uuid4

from distributed import Client, Future, KilledWorker, get_worker

from player.errors import EngineError, ExportError
from player.export import Cancelled
from player.publish.desk import Desk, Job
from player.publish.local import Show
from player.publish.making import Made
from player.publish.plan import Failed, Task

_logger = logging.getLogger(__name__)

_TICK = 0.1
"""Seconds between two looks at whether somebody wants to stop."""
_SHOWN_EVERY = 0.5
"""Seconds between two messages about a story's progress: each passes the scheduler."""
_ANSWER = 5.0
"""Seconds in which a scheduler must answer."""
_AHEAD = 2
"""Tasks handed over for each thread of the workers: none waits for its next task."""


class Cluster:
    """An executor: the workers of a Dask scheduler make stories."""

    def __init__(self, client: Client, job: Job, cancelled: Event) -> None:
        self._client = client
        self._job = job
        self._cancelled = cancelled

    def __call__(self, tasks: Iterable[Task], show: Show) -> Iterator[Made | Failed]:
        """See Executor. Raises ExportError when the scheduler goes away."""
        done: SimpleQueue[Future[Any]] = SimpleQueue()
        running: dict[Future[Any], Task] = {}
        with self._shown(running, show) as topic:
            try:
                for task in tasks:
                    future = self._client.submit(_made, task, self._job.name, topic, pure=False)
                    running[future] = task
                    future.add_done_callback(done.put)
                    while len(running) >= self._most():
                        yield from self._finished(running, done)
                while running:
                    yield from self._finished(running, done)
            finally:
                self._client.cancel(list(running))

    def _most(self) -> int:
        """Return how many tasks may be on their way; some even without workers, who may come when there is work."""
        threads: dict[str, int] = self._client.nthreads()
        return max(_AHEAD * sum(threads.values()), _AHEAD)

    def _finished(self, running: dict[Future[Any], Task], done: SimpleQueue[Future[Any]]) -> Iterator[Made | Failed]:
        """Yield what is finished within a moment, and take it from `running`."""
        if self._cancelled.is_set():
            raise Cancelled
        try:
            future = done.get(timeout=_TICK)
        except Empty:
            if self._client.status != "running":
                raise _gone() from None
            return
        task = running.pop(future)
        try:
            yield future.result()
        except KilledWorker:
            _logger.warning("%s ended every worker that made it", task.source.name, exc_info=True)
            error = EngineError("every worker that made it ended in the middle", "look at the workers' memory and logs")
            yield Failed(task.source, error, task.folder)
        except CancelledError as error:
            raise _gone() from error

    @contextmanager
    def _shown(self, running: dict[Future[Any], Task], show: Show) -> Iterator[str]:
        """Context: the topic under which workers tell of a story's progress."""
        topic = f"listen-{uuid4().hex}"

        def told(event: tuple[float, tuple[str, float]]) -> None:
            folder, share = event[1]
            task = next((task for task in list(running.values()) if task.folder == folder), None)
            if task is not None:
                show(task, share)

        self._client.subscribe_topic(topic, told)
        try:
            yield topic
        finally:
            with suppress(ValueError):
                self._client.unsubscribe_topic(topic)


@contextmanager
def cluster(address: str, job: Job, cancelled: Event) -> Iterator[Cluster]:
    """Context: an executor on the workers of a scheduler ("host:8786", "tls://…"). At the end the workers forget the
    job. Raises ExportError when no scheduler answers."""
    _quieten()
    try:
        client = Client(address, timeout=_ANSWER, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ExportError(
            f"no Dask scheduler answers at {address} ({error})", "start one with: dask scheduler"
        ) from error
    try:
        try:
            client.register_plugin(Desk(job), name=job.name)
        except Exception as error:  # whatever a worker on another machine fails with
            _logger.warning("the workers cannot be prepared", exc_info=True)
            raise ExportError(
                f"the workers cannot be prepared ({error})", "install listen-to-story[cluster] on every machine"
            ) from error
        try:
            yield Cluster(client, job, cancelled)
        finally:
            if client.status == "running":
                client.unregister_worker_plugin(job.name)
    finally:
        client.close(timeout=_ANSWER)


def _made(task: Task, name: str, topic: str) -> Made | Failed:
    """Make a story in a worker."""
    worker = get_worker()
    last = 0.0

    def show(share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last > _SHOWN_EVERY:
            last = now
            worker.log_event(topic, (task.folder, share))

    desk: Desk = worker.plugins[name]  # type: ignore[assignment]
    return desk.make(task, show)


def _gone() -> ExportError:
    return ExportError("the Dask scheduler went away", "start again to go on: what is made stays")


def _quieten() -> None:
    """Send what distributed logs to this program's log, where there is one, instead of to the terminal."""
    logger = logging.getLogger("distributed")
    logger.handlers[:] = [logging.NullHandler()]
    logger.propagate = True
