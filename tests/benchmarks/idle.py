"""How much of a core the player takes while nothing happens and while it plays: CPU time of all its processes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.benchmarks.terminal import listen
from tests.support.pulse import null_sink
from tests.support.stories import ARTICLE

_SECONDS = 10.0
_LOADED = 12.0
"""Until the voice is loaded, and what is read ahead is rendered."""
_RESTED = 8.0
"""Until nothing is left to be done: sound devices are closed after 5 s."""
_SIZE = (36, 120)


def run(folder: Path) -> None:
    """Print the figures."""
    measured("silent clock", folder, {**os.environ, "LISTEN_SILENT": "1"})
    with null_sink(folder) as sink, sink.recording():
        measured("PulseAudio", folder, sink.environment, lambda: sink.streams)


def measured(what: str, folder: Path, environment: dict[str, str], streams: Callable[[], int] | None = None) -> None:
    """Play and pause, and print the share of a core that each takes; `streams` counts what is open at a server."""
    with playing(folder, environment) as (process, press):

        def show(state: str, wanted: str) -> None:
            share = used(process)
            held = "" if streams is None else f", {streams()} streams open"
            print(f"{what}, {state}: {share:.2%} of a core (wanted: {wanted}){held}", flush=True)

        show("playing", "at most 5 %")
        press("?")
        time.sleep(1)
        show("playing, keys shown", "as without")
        press("\x1b")
        time.sleep(1)
        press(" ")
        time.sleep(_RESTED)
        show("paused", "at most 0.5 %")
        press("?")
        time.sleep(_RESTED)
        show("paused, keys shown", "as without")
        press("\x1b")
        time.sleep(1)
        press("\x1b[F \x1b[F")
        time.sleep(_RESTED + 10)
        show("ended", "at most 0.5 %")


@contextmanager
def playing(folder: Path, environment: dict[str, str]) -> Iterator[tuple[psutil.Process, Callable[[str], object]]]:
    """The article, playing in a terminal, and what presses keys there."""
    environment = {**environment, "LISTEN_CACHE_DIR": str(folder / "cache")}
    with listen([str(ARTICLE), "--engine", "pyttsx3", "--from-start"], environment, size=_SIZE) as (process, keyboard):
        time.sleep(_LOADED)
        yield psutil.Process(process.pid), lambda keys: os.write(keyboard, keys.encode())


def used(process: psutil.Process, seconds: float = _SECONDS) -> float:
    """Share of a core that a process and all below it take for so long."""
    began, before = time.monotonic(), spent(process)
    time.sleep(seconds)
    return (spent(process) - before) / (time.monotonic() - began)


def spent(process: psutil.Process) -> float:
    """Seconds of processor so far, of a process and all below it, the ended ones too."""
    return sum(sum(one.cpu_times()[:4]) for one in (process, *process.children(recursive=True)))
