"""Voices that many stories share: engines stay loaded, and a sentence that several stories say is rendered once."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, Lock

from player.errors import EngineBusy, EngineError, PlayerError, WorkerDied
from player.speech.choosing.registry import profile
from player.speech.engine import Speech
from player.speech.options import Options
from player.speech.process.host import Starts, starter
from player.speech.process.workers import Hello, SpeechWorker, StartWorker

_logger = logging.getLogger(__name__)

_KEPT = 32
"""Sentences of a voice kept after they were rendered: until whoever rendered them has put them into the store."""

_Name = tuple[str, str, str, str]
"""(engine, voice, language, options)"""


class SharedVoices:
    """Worker processes for the voices of many stories, at most so many at a time. May be used from any thread."""

    def __init__(self, processes: int, starts: Starts = starter) -> None:
        """`starts` starts a process, as `starter` does."""
        self._most = processes
        self._starts = starts
        self._changed = Condition()
        self._voices: dict[_Name, _Voice] = {}
        self._running = 0
        self._closed = False

    def starts(self, options: Mapping[str, Options]) -> StartWorker:
        """Return a function that lends workers, with {engine: checked options}; as `starter`, of this pool."""

        def start(engine: str, voice: str, language: str) -> SpeechWorker:
            given = repr(sorted((options.get(engine) or {}).items()))
            with self._changed:
                found = self._voices.setdefault(
                    (engine, voice, language, given),
                    _Voice((engine, voice, language), self._starts(options), profile(engine).most_workers),
                )
            return _Lent(self, found)

        return start

    def close(self) -> None:
        """End all processes at once; those who wait for speech get WorkerDied."""
        with self._changed:
            self._closed = True
            workers = [worker for voice in self._voices.values() for worker in voice.workers]
            self._changed.notify_all()
        for worker in workers:
            worker.kill()

    @contextmanager
    def worker(self, voice: _Voice) -> Iterator[SpeechWorker]:
        """Context: a process of a voice, for one text. One that died is forgotten. Raises WorkerDied once closed."""
        worker = self._taken(voice)
        healthy = False
        try:
            yield worker
            healthy = True
        except WorkerDied:
            raise
        except PlayerError as error:
            # A process that refuses a text goes on; one that asks to wait before its hello has ended.
            healthy = voice.hello is not None or not isinstance(error, EngineBusy)
            raise
        finally:
            if not healthy:
                worker.kill()
            with self._changed:
                if healthy and not self._closed:
                    voice.idle.append(worker)
                else:
                    voice.workers.remove(worker)
                    self._running -= 1
                self._changed.notify_all()

    def _taken(self, voice: _Voice) -> SpeechWorker:
        while True:
            with self._changed:
                if self._closed:
                    raise WorkerDied("publishing was stopped")
                if voice.idle:
                    return voice.idle.pop()
                if voice.has_room and self._running < self._most:
                    worker = voice.start(*voice.names)
                    voice.workers.append(worker)
                    self._running += 1
                    return worker
                other = self._idle_other(voice) if voice.has_room else None
                if other is None:
                    self._changed.wait()
                    continue
                self._running -= 1
            other.kill()

    def _idle_other(self, voice: _Voice) -> SpeechWorker | None:
        """Return an idle process of another voice, removed from it, to make room for one of this voice."""
        for other in self._voices.values():
            if other is not voice and other.idle:
                worker = other.idle.pop(0)
                other.workers.remove(worker)
                return worker
        return None


@dataclass(eq=False)
class _Voice:
    """A voice, with its processes."""

    names: tuple[str, str, str]
    start: StartWorker
    most: int
    """See Profile.most_workers."""
    workers: list[SpeechWorker] = field(default_factory=list)
    idle: list[SpeechWorker] = field(default_factory=list)
    """Those of the workers that nobody uses; changed under the pool's lock."""
    hello: Hello | None = None
    said: OrderedDict[str, Future[Speech]] = field(default_factory=OrderedDict)
    """Texts that are being rendered, and those rendered last."""
    lock: Lock = field(default_factory=Lock)

    @property
    def has_room(self) -> bool:
        """Return True if another process would help: an engine that names one process can use no second."""
        return self.most > 1 or not self.workers


@dataclass(eq=False)
class _Lent:
    """A shared voice as one story uses it. A SpeechWorker."""

    pool: SharedVoices
    voice: _Voice

    def hello(self) -> Hello:
        """See SpeechWorker."""
        if self.voice.hello is None:
            with self.pool.worker(self.voice) as worker:
                self.voice.hello = worker.hello()
        return self.voice.hello

    def render(self, text: str) -> Speech:
        """See SpeechWorker. A text that another story waits for is not rendered a second time."""
        if not text:
            with self.pool.worker(self.voice) as worker:
                return worker.render(text)
        said = self.voice.said
        with self.voice.lock:
            found = said.get(text)
            if found is None:
                mine = said[text] = Future[Speech]()
        if found is not None:
            return found.result()
        try:
            with self.pool.worker(self.voice) as worker:
                speech = worker.render(text)
        except BaseException as error:
            with self.voice.lock:
                said.pop(text, None)
            mine.set_exception(error if isinstance(error, PlayerError) else EngineError("rendering it failed"))
            raise
        mine.set_result(speech)
        with self.voice.lock:
            for old in [text for text, one in said.items() if one.done()][:-_KEPT]:
                del said[old]
        return speech

    def kill(self) -> None:
        """See SpeechWorker. The process goes on: others use it."""
