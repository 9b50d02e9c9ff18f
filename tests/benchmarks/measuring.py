"""What the benchmarks share: stories of a given size, times, and the memory of a process and its children."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from player.settings import Settings
from tests.support.stories import ARTICLE

NEURAL = "hibari"
ENGINES = ("pyttsx3", NEURAL)
_END = re.compile(r"(?<=\w)[.?!][”’]?(?=\s|$)")


def article_times(count: int, folder: Path) -> Path:
    """The article so many times over, numbered so that no sentence is said twice: 2.4 minutes each."""
    lines = [line for line in ARTICLE.read_text().splitlines() if line and "Listen To Story" not in line]
    parts = ["\n\n".join(numbered(line, n) for line in lines[1:]) for n in range(count)]
    file = folder / f"article-{count}.txt"
    file.write_text(lines[0] + "\n\n" + "\n\n".join(parts))
    return file


def numbered(line: str, number: int) -> str:
    """Return a paragraph of which every sentence ends in a number."""
    return _END.sub(rf" in part {number}\g<0>", line)


def timed(command: Sequence[str] | str, runs: int = 5, **options: object) -> float:
    """The median wall time of a command in seconds, after one run that does not count."""
    times = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, shell=isinstance(command, str), **options)  # type: ignore[call-overload]
        times.append(time.perf_counter() - began)
    return statistics.median(times[1:])


def import_time(runs: int = 5) -> float:
    """Seconds that Python and the libraries every player needs take: what first sounds are measured against."""
    return timed([sys.executable, "-c", "import textual.app, miniaudio"], runs)


def forget_stories() -> None:
    """Delete the stories that were kept after they were read, so that they are read again."""
    shutil.rmtree(Settings().stories, ignore_errors=True)


class PeakMemory:
    """The largest resident memory of a process and of it with all its children, sampled, in MB (Linux)."""

    def __init__(self, pid: int) -> None:
        self.own = 0.0
        self.tree = 0.0
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.02):
            own = _resident(self._pid)
            self.own = max(self.own, own)
            self.tree = max(self.tree, own + sum(_resident(child) for child in _children(self._pid)))


def _resident(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def _children(pid: int) -> list[int]:
    try:
        found = [int(c) for t in Path(f"/proc/{pid}/task").iterdir() for c in (t / "children").read_text().split()]
    except OSError:
        return []
    return found + [grandchild for child in found for grandchild in _children(child)]
