"""A voice whose worker process is starting: from the choice of the voice until its worker has answered."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from player.audio.voicing import Voicing
from player.errors import WorkerDied, WorkerHung
from player.speech.choosing.registry import manner
from player.speech.process.host import Worker
from player.speech.process.workers import Hello, SpeechWorker, StartWorker
from player.utterance.manner import Manner

_logger = logging.getLogger(__name__)

_STARTS = 5
"""Workers started in turn until one answers: a system short of memory kills some."""


@dataclass(slots=True, eq=False)
class VoiceProcess:
    """A chosen voice, with a worker process that is loading it."""

    engine: str
    voice: str
    language: str
    first: SpeechWorker
    start_worker: StartWorker = Worker.start
    """Starts another worker when one dies."""
    _dismissed: bool = False

    @classmethod
    def start(
        cls,
        engine: str,
        voice: str,
        language: str,
        start_worker: StartWorker = Worker.start,
        first: SpeechWorker | None = None,
    ) -> VoiceProcess:
        """Start the worker (unless given as `first`) and return at once. `engine` and `voice` are names from
        `choose`."""
        return cls(engine, voice, language, first or start_worker(engine, voice, language), start_worker)

    @property
    def manner(self) -> Manner:
        """How the engine reads text."""
        return manner(self.engine)

    def voicing(self) -> Voicing:
        """Return the voice for a renderer, waiting for its worker's answer.

        Raises EngineError or UsageError when the voice fails, or was dismissed.
        """
        worker, hello = self._introduced()
        return Voicing(hello, self._another, worker)

    def become(self, engine: str, voice: str) -> None:
        """Be another voice from now on, names from `choose`: its worker is started, and the first one ended."""
        self.first.kill()
        self.engine, self.voice = engine, voice
        self.first = self._another()
        if self._dismissed:  # meanwhile
            self.first.kill()

    def dismiss(self) -> None:
        """End the first worker; `voicing` then raises in threads that wait for it. May be called from any thread."""
        self._dismissed = True
        self.first.kill()

    def _introduced(self) -> tuple[SpeechWorker, Hello]:
        """Return a worker that has answered, and its answer: the first, or a replacement for one that died."""
        for _ in range(_STARTS - 1):
            try:
                return self.first, self.first.hello()
            except WorkerDied as error:
                if self._dismissed or isinstance(error, WorkerHung):
                    raise
                _logger.info("another worker is started", exc_info=True)
                self.first.kill()
                self.first = self._another()
                if self._dismissed:  # dismissed while another was starting
                    self.first.kill()
        return self.first, self.first.hello()

    def _another(self) -> SpeechWorker:
        return self.start_worker(self.engine, self.voice, self.language)
