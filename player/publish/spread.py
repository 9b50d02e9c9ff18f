"""Speaking a long story on a whole cluster: an utterance is a task, whose sound goes straight from worker to worker.

Imports distributed: 1 s.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import Any

from distributed import Client, Future, KilledWorker, get_worker

from player.errors import PlayerError, WorkerDied
from player.speech.choosing.registry import profile
from player.speech.engine import Speech
from player.speech.options import Options
from player.speech.process.host import Starts
from player.speech.process.workers import Hello, SpeechWorker, StartWorker

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Spread:
    """The voices of all workers that have a job. A Starts."""

    client: Client
    """Of the worker that makes the story; it fetches from other workers without the scheduler."""
    job: str
    """What the workers keep the job under."""
    here: Starts
    """The voices of this worker."""

    def __call__(self, options: Mapping[str, Options]) -> StartWorker:
        """See Starts. An engine that names one process, as that of a book's own recording, speaks here."""
        start_here = self.here(options)

        def start(engine: str, voice: str, language: str) -> SpeechWorker:
            here = start_here(engine, voice, language)
            if profile(engine).most_workers == 1:
                return here
            return _Anywhere(self.client, self.job, (engine, voice, language), options.get(engine), here)

        return start


@dataclass(eq=False)
class _Anywhere:
    """A voice of whichever worker has time. A SpeechWorker; one thread renders, another may kill it."""

    client: Client
    job: str
    names: tuple[str, str, str]
    options: Options | None
    here: SpeechWorker
    asked: Future[Speech] | None = None
    ended: bool = False

    def hello(self) -> Hello:
        """See SpeechWorker."""
        return self.here.hello()

    def render(self, text: str) -> Speech:
        """See SpeechWorker. Other workers load the voice when they are first asked. What one of them refuses is said
        here: it may lack what this one has, or be of another version."""
        if not text:
            return Speech(b"", self.hello().voice.sample_rate, ())
        given = (self.job, self.names, self.options, text)
        # Before whole stories: one that was begun waits for it.
        self.asked = self.client.submit(_spoken, *given, pure=False, priority=1)
        try:
            if not self.ended:
                return self.asked.result()
        except (KilledWorker, CancelledError) as error:
            raise WorkerDied("the workers of the cluster that spoke ended", "look at their memory and logs") from error
        except PlayerError:
            _logger.info("a worker refused a sentence", exc_info=True)
            if not self.ended:
                return self.here.render(text)
        raise WorkerDied("killed")

    def kill(self) -> None:
        """See SpeechWorker. The voices go on: others use them."""
        self.ended = True
        if self.asked is not None:
            self.asked.cancel()


def _spoken(job: str, names: tuple[str, str, str], options: Options | None, text: str) -> Speech:
    """Say a text in a worker. Raises as Desk.speak."""
    desk: Any = get_worker().plugins[job]
    return desk.speak(names, options or {}, text)  # type: ignore[no-any-return]
