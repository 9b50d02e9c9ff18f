"""Opening stories as the player does, each in a process of its own that is measured, and killed when it hangs.

`python -m tests.reliability.opening` has all readers loaded, takes paths on standard input, and forks for each: a
trial costs 10 ms instead of the second that starting Python and its libraries takes.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any

from player.audio.timeline import Timeline
from player.errors import PlayerError
from player.story.model import Story
from player.story.opening import SeveralStories, load
from player.story.opening.confined.host import Readers
from player.story.opening.registry import FORMATS, read_story
from player.story.reading.feed import Feed
from player.tui.layout import Layout
from player.utterance.script import Script

READY = 100
"""Blocks that are worked out before the first sound, as `Session` does."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening one file."""

    outcome: str
    """"story", "feed", the words of a PlayerError, or for a fault a traceback, "hang" or "signal …"."""
    is_fault: bool
    cpu: float
    """Seconds, of the process and all it started."""
    peak: int
    """Megabytes that the largest of them had at once."""

    @property
    def last_line(self) -> str:
        """Of a traceback, what went wrong."""
        return self.outcome.strip().splitlines()[-1] if self.outcome.strip() else ""


def open_story(path: str) -> str:
    """What the player does before the first sound. Returns "story", "feed" or the words of a PlayerError."""
    try:
        story = load(path, readers=_Here())
    except SeveralStories:
        return "feed"
    except PlayerError as error:
        return str(error)
    script = Script(story)
    timeline = Timeline(script, 22050)
    for block in range(min(len(script), READY)):
        timeline.utterances(block)
    page = Layout(story.blocks, 80)
    while not page.settle(1.0):
        pass
    return "story"


class _Here(Readers):
    """Reads in this process, which is the one that is measured and can be killed."""

    def read(self, form: Any, raw: Any, naming: Any, *, code: bool, watch: Any) -> Story | Feed:
        """See Readers."""
        return read_story(form, raw, naming, code=code)


class Opener:
    """Opens files one after another. A context manager."""

    def __enter__(self) -> Opener:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.opening"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def open(self, path: Path, seconds: int = 30) -> Opened:
        """Open a file; it hangs when it takes so many seconds of CPU, or ten times as long without taking them."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(path), seconds]) + "\n")
        self._process.stdin.flush()
        return Opened(**json.loads(self._process.stdout.readline()))


def _serve() -> None:
    for one in FORMATS:
        import_module(f"player.story.opening.{one.module}")
    for heavy in ("trafilatura", "feedparser", "markdown_it", "mdit_py_plugins.footnote", "lxml.html", "pypandoc"):
        import_module(heavy)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no answer
    for line in sys.stdin:
        path, seconds = json.loads(line)
        answers.write(json.dumps(_forked(path, seconds)) + "\n")
        answers.flush()


def _forked(path: str, seconds: int) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _child(path, seconds, reading, writing)
    os.close(writing)
    said = _all(reading, time.monotonic() + 10 * seconds)
    if said is None:
        os.killpg(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    fault, outcome = True, "hang"
    if said is not None:
        fault, outcome = json.loads(said) if said else (True, _ended(status))
    return {
        "outcome": outcome,
        "is_fault": fault,
        "cpu": round(usage.ru_utime + usage.ru_stime, 3),
        "peak": usage.ru_maxrss // 1024,
    }


def _child(path: str, seconds: int, reading: int, writing: int) -> None:
    os.setpgid(0, 0)
    os.close(reading)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # not the clock: others use the machine as well
    try:
        answer = (False, open_story(path))
    except BaseException:  # noqa: BLE001 (whatever it is, it is what the trial looks for)
        answer = (True, traceback.format_exc())
    with os.fdopen(writing, "w") as pipe:
        json.dump(answer, pipe)
    os._exit(0)


def _ended(status: int) -> str:
    """How a process ended that said nothing."""
    signalled = -os.waitstatus_to_exitcode(status)
    return "hang" if signalled in (signal.SIGXCPU, signal.SIGKILL) else f"ended by signal {signalled}"


def _all(reading: int, until: float) -> str | None:
    """What a child said before it ended; None when it has not ended in time."""
    parts: list[bytes] = []
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        while True:
            ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                return None
            part = pipe.read(65536)
            if not part:
                return b"".join(parts).decode()
            parts.append(part)


if __name__ == "__main__":
    _serve()
