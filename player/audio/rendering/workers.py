"""The worker processes of a renderer: replaced when they die; and the verdict on a voice that fails.

A worker that dies or answers nonsense proves little about the voice: the system may have killed it, or its engine may
fail on one text. So a text is tried in new workers; if all fail, the voice counts as broken only if it cannot even say
"1". As no failures are counted over time, the verdict does not depend on how many workers fail at once, or in which
order. An engine that asks to wait (a server with a rate limit) is no failure: the text comes back, and the worker goes
on.
"""

from __future__ import annotations

import logging
from threading import Lock

from player.audio.voicing.voicings import Voicings
from player.errors import EngineBusy, EngineError, PlayerError, Unspeakable, VoiceBroken, WorkerDied, WorkerHung
from player.speech.engine import Speech
from player.speech.process.workers import SpeechWorker

_logger = logging.getLogger(__name__)

_DEATHS = 5
"""Workers that may die over one text: a system short of memory kills several."""
_REFUSALS = 2
"""Workers that may refuse a text, or not answer at all."""
_PROBE_DEATHS = 2
"""Workers that may die over the probe, after those."""
_PROBE = "1"
"""A text that every voice can say."""


class Workers:
    """One worker for each slot (a thread of the renderer) and role (an index of the voicings), started when needed.

    A slot's methods are called by its own thread; `close` by any.
    """

    def __init__(self, voicings: Voicings) -> None:
        self._voicings = voicings
        self._lock = Lock()
        self._closed = False
        self._workers: dict[tuple[int, int], SpeechWorker] = {}
        self._loaded: set[tuple[int, int]] = set()

    def say(self, slot: int, role: int, text: str) -> Speech | None:
        """Return the speech of a text; None when closed meanwhile.

        Raises Unspeakable when the voice has no sound for it, VoiceBroken when the voice says nothing at all,
        EngineBusy while its engine asks to wait, EngineError when it fails on this text.
        """
        try:
            with self._voicings.waits.asking(role):
                return self._said(slot, role, text)
        except PlayerError:
            if self._closed:
                return None
            raise

    def ready(self, slot: int, role: int) -> bool:
        """True if a slot can speak at once. The first slot always counts as ready: there is no other to wait for."""
        return slot == 0 or (slot, role) in self._loaded

    def load(self, slot: int, role: int) -> bool:
        """Wait until a slot can speak; False when it fails, or is closed meanwhile. Raises EngineBusy."""
        for _ in range(_DEATHS):
            try:
                with self._voicings.waits.asking(role):
                    self._worker(slot, role).render("")
                self._loaded.add((slot, role))
                return True
            except EngineBusy:
                raise
            except WorkerDied:
                self._dismiss(slot, role)
            except PlayerError:
                break
        if not self._closed:
            _logger.info("no more than one voice can be loaded at a time", exc_info=True)
        self._dismiss(slot, role)
        return False

    def start(self, slot: int, role: int) -> None:
        """Start the slot's worker, or give it the one that is running already. Raises EngineError when closed."""
        self._worker(slot, role)

    def rest(self, slot: int) -> None:
        """End a slot's workers, and those that nobody has used. The next text starts another."""
        self._voicings.rest()
        for role in range(len(self._voicings)):
            self._dismiss(slot, role)

    def close(self) -> None:
        """End all workers at once."""
        with self._lock:
            self._closed = True
            workers = list(self._workers.values())
        for worker in workers:
            worker.kill()
        self._voicings.close()

    def _said(self, slot: int, role: int, text: str) -> Speech:
        """Return a text's speech. Raises as `say`."""
        try:
            return self._tried(slot, role, text)
        except (Unspeakable, EngineBusy):
            raise
        except PlayerError as failure:
            if not self._closed:
                self._probe(slot, role)
            raise failure if isinstance(failure, EngineError) else EngineError(failure.message, failure.hint) from None

    def _tried(self, slot: int, role: int, text: str, deaths_at_most: int = _DEATHS) -> Speech:
        """Return a text's speech, from this worker or a new one. Raises PlayerError."""
        deaths = refusals = 0
        while True:
            try:
                return self._worker(slot, role).render(text)
            except EngineBusy:
                raise
            except Unspeakable:
                refusals += 1
                if self._closed or refusals >= _REFUSALS:
                    raise
            except PlayerError as error:
                self._dismiss(slot, role)
                if isinstance(error, WorkerDied) and not isinstance(error, WorkerHung):
                    deaths += 1
                else:
                    refusals += 1
                if self._closed or deaths >= deaths_at_most or refusals >= _REFUSALS:
                    raise
                _logger.info("tried again in a new worker", exc_info=True)

    def _probe(self, slot: int, role: int) -> None:
        """Raises VoiceBroken unless the voice can say the probe."""
        try:
            self._tried(slot, role, _PROBE, _PROBE_DEATHS)
        except (Unspeakable, EngineBusy):
            pass
        except PlayerError as error:
            if not self._closed:
                voice = self._voicings[role].hello.voice.id
                raise VoiceBroken(f"the voice {voice} does not work ({error.message})", error.hint) from error

    def _worker(self, slot: int, role: int) -> SpeechWorker:
        """Return the slot's worker, started if there is none."""
        voicing = self._voicings[role]
        with self._lock:
            if self._closed:
                raise EngineError("closed")
            worker = self._workers.get((slot, role))
            if worker is None:
                worker = self._workers[slot, role] = self._voicings.take(role) or voicing.start()
            return worker

    def _dismiss(self, slot: int, role: int) -> None:
        with self._lock:
            worker = self._workers.pop((slot, role), None)
            self._loaded.discard((slot, role))
        if worker is not None:
            worker.kill()
