"""Exporting 20 minutes of speech as MP3, cold and warm, beside `espeak-ng --stdout | ffmpeg`."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from statistics import median

from tests.benchmarks.measuring import article_times
from tests.benchmarks.start import used_by_children

RUNS = 5
_PR_SET_CHILD_SUBREAPER = 36
"""Of prctl: processes whose parent has ended become children of this one (Linux)."""


def run(folder: Path) -> None:
    """Print the figures."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    story = article_times(8, folder)
    written = story.read_text()
    cache = folder / "cache"
    ours = folder / "ours.mp3"
    peer = f"espeak-ng -f {story} --stdout | ffmpeg -y -v error -i - -b:a 64k {folder}/theirs.mp3"
    export = [sys.executable, "-m", "player", "export", str(story), "-o", str(ours), "--engine", "pyttsx3"]
    figures: dict[str, list[tuple[float, float]]] = {"peer": [], "cold": [], "warm": [], "one sentence changed": []}
    for run in range(4, 4 + RUNS):
        shutil.rmtree(cache, ignore_errors=True)
        figures["peer"].append(both(peer))
        figures["cold"].append(both(export, cache))
        figures["warm"].append(both(export, cache))
        story.write_text(written.replace("in part 4", f"in the {run}th part", 1))
        figures["one sentence changed"].append(both(export, cache))
        story.write_text(written)
    peers = figures.pop("peer")
    print(
        f"espeak-ng | ffmpeg: {median(wall for wall, _ in peers):.2f} s, processor {median(p for _, p in peers):.2f} s"
    )
    for name, times in figures.items():
        ratios, processor = ([a[n] / b[n] for a, b in zip(times, peers, strict=True)] for n in (0, 1))
        print(
            f"{name}: {median(wall for wall, _ in times):.2f} s, {median(ratios):.2f} x "
            f"({min(ratios):.2f} to {max(ratios):.2f}); processor {median(p for _, p in times):.2f} s, "
            f"{median(processor):.2f} x (a machine that others load shows this rather than the wall time)"
        )


def both(command: str | list[str], cache: Path | None = None) -> tuple[float, float]:
    """Return the wall seconds and the processor seconds of one run, with all its processes."""
    before = used_by_children()
    wall = clock(command, cache)
    with suppress(ChildProcessError):
        while True:
            os.wait()  # for processes of workers that were killed
    return wall, used_by_children() - before


def clock(command: str | list[str], cache: Path | None = None) -> float:
    """Wall seconds of one run."""
    environment = {**os.environ, **({"LISTEN_CACHE_DIR": str(cache)} if cache else {})}
    began = time.perf_counter()
    subprocess.run(command, shell=isinstance(command, str), check=True, capture_output=True, env=environment)
    return time.perf_counter() - began
