"""A desk: what a worker of a cluster has for a job, and makes its stories with. Imports distributed: 1 s."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Any

from distributed import Worker, WorkerPlugin, get_client, secede

from player.audio.store import absolute
from player.errors import UsageError
from player.publish.fingerprint import fingerprint, hash_of
from player.publish.local import studio
from player.publish.making import Made, Studio, make_or_fail
from player.publish.plan import Failed, Task
from player.publish.spread import Spread
from player.publish.state import NAME
from player.settings import Settings
from player.speech.engine import Speech
from player.speech.options import Options
from player.speech.process.host import Starts
from player.story.reading.options import Options as Opening


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker has to know."""

    site: Path
    """Absolute path of the site's folder."""
    settings: Settings
    opening: Opening
    skip_unspeakable: bool
    fingerprint: str
    """See `fingerprint`: workers of another version, with other voices or lexicons, would make something else."""

    @property
    def name(self) -> str:
        """What the workers keep it under: a site is published once at a time."""
        return f"listen-publish-{hash_of(str(self.site))}"


def job(site: Path, settings: Settings, opening: Opening, *, skip_unspeakable: bool) -> Job:
    """Return what the workers have to know, with absolute paths."""
    known = fingerprint(settings, skip_unspeakable=skip_unspeakable)
    cast = settings.cast.absolute() if settings.cast else None
    cache = absolute(settings.cache_dir) if settings.cache_dir else None
    return Job(site.resolve(), replace(settings, cast=cast, cache_dir=cache), opening, skip_unspeakable, known)


class Desk(WorkerPlugin):
    """A worker's studio, open as long as the job lasts."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def setup(self, worker: Worker) -> None:
        """See WorkerPlugin."""
        self._open = ExitStack()
        self._stopped = Event()
        self._wrong = self._found_wrong()
        job = self.job
        means = studio(
            job.settings,
            job.opening,
            self._stopped,
            cores=worker.state.nthreads,
            skip_unspeakable=job.skip_unspeakable,
        )
        made: Studio = self._open.enter_context(means)
        self._starts = made.workshop.voices.starts
        self._studio = replace(made, workshop=replace(made.workshop, spread=self._spread))

    def teardown(self, worker: Worker) -> None:
        """See WorkerPlugin. Stories that are being made end at once, without a trace."""
        self._stopped.set()
        self._open.close()

    def make(self, task: Task, show: Any) -> Made | Failed:
        """Make a story. Raises UsageError when this worker would make another than the others; Cancelled."""
        if self._wrong is not None:
            raise self._wrong
        return make_or_fail(task, self.job.site, self._studio, show)

    def speak(self, names: tuple[str, str, str], options: Options, text: str) -> Speech:
        """Say a text of a long story that another worker makes, with a voice named as StartWorker takes it. Raises as
        SpeechWorker.render, and UsageError as `make`."""
        if self._wrong is not None:
            raise self._wrong
        return self._starts({names[0]: options} if options else {})(*names).render(text)

    def _spread(self) -> tuple[Starts, int]:
        """Leave this thread's place to other tasks, so that the worker speaks while its story waits for speech; return
        the voices of all workers, and the number of their threads."""
        secede()
        client = get_client()
        return Spread(client, self.job.name, self._starts), sum(client.nthreads().values())

    def _found_wrong(self) -> UsageError | None:
        job = self.job
        if not (job.site / NAME).exists():
            return UsageError(f"a worker cannot see the folder {job.site}", "publish into a folder of all machines")
        if fingerprint(job.settings, skip_unspeakable=job.skip_unspeakable) != job.fingerprint:
            return UsageError(
                "a worker has another version of this program, other engines, or other pronunciations",
                "install the same on every machine",
            )
        return None
