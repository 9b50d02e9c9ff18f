"""The host of reader processes: starts, asks, waits, and kills."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path, PurePath
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import BinaryIO, Self, cast

from player.errors import SourceError
from player.log import VARIABLE, for_children
from player.story.model import Story
from player.story.opening.confined.plain import Plain, from_plain
from player.story.opening.registry import FALLBACK, LARGE, Format, by_suffix, named, read_story
from player.story.opening.waiting import Watch, answer_within
from player.story.reading.feed import Feed
from player.story.reading.naming import Naming
from player.story.reading.options import Options
from player.story.reading.raw_source import RawSource
from player.story.reading.untrusted.limits import limits_for

_logger = logging.getLogger(__name__)

_START = (
    "import gc, sys; gc.disable(); sys.path.append(sys.argv[1]); "
    "from player.story.opening.confined.process import main; main(sys.argv[2:])"
)
_SMALL = 1_000_000
"""Bytes. A larger source is always read in a process, which is not reused."""
_WEB = "web"
"""Format assumed for addresses."""


def _is_large(name: str) -> bool:
    """Return True for a file that is read in a process whatever its format."""
    try:
        return Path(name).stat().st_size > _SMALL
    except OSError:
        return False


def read_apart(form: Format, raw: RawSource) -> bool:
    """Return True for a source that is read in a process: foreign code reads it, or it is large."""
    return bool(form.libraries) or len(raw.data) > _SMALL


class Readers:
    """Reads sources. Foreign code and large sources run in processes of their own.

    May be used from several threads. Close it after the last source.
    """

    def __init__(self) -> None:
        self._idle: dict[str, list[_Process]] = {}
        self._busy: set[_Process] = set()
        self._lock = Lock()
        self._closed = False

    def expect(self, names: Iterable[str]) -> None:
        """Start a process for the first of these names (a command's arguments) that seems to need one, so that it
        imports its libraries while this process imports others."""
        for name in names:
            web = name.lower().startswith(("http://", "https://"))
            form = named(_WEB) if web else by_suffix(PurePath(name).suffix) or FALLBACK
            large = not web and _is_large(name)
            if form.libraries or large:
                self._idle.setdefault(form.module, []).append(_Process(form.module, large=large))
                return

    def read(
        self,
        form: Format,
        raw: RawSource,
        naming: Naming,
        options: Options,
        watch: Watch,
        *,
        begun: Callable[[Story], None] | None = None,
    ) -> Story | Feed:
        """Return the story or feed of a source, as `registry.read_story`. Raises SourceError, and what `watch`
        raises."""
        if not read_apart(form, raw):
            return read_story(form, raw, naming, options)
        process = self._take(form.module)
        healthy = False
        try:
            answer = process.ask(form, raw, naming, options, watch, begun=begun)
            healthy = begun is None and len(raw.data) <= _SMALL  # else it reads with less priority from now on
        finally:
            self._put_back(process, form.module, healthy)
        if "error" in answer:
            raise SourceError(str(answer["error"]), str(answer.get("hint", "")))
        return from_plain(answer)

    def close(self) -> None:
        """End all processes, including those being waited for. May be repeated."""
        with self._lock:
            self._closed = True
            processes = [*self._busy, *(process for idle in self._idle.values() for process in idle)]
            self._idle.clear()
        for process in processes:
            process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take(self, module: str) -> _Process:
        with self._lock:
            if self._closed:
                raise SourceError("reading was stopped")
            idle = self._idle.get(module)
            process = idle.pop() if idle else _Process(module)
            self._busy.add(process)
            return process

    def _put_back(self, process: _Process, module: str, healthy: bool) -> None:
        with self._lock:
            self._busy.discard(process)
            if healthy and not self._closed:
                self._idle.setdefault(module, []).append(process)
                return
        process.kill()


class _Process:
    """A process that reads sources one after another, until an error."""

    def __init__(self, module: str, *, large: bool = False) -> None:
        """Start it, and make it import the reader's libraries, or those that a `large` source needs."""
        root = str(Path(__file__).resolve().parents[4])
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, root, module, *([LARGE] if large else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=for_children(),
            process_group=0 if os.name == "posix" else None,  # killed together with its children
        )
        self._answers: SimpleQueue[Plain | None] = SimpleQueue()
        self._errors: deque[bytes] = deque(maxlen=200)
        self._drain = Thread(target=_drain, args=(self._process.stderr, self._errors), daemon=True)
        self._drain.start()
        Thread(target=_receive, args=(self._process.stdout, self._answers), daemon=True).start()

    def ask(
        self,
        form: Format,
        raw: RawSource,
        naming: Naming,
        options: Options,
        watch: Watch,
        *,
        begun: Callable[[Story], None] | None,
    ) -> Plain:
        """Return the answer: a story, a feed or an error. Raises SourceError when there is none in time."""
        request = {
            "format": form.module,
            "raw": {"name": raw.name, "content_type": raw.content_type, "charset": raw.charset},
            "naming": asdict(naming),
            "options": asdict(replace(options, pages=None, stories=None)),  # it must not know where these are kept
            "log": for_children()[VARIABLE],
            "bytes": len(raw.data),
            "begins": begun is not None,
        }
        message = json.dumps(request).encode() + b"\n"
        Thread(target=_send, args=(self._process.stdin, message, raw.data), daemon=True).start()
        end = time.monotonic() + limits_for(len(raw.data)).wall
        told = ""
        while True:
            try:
                answer = answer_within(self._answers, end, watch, told)
            except Empty:
                self.kill()
                raise _too_slow(naming.name) from None
            if answer is None:
                raise self._ended(naming.name)
            if begun is not None and "beginning" in answer:
                story = from_plain(answer["beginning"])
                if isinstance(story, Story):
                    begun(replace(story, picture=None))  # where that may be is told of the whole only
                continue
            if "done" not in answer:
                return answer
            told = f"{answer['unit']} {answer['done']} of {answer['total']}"

    def kill(self) -> None:
        """Kill the process and its children, and wait for its end. May be repeated."""
        with suppress(ProcessLookupError):
            if os.name == "posix" and self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()
        with suppress(OSError):
            cast(BinaryIO, self._process.stdin).close()

    def _ended(self, name: str) -> SourceError:
        """Return the error for a process that ended without an answer."""
        code = self._process.wait()
        self._drain.join(timeout=1.0)
        words = b"".join(self._errors).decode(errors="replace").strip()
        _logger.warning("the reader of %s ended with %d: %s", name, code, words)
        if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU:
            return _too_slow(name)
        if code == -getattr(signal, "SIGKILL", 9):
            return SourceError(f"{name} needs too much memory to be read", "split it into parts")
        return SourceError(f"{name} is damaged, or too much for its reader", "try to get it again, or split it")


def _too_slow(name: str) -> SourceError:
    return SourceError(f"{name} takes too long to read", "split it into parts, or save it in another format")


def _send(stdin: BinaryIO, message: bytes, data: bytes) -> None:
    """Send a request. In a thread, because a hanging process does not read."""
    with suppress(OSError, ValueError):  # the process has ended: whoever waits for the answer gets an error
        stdin.write(message)
        stdin.write(data)
        stdin.flush()


def _receive(stdout: BinaryIO, answers: SimpleQueue[Plain | None]) -> None:
    """Queue the answers; None marks their end."""
    with stdout:
        try:
            while line := stdout.readline():
                answers.put(json.loads(line))
        except (ValueError, OSError):
            _logger.warning("a reader answered in no known form", exc_info=True)
    answers.put(None)


def _drain(stderr: BinaryIO, lines: deque[bytes]) -> None:
    """Keep the last lines of the process's stderr, so that the pipe never fills up."""
    with stderr:
        while line := stderr.readline(4096):
            lines.append(line)
