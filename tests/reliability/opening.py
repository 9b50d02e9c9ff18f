"""Opening stories as the player does, each in a process of its own that is measured, and killed when it hangs.

`python -m tests.reliability.opening` has all readers loaded, takes paths on standard input, and forks for each: a
trial costs 10 ms instead of the second that starting Python and its libraries takes.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
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
from player.story.opening import load
from player.story.opening.confined.host import Readers
from player.story.opening.registry import FORMATS, read_story
from player.story.reading.feed import Feed
from player.tui.transcript.layout import Layout
from player.utterance.script import Script

OWN = "own "
"""Begins an entry of `Opened.caught` that our own code raised, and no library."""
_OURS = f"{os.sep}player{os.sep}"
READY = 3
"""Blocks whose sentences and words are worked out; the player needs one before the first sound."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening one file."""

    outcome: str
    """"story", "feed", the words of a PlayerError, or for a fault a traceback, "hang" or "signal …"."""
    is_fault: bool
    caught: list[str]
    """What the boundary of the readers caught: exceptions that none of them expects, with their last line here."""
    cpu: float
    """Seconds, of the process and all it started."""
    peak: int
    """Megabytes that the largest of them had at once."""

    @property
    def last_line(self) -> str:
        """Of a traceback, what went wrong."""
        return self.outcome.strip().splitlines()[-1] if self.outcome.strip() else ""


def open_story(path: str, apart: bool = False) -> str:
    """What the player does before the first sound. Returns "story", "feed" or the words of a PlayerError.

    Readers work in this process, which is one made for it, unless `apart`: then as in the player.
    """
    try:
        story = load(path, readers=None if apart else _Here())
    except PlayerError as error:
        return str(error)
    if isinstance(story, Feed):
        return "feed"
    script = Script(story).spoken_by()
    timeline = Timeline(script, 22050)
    for block in range(min(len(script), READY)):
        timeline.utterances(block)
    page = Layout(story.blocks, 80)
    while not page.settle(1.0):
        pass
    return "story"


class _Here(Readers):
    """Reads in this process, which is the one that is measured and can be killed."""

    def read(self, form: Any, raw: Any, naming: Any, options: Any, watch: Any, *, begun: Any = None) -> Story | Feed:
        """See Readers."""
        return read_story(form, raw, naming, options)


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

    def open(self, path: Path, seconds: int = 30, *, apart: bool = False) -> Opened:
        """Open a file; it hangs when it takes so many seconds of CPU, or ten times as long without taking them."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(path), seconds, apart]) + "\n")
        self._process.stdin.flush()
        return Opened(**json.loads(self._process.stdout.readline()))


class _Caught(logging.Handler):
    """Takes down the exceptions that are logged because the whole source cannot be read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """One line for an exception: what it is, and where in our code."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and "cannot be read" in record.msg:
            frames = traceback.extract_tb(error.__traceback__)
            last = [frame for frame in frames if _OURS in frame.filename][-1]
            where = f"{last.filename.rpartition(_OURS)[2]}:{last.lineno} {last.name}"
            self.found.append(f"{OWN if last is frames[-1] else ''}{type(error).__name__} ({where}): {error}"[:300])


def _serve() -> None:
    for one in FORMATS:
        for module in (f"player.story.formats.{one.module}", *one.libraries):
            import_module(module)
    _warm_up()
    gc.freeze()  # so that the copies share what they only look at
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no answer
    for line in sys.stdin:
        answers.write(json.dumps(_forked(*json.loads(line))) + "\n")
        answers.flush()


def _warm_up() -> None:
    """Have libraries build the tables and rules now that they build when they are first used."""
    paragraph = "The river rose in the night, and nobody saw it. Dr. Smith did. "
    page = f"<title>A</title><article><h1>A</h1>{f'<p>{paragraph * 5}</p>' * 5}</article>"
    feed = f"<rss><channel><item><title>A</title><description>{paragraph}</description></item></channel></rss>"
    with tempfile.TemporaryDirectory() as folder:
        for suffix, text in ((".txt", paragraph), (".md", f"# A\n\n*{paragraph}*"), (".html", page), (".rss", feed)):
            path = Path(folder) / f"a{suffix}"
            path.write_text(text)
            open_story(str(path))


def _forked(path: str, seconds: int, apart: bool) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _child(path, seconds, apart, reading, writing)
    os.close(writing)
    said = _all(reading, time.monotonic() + 10 * seconds)
    if said is None:
        os.killpg(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    fault, outcome, caught = True, "hang", []
    if said is not None:
        fault, outcome, caught = json.loads(said) if said else (True, _ended(status), [])
    return {
        "caught": caught,
        "outcome": outcome,
        "is_fault": fault,
        "cpu": round(usage.ru_utime + usage.ru_stime, 3),
        "peak": usage.ru_maxrss // 1024,
    }


def _child(path: str, seconds: int, apart: bool, reading: int, writing: int) -> None:
    os.setpgid(0, 0)
    os.close(reading)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # not the clock: others use the machine as well
    caught = _Caught()
    logging.getLogger("player").addHandler(caught)
    try:
        fault, outcome = False, open_story(path, apart)
    except BaseException:  # noqa: BLE001 (whatever it is, it is what the trial looks for)
        fault, outcome = True, traceback.format_exc()
    with os.fdopen(writing, "w") as pipe:
        json.dump((fault, outcome, caught.found), pipe)
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
