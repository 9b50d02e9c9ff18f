"""The screen's own work: CPU of all processes in each reading mode, and with a book of 3 MB the time from a key to the
changed screen."""

from __future__ import annotations

import os
import statistics
import threading
import time
from pathlib import Path

import psutil

from player.tui.transcript.reading_modes import ReadingMode
from tests.benchmarks.idle import playing, spent, used
from tests.benchmarks.measuring import article_times
from tests.benchmarks.terminal import listen

_KEYS = 60
_BETWEEN = 0.25
"""Seconds between two keys."""
_LONGEST = 2.0
_PARTS = 1300
"""Times the article is in the book: 3 MB."""
_SETTLED = 20.0
"""Until the book is shown, and its first minutes are rendered."""


def run(folder: Path) -> None:
    """Print the figures."""
    with playing(folder, {**os.environ, "LISTEN_SILENT": "1"}) as (process, press):
        time.sleep(_SETTLED)
        for mode in ReadingMode:
            print(f"playing, {mode.value}: {used(process):.2%} of a core (wanted: at most 5 %)", flush=True)
            press("w")
            time.sleep(1)
    book = article_times(_PARTS, folder)
    print(f"a book of {book.stat().st_size / 1e6:.1f} MB", flush=True)
    for state, first in (("playing", ""), ("paused", " ")):
        took, work = keys(book, folder, first)
        print(
            f"{state}: {1000 * work:.0f} ms of CPU a key, from key to screen {1000 * statistics.median(took):.0f} ms, "
            f"at the 95th percentile {1000 * took[int(0.95 * len(took))]:.0f} ms (wanted: at most 50)",
            flush=True,
        )


def keys(book: Path, folder: Path, first: str) -> tuple[list[float], float]:
    """Seconds from each key until its effect is drawn (the name of a reading mode), sorted; and seconds of CPU a key,
    of all that is done meanwhile."""
    changed = threading.Event()

    def drawn(data: bytes) -> None:
        if b"w: " in data:
            changed.set()

    environment = {**os.environ, "LISTEN_SILENT": "1", "LISTEN_CACHE_DIR": str(folder / "cache")}
    arguments = [str(book), "--engine", "pyttsx3", "--from-start"]
    with listen(arguments, environment, drawn, size=(36, 120)) as (program, keyboard):
        time.sleep(_SETTLED)
        os.write(keyboard, first.encode())
        time.sleep(1)
        process = psutil.Process(program.pid)
        found, before = [], spent(process)
        for _ in range(_KEYS):
            time.sleep(_BETWEEN)
            changed.clear()
            began = time.perf_counter()
            os.write(keyboard, b"w")
            changed.wait(_LONGEST)
            found.append(time.perf_counter() - began)
        return sorted(found), (spent(process) - before) / _KEYS
