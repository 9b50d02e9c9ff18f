"""A voice whose worker process is starting: from when the voice is chosen until the worker has said hello."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from player.audio.voicing import Voicing
from player.errors import WorkerDied, WorkerHung
from player.speech.host import Worker
from player.speech.registry import profile
from player.speech.workers import Hello, SpeechWorker, StartWorker
from player.utterance.manner import Manner

_logger = logging.getLogger(__name__)

_STARTS = 5
"""Workers that may be started until one says hello: a system short of memory ends some."""


@dataclass(slots=True, eq=False)
class VoiceProcess:
    """A chosen voice, with a worker process that already loads it."""

    engine: str
    voice: str
    language: str
    first: SpeechWorker
    start_worker: StartWorker = Worker.start
    """Starts another, when that ends."""
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
        """Start the worker, unless a `first` was started, and return at once. Takes names, as `choose` gives them."""
        return cls(engine, voice, language, first or start_worker(engine, voice, language), start_worker)

    @property
    def manner(self) -> Manner:
        """How the engine reads."""
        return profile(self.engine).manner

    def voicing(self) -> Voicing:
        """The voice as a renderer takes it, once its worker has said hello.

        Raises EngineError or UsageError when the voice cannot be had, or was dismissed.
        """
        worker, hello = self._introduced()
        return Voicing(hello, self._another, worker)

    def dismiss(self) -> None:
        """End the first worker, and whoever waits for it. May be called from any thread."""
        self._dismissed = True
        self.first.kill()

    def _introduced(self) -> tuple[SpeechWorker, Hello]:
        """A worker that has said who it is: the first, or another when that has ended before it could."""
        for _ in range(_STARTS - 1):
            try:
                return self.first, self.first.hello()
            except WorkerDied as error:
                if self._dismissed or isinstance(error, WorkerHung):
                    raise
                _logger.info("another worker is started", exc_info=True)
                self.first.kill()
                self.first = self._another()
                if self._dismissed:  # meanwhile
                    self.first.kill()
        return self.first, self.first.hello()

    def _another(self) -> SpeechWorker:
        return self.start_worker(self.engine, self.voice, self.language)
