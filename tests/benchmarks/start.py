"""Commands that answer without a story, beside the least that they could take: each run directly after its peer."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

RUNS = 9
PYTHON = ("-c", "pass")
INTERFACE = ("-c", "import textual.app")
PLAYER = ("-m", "player")
COMMANDS = (
    (("--version",), PYTHON, 5.0),
    (("recent",), INTERFACE, 1.0),
    (("cache",), INTERFACE, 1.0),
    (("voices",), INTERFACE, 1.0),
    (("completion", "bash"), INTERFACE, 1.0),
)
"""(command, what Python runs beside it, at most how many times its time). A completion script is printed once, and
needs no Python at each press of Tab."""


def run(folder: Path) -> None:
    """Print the figures: medians of both, and the medians of the ratios in pairs."""
    environment = {**os.environ, "LISTEN_CACHE_DIR": str(folder / "cache")}
    for command, peer, wanted in COMMANDS:
        pairs = [(spent((*PLAYER, *command), environment), spent(peer, environment)) for _ in range(RUNS + 1)][1:]
        ours, theirs = (median(pair[n][0] for pair in pairs) for n in (0, 1))
        wall, processor = (median(ours[n] / theirs[n] for ours, theirs in pairs) for n in (0, 1))
        print(
            f"listen {' '.join(command)}: {ours:.3f} s, python {' '.join(peer)}: {theirs:.3f} s; "
            f"{wall:.2f} x (wanted: at most {wanted:g} x), processor {processor:.2f} x",
            flush=True,
        )


def spent(arguments: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """Return (wall seconds, processor seconds) of Python with these arguments and of the processes it waited for."""
    before, began = used_by_children(), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)
    return time.perf_counter() - began, used_by_children() - before


def used_by_children() -> float:
    """Return the processor seconds of all processes that were waited for so far, and of those they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
