"""Those who speak: their worker processes, replaced when they die, and the verdict on a voice that says nothing.

A worker that ends or answers nonsense says little about the voice: the system may have ended it, or one text may be
what its engine cannot bear. So a text is tried in new workers, and if that fails, a voice is broken only if it cannot
even say "1" then. No failures are counted, so the verdict is the same however many workers fail at once, and in
whatever order.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from player.audio.segment import FORMAT
from player.errors import EngineError, PlayerError, Unspeakable, VoiceBroken, WorkerDied, WorkerHung
from player.speech.engine import Speech
from player.speech.registry import profile
from player.speech.workers import Hello, SpeechWorker
from player.utterance.manner import Manner

_logger = logging.getLogger(__name__)

_DEATHS = 5
"""Workers that may end over one text: a system short of memory ends several."""
_REFUSALS = 2
"""Workers that may answer that they cannot say it, or not answer at all."""
_PROBE_DEATHS = 2
"""Workers that may end over what every voice can say, after those."""
_PROBE = "1"
"""What every voice can say."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks: what their worker said of itself, and how to get one (more)."""

    hello: Hello
    start: Callable[[], SpeechWorker]
    first: SpeechWorker | None = None
    """One that runs already."""

    @property
    def manner(self) -> Manner:
        """How the engine reads."""
        return profile(self.hello.engine).manner

    @property
    def identity(self) -> tuple[object, ...]:
        """All of the speaker that changes the sound."""
        voice = self.hello.voice
        return (FORMAT, self.hello.engine, self.hello.version, voice.name, voice.sample_rate, *self.hello.options)

    def fresh(self) -> Speaker:
        """The same one, for another renderer: with no worker that runs already."""
        return replace(self, first=None)


class Crew:
    """A worker for each seat (a thread of the renderer's) and role (an index of the speakers), started when needed.

    A seat's methods are called by its thread alone; `close` by any.
    """

    def __init__(self, speakers: Sequence[Speaker]) -> None:
        self._speakers = speakers
        self._lock = Lock()
        self._closed = False
        self._workers = {(0, role): one.first for role, one in enumerate(speakers) if one.first is not None}
        self._loaded: set[tuple[int, int]] = set()

    def say(self, seat: int, role: int, text: str) -> Speech | None:
        """Have a text said; None when closed meanwhile.

        Raises Unspeakable when the voice has no sound for it, VoiceBroken when it says nothing at all, EngineError
        when it fails on this text.
        """
        try:
            return self._tried(seat, role, text)
        except Unspeakable:
            raise
        except PlayerError as failure:
            if self._closed:
                return None
            self._probe(seat, role)
            raise failure if isinstance(failure, EngineError) else EngineError(failure.message, failure.hint) from None

    def ready(self, seat: int, role: int) -> bool:
        """Whether a seat can speak at once. The first seat's worker is waited for: nobody is there before it."""
        return seat == 0 or (seat, role) in self._loaded

    def load(self, seat: int, role: int) -> bool:
        """Wait until a seat can speak; False when that cannot be, or closed meanwhile."""
        for _ in range(_DEATHS):
            try:
                self._worker(seat, role).render("")
                self._loaded.add((seat, role))
                return True
            except WorkerDied:
                self._dismiss(seat, role)
            except PlayerError:
                break
        if not self._closed:
            _logger.info("no more than one voice can be loaded at a time", exc_info=True)
        self._dismiss(seat, role)
        return False

    def rest(self, seat: int) -> None:
        """End a seat's workers. The next thing to say starts another."""
        for role in range(len(self._speakers)):
            self._dismiss(seat, role)

    def close(self) -> None:
        """End all workers at once."""
        with self._lock:
            self._closed = True
            workers = list(self._workers.values())
        for worker in workers:
            worker.kill()

    def _tried(self, seat: int, role: int, text: str, deaths_at_most: int = _DEATHS) -> Speech:
        """A text said by this worker, or by a new one. Raises PlayerError."""
        deaths = refusals = 0
        while True:
            try:
                return self._worker(seat, role).render(text)
            except Unspeakable:
                raise
            except PlayerError as error:
                self._dismiss(seat, role)
                if isinstance(error, WorkerDied) and not isinstance(error, WorkerHung):
                    deaths += 1
                else:
                    refusals += 1
                if self._closed or deaths >= deaths_at_most or refusals >= _REFUSALS:
                    raise
                _logger.info("tried again in a new worker", exc_info=True)

    def _probe(self, seat: int, role: int) -> None:
        """Raises VoiceBroken unless the voice can say something."""
        try:
            self._tried(seat, role, _PROBE, _PROBE_DEATHS)
        except Unspeakable:
            pass
        except PlayerError as error:
            if not self._closed:
                voice = self._speakers[role].hello.voice.id
                raise VoiceBroken(f"the voice {voice} does not work ({error.message})", error.hint) from error

    def _worker(self, seat: int, role: int) -> SpeechWorker:
        """The seat's worker; a new one when there is none."""
        with self._lock:
            if self._closed:
                raise EngineError("closed")
            worker = self._workers.get((seat, role))
            if worker is None:
                worker = self._workers[seat, role] = self._speakers[role].start()
            return worker

    def _dismiss(self, seat: int, role: int) -> None:
        with self._lock:
            worker = self._workers.pop((seat, role), None)
            self._loaded.discard((seat, role))
        if worker is not None:
            worker.kill()
