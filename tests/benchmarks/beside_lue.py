"""The player beside lue-reader, in the same terminal, with the same EPUB of 3 MB of text: how soon it is on the screen,
how soon its end after the key for it, and the memory of all processes.

    python -m tests.benchmarks beside_lue PROGRAM

PROGRAM is `lue` of an environment of its own, made with `pip install lue-reader` (0.5.0 is what the figures are of). It
runs without speech (`--tts none`), for its voices need a network or a download; the player speaks, silently.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from statistics import median
from threading import Event
from typing import NamedTuple

from tests.benchmarks.measuring import ENGINES, PeakMemory, article_times
from tests.benchmarks.opening import SIGN, book
from tests.benchmarks.terminal import started

RUNS = 5
LAST = b"zeitenwende"
"""A word that stands in the last paragraph only."""
_SETTLE_SECONDS = 3.0


class _Run(NamedTuple):
    opened: float
    """Seconds until the second paragraph is drawn."""
    jumped: float
    """Seconds from the key until the last paragraph is drawn."""
    memory: float
    """MB of all processes, at most."""


def run(folder: Path, program: str) -> None:
    """Print the figures."""
    lines = article_times(1100, folder).read_text().split("\n\n")
    lines[1] = f"A {SIGN.decode()} was heard."
    lines.append(f"It was a {LAST.decode()}.")
    file = str(book(lines, folder))
    environment = {**os.environ, "LISTEN_SILENT": "1", "LISTEN_CACHE_DIR": str(folder / "cache")}
    player = [sys.executable, "-m", "player", file, "--engine"]
    programs = {
        **{f"player with {engine}": ([*player, engine], b"\x1b[F") for engine in ENGINES},
        "lue": ([program, "--tts", "none", file], b"b"),
    }
    runs: dict[str, list[_Run]] = {name: [] for name in programs}
    for n in range(RUNS + 1):
        for name, (command, end) in programs.items():
            home = folder / f"home-{name}-{n}"  # each time as if for the first time
            home.mkdir()
            variables = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
            runs[name].append(_one(command, end, environment | variables))
    for name, found in runs.items():
        opened, jumped, memory = (median(values) for values in zip(*found[1:], strict=True))
        print(
            f"{name}: on screen after {opened:.2f} s, at the end {1000 * jumped:.0f} ms after the key, {memory:.0f} MB"
        )


def _one(command: list[str], end: bytes, environment: dict[str, str]) -> _Run:
    screen = bytearray()
    drawn = {SIGN: Event(), LAST: Event()}

    def take(data: bytes) -> None:
        screen.extend(data)
        for sign, seen in drawn.items():
            if sign in screen:
                seen.set()

    began = time.perf_counter()
    with started(command, environment, take) as (process, keyboard):
        peak = PeakMemory(process.pid)
        try:
            if not drawn[SIGN].wait(60):
                raise SystemExit(f"{command[0]} never showed the book: {bytes(screen[-300:])!r}")
            opened = time.perf_counter() - began
            time.sleep(_SETTLE_SECONDS)
            began = time.perf_counter()
            os.write(keyboard, end)
            if not drawn[LAST].wait(60):
                raise SystemExit(f"{command[0]} never showed the end")
            return _Run(opened, time.perf_counter() - began, peak.tree)
        finally:
            peak.stop()
