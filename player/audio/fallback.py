"""The voice that steps in for sentences on which another fails: the system's own, or espeak-ng, in their language."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock

from player.errors import EngineError, PlayerError, Unspeakable, WorkerDied
from player.speech.engine import Speech, Voice
from player.speech.host import Worker
from player.speech.registry import choose
from player.speech.scripts import cannot_read
from player.speech.workers import SpeechWorker, StartWorker

_logger = logging.getLogger(__name__)

ENGINE = "pyttsx3"
"""It speaks every language, and needs nothing but what is always installed."""
_ATTEMPTS = 2


class Fallback:
    """One worker of the voice for the language asked for last, started when it is first needed. Methods may be called
    from any thread."""

    def __init__(
        self, start_worker: StartWorker = Worker.start, find: Callable[[str], tuple[str, str]] | None = None
    ) -> None:
        """`find` returns the names of engine and voice for a language; by default those of ENGINE."""
        self._start = start_worker
        self._find = find or _usual
        self._lock = Lock()
        self._language = ""
        self._worker: SpeechWorker | None = None
        self._closed = False

    def suits(self, engine: str) -> bool:
        """Return True if it can step in for a voice of this engine."""
        return engine != ENGINE

    def say(self, text: str, language: str) -> tuple[Speech, Voice]:
        """Return the speech of a text, and who speaks it. Raises EngineError, Unspeakable."""
        with self._lock:
            for attempt in range(_ATTEMPTS):
                try:
                    worker = self._ready(language)
                    voice = worker.hello().voice
                    if (unread := cannot_read(text, voice)) is not None:
                        raise unread
                    return worker.render(text), voice
                except Unspeakable:
                    raise
                except PlayerError as error:
                    self._dismiss()
                    if self._closed or attempt == _ATTEMPTS - 1 or not isinstance(error, WorkerDied):
                        raise EngineError(error.message, error.hint) from error
                    _logger.info("another worker of the fall-back voice is started", exc_info=True)
        raise AssertionError("each attempt returns or raises")

    def close(self) -> None:
        """End the worker."""
        self._closed = True
        self._dismiss()

    def _ready(self, language: str) -> SpeechWorker:
        if self._closed:
            raise EngineError("closed")
        if self._worker is None or language != self._language:
            self._dismiss()
            self._worker, self._language = self._start(*self._find(language), language), language
        return self._worker

    def _dismiss(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()


def _usual(language: str) -> tuple[str, str]:
    return choose(ENGINE, None, language)
