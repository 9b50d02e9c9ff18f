"""The host of a worker process: starts it, asks it for speech, checks its answers, kills it."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from queue import Empty, SimpleQueue
from subprocess import Popen
from threading import Lock, Thread
from time import monotonic
from typing import BinaryIO, Self, cast

from player.errors import EngineBusy, EngineError, PlayerError, Unspeakable, UsageError, WorkerDied, WorkerHung
from player.log import for_children
from player.speech import speeds
from player.speech.choosing import registry
from player.speech.engine import Speech, WordMark
from player.speech.options import Options
from player.speech.process.starting import start
from player.speech.process.workers import Hello, StartWorker
from player.speech.protocol import Header, read_message, voice_from_json, write_message
from player.speech.sound.loudness import Loudness
from player.speech.sound.trimming import check
from player.speech.words import every_word

_logger = logging.getLogger(__name__)

HELLO_TIMEOUT = 20.0
"""Seconds in which an engine must say who it is."""
_LOAD_TIMEOUT = 60.0
"""Seconds in which a voice must be loaded."""
_LEAST_TIMEOUT, _TIMEOUT_PER_BYTE = 15.0, 0.25
"""Seconds for an answer: a voice three times slower than speech says a long sentence in time. Bytes of UTF-8, because a
Chinese character, of three, is said in the time of three letters."""
_QUICK = 4.0
"""Seconds of speech per second. An engine whose profile says that it is slower gets proportionally longer."""


def patience(text: str, speed: float) -> float:
    """Return the seconds in which an engine that says `speed` seconds of speech per second must have said a text."""
    return _LEAST_TIMEOUT + _TIMEOUT_PER_BYTE * max(_QUICK / speed, 1.0) * len(text.encode(errors="replace"))


class Worker:
    """One engine with one voice in a process of its own.

    A SpeechWorker. `hello` and `render` may be called from any thread; texts are rendered one at a time.
    """

    def __init__(self, request: Header, process: Popen[bytes] | None = None) -> None:
        """Send the first request (see `protocol`) to a process that waits for it, or to a new one. Raises EngineError
        when the system starts none."""
        try:
            self._process = process or start(for_children())
        except OSError as error:
            raise EngineError(f"no process can be started ({error.strerror})", "end other programs") from error
        self._answers: SimpleQueue[tuple[Header, bytes] | PlayerError] = SimpleQueue()
        self._errors: deque[bytes] = deque(maxlen=20)
        self._lock = Lock()
        self._hello: Hello | PlayerError | None = None
        self._last_id = 0
        self._loaded = False
        self._watch = speeds.Watch()
        self._drain = Thread(target=_drain, args=(self._process.stderr, self._errors, self._process.pid), daemon=True)
        self._drain.start()
        Thread(target=self._receive, args=(self._process.stdout,), daemon=True).start()
        with suppress(EngineError):  # the process has ended already: the next request reports it
            self._send(request)

    @classmethod
    def start(
        cls,
        engine: str,
        voice: str = "",
        language: str = "",
        options: Options | None = None,
        *,
        patient: bool = False,
        process: Popen[bytes] | None = None,
    ) -> Self:
        """Return a worker at once, while it starts. `engine` and `voice` are names from `registry.choose`; options are
        checked. A `patient` one loads its voice only when something is to be rendered. `process` as in the
        constructor. Raises EngineError."""
        asked = {"engine": engine, "voice": voice, "language": language, "options": dict(options or {})}
        return cls({**asked, "patient": patient}, process)

    def hello(self, timeout: float = HELLO_TIMEOUT) -> Hello:
        """Return who speaks, which is known before the voice is loaded. Later calls return the same.

        Raises UsageError for an unknown engine or voice, EngineError when the engine does not work.
        """
        with self._lock:
            return self._greet(timeout)

    def render(self, text: str, timeout: float | None = None) -> Speech:
        """Return the checked speech of one utterance. For "" it is empty, and comes once the voice is loaded.

        Raises EngineError when the engine cannot say it (the worker goes on), Unspeakable when the voice has no sound
        for it, WorkerDied when the process ended, or was killed after `timeout` seconds (None: as long as the text may
        take): start another.
        """
        with self._lock:
            if timeout is None:
                if not self._loaded:
                    self._ask(_LOAD_TIMEOUT, {"text": ""})
                    self._loaded = True
                timeout = patience(text, registry.profile(self._greet(HELLO_TIMEOUT).engine).speed)
            began = monotonic()
            answer = self._ask(timeout, {"text": text})
            took = monotonic() - began
            speech = _speech(text, *answer)
            if self._watch.took(took, speech):
                speeds.keep(self._greet(HELLO_TIMEOUT).voice, self.speed)
            return speech

    @property
    def speed(self) -> float:
        """Return how many seconds of speech it rendered per second, at its fastest; 0 while unknown."""
        return self._watch.fastest

    @property
    def alive(self) -> bool:
        """Return True while the process runs. (Reaps it when it has ended.)"""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """Return the process id."""
        return self._process.pid

    def kill(self) -> None:
        """Kill the process and wait for its end. May be repeated, from any thread."""
        self._process.kill()
        self._answers.put(WorkerDied("killed"))  # those who wait for an answer need not wait for the pipe to close
        self._process.wait()
        with suppress(OSError):  # unwritten requests are of no use
            cast(BinaryIO, self._process.stdin).close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def ask(self, timeout: float) -> Header:
        """Return the next header, from a worker started with a question as its argument."""
        with self._lock:
            header, _ = self._next_answer(timeout)
            if "error" in header:
                raise _error(header)
            return header

    def _ask(self, timeout: float, question: Header) -> tuple[Header, bytes]:
        """Send a question; return the answer. Raises as `render`."""
        self._greet(timeout)
        self._last_id += 1
        self._send({"id": self._last_id, **question})
        header, payload = self._next_answer(timeout)
        if header.get("id") != self._last_id:
            self.kill()
            raise WorkerDied("the speech engine's process answered another question", self._last_words())
        if "error" in header:
            raise _error(header)
        return header, payload

    def _greet(self, timeout: float) -> Hello:
        if self._hello is None:
            header, _ = self._next_answer(timeout)
            self._hello = _error(header) if "error" in header else _hello(header)
        if isinstance(self._hello, PlayerError):
            raise self._hello
        return self._hello

    def _send(self, header: Header) -> None:
        try:
            write_message(cast(BinaryIO, self._process.stdin), header)
        except (OSError, ValueError) as error:
            raise self._died() from error

    def _next_answer(self, timeout: float) -> tuple[Header, bytes]:
        try:
            answer = self._answers.get(timeout=timeout)
        except Empty:
            self.kill()
            raise WorkerHung(f"the speech engine did not answer within {timeout:g} s") from None
        if isinstance(answer, PlayerError):
            self._answers.put(answer)  # the last answer: every later question gets it, too
            self.kill()
            raise self._died() if isinstance(answer, WorkerDied) else answer
        return answer

    def _receive(self, stdout: BinaryIO) -> None:
        """Queue the answers; the last item is the reason why there are no more."""
        last: PlayerError = WorkerDied("end of stream")
        with stdout:
            try:
                while (message := read_message(stdout)) is not None:
                    self._answers.put(message)
            except EngineError as e:
                _logger.warning("what process %d answers cannot be read", self.pid, exc_info=True)
                last = e
        self._answers.put(last)
        self._process.wait()  # reap it, even if nobody asks it again

    def _died(self) -> WorkerDied:
        self._drain.join(timeout=1.0)
        return WorkerDied("the speech engine's process ended unexpectedly", self._last_words())

    def _last_words(self) -> str:
        lines = [line.decode(errors="replace").strip() for line in tuple(self._errors)]  # its thread may still add
        return next((line[:200] for line in reversed(lines) if line), "")


Starts = Callable[[Mapping[str, Options]], StartWorker]
"""Returns a function that starts workers, given {engine: checked options}."""


def starter(options: Mapping[str, Options]) -> StartWorker:
    """Return a function that starts local workers with their engine's options ({engine: checked options})."""
    return lambda engine, voice, language: Worker.start(engine, voice, language, options.get(engine))


def _hello(header: Header) -> Hello | EngineError:
    try:
        options = tuple((str(name), value) for name, value in header["options"])
        voice = voice_from_json(header["voice"])
        return Hello(header["engine"], header["version"], voice, bool(header["only"]), options)
    except (KeyError, TypeError, ValueError, EngineError):
        _logger.warning("no hello: %.200r", header, exc_info=True)
        return EngineError("the speech engine's process did not introduce itself")


def _error(header: Header) -> PlayerError:
    told, hint = str(header["error"]), str(header.get("hint", ""))
    if header.get("kind") == "busy" and isinstance(seconds := header.get("seconds"), int | float) and seconds >= 0:
        return EngineBusy(told, hint, seconds)
    if header.get("kind") == "usage":
        setting = header.get("setting")
        path = tuple(map(str, setting)) if isinstance(setting, list) else ()
        return UsageError(told, hint, setting=path, voice=str(header.get("voice", "")))
    return (Unspeakable if header.get("kind") == "unspeakable" else EngineError)(told, hint)


def _speech(text: str, header: Header, pcm: bytes) -> Speech:
    """Return an answer as Speech, with a mark for every word. Raises EngineError when it breaks Speech's promises."""
    try:
        rate = int(header["rate"])
        marks = tuple(WordMark(*(int(n) for n in mark)) for mark in header["marks"])
        estimated = bool(header["estimated"])
        loudness = Loudness.from_json(header["loudness"]) if pcm else None
    except (KeyError, TypeError, ValueError, OverflowError) as e:
        raise EngineError("the speech engine answered in no known form") from e
    speech = check(Speech(pcm, rate, marks, estimated), text)
    return replace(speech, marks=every_word(text, marks, speech.samples), loudness=loudness)


def _drain(stderr: BinaryIO, lines: deque[bytes], pid: int) -> None:
    """Keep the last lines of the process's stderr, so that the pipe never fills up."""
    with stderr:
        while line := stderr.readline(4096):
            lines.append(line)
            _logger.info("process %d says: %s", pid, line.decode(errors="replace").rstrip())
