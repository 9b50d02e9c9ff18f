"""Peak memory with a 10-hour story beside the article, playing in a terminal and exporting; and at rest."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.measuring import ENGINES, PeakMemory, article_times
from tests.benchmarks.terminal import listen
from tests.support.stories import ARTICLE

_PLAY_SECONDS = 20
_REST_SECONDS = 70.0
"""Speech processes end after 60 s without work."""


def run(folder: Path) -> None:
    """Print the figures."""
    book = article_times(250, folder)
    for what, measure in (("playing", playing), ("exporting", exporting)):
        small, large = (
            measure(story, {**os.environ, "LISTEN_CACHE_DIR": str(folder / f"{what}-{n}"), "LISTEN_SILENT": "1"})
            for n, story in enumerate((ARTICLE, book))
        )  # each with a cache of its own, and cold
        print(
            f"{what}: article {small.own:.0f} MB, 10 hours {large.own:.0f} MB ({large.own / small.own:.2f} x); "
            f"with workers {small.tree:.0f} and {large.tree:.0f} MB ({large.tree / small.tree:.2f} x)"
        )
    for engine in ENGINES:
        cache = {"LISTEN_CACHE_DIR": str(folder / f"resting-{engine}"), "LISTEN_SILENT": "1"}
        played, rested = resting(engine, {**os.environ, **cache})
        print(
            f"{engine}, the article, all processes: playing {played:.0f} MB (wanted: at most 420), "
            f"paused for {_REST_SECONDS:.0f} s {rested:.0f} MB (wanted: at most 150)"
        )


def resting(engine: str, environment: dict[str, str]) -> tuple[float, float]:
    """Return the MB of all processes while the article plays (the most), and after a minute's pause."""
    with listen([str(ARTICLE), "--engine", engine, "--from-start"], environment) as (process, keyboard):
        peak = PeakMemory(process.pid)
        time.sleep(_PLAY_SECONDS)
        peak.stop()
        os.write(keyboard, b" ")
        time.sleep(_REST_SECONDS)
        rest = PeakMemory(process.pid)
        time.sleep(0.2)
        rest.stop()
    return peak.tree, rest.tree


def playing(story: Path, environment: dict[str, str]) -> PeakMemory:
    """Plays for a while, skipping through the story with the keys."""
    with listen([str(story), "--engine", "pyttsx3"], environment) as (process, keyboard):
        peak = PeakMemory(process.pid)
        for second in range(_PLAY_SECONDS):
            time.sleep(1)
            os.write(keyboard, b"\x1b[6~" * (1 + second % 5))
        peak.stop()
    return peak


def exporting(story: Path, environment: dict[str, str]) -> PeakMemory:
    """Exports it whole."""
    target = str(Path(environment["LISTEN_CACHE_DIR"]).parent / "out.mp3")
    command = [sys.executable, "-m", "player", "export", str(story), "-o", target, "--engine", "pyttsx3"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        peak = PeakMemory(process.pid)
        assert process.wait() == 0
        peak.stop()
    return peak
