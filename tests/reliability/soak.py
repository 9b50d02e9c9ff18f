"""Hours of story, played at many times its pace with jumps here and there: what stays behind, and how it ends.

The player runs in a process of its own (this module, started with `-m`), whose memory is nobody else's.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from player.audio.store.cache import DiskCache
from player.audio.voicing.process import VoiceProcess
from player.memory import return_what_is_freed
from player.playback.output import SilentOutput
from player.playback.player import Player
from player.playback.position import State
from player.story.opening import load
from player.utterance.script import Script
from tests.benchmarks.measuring import article_times
from tests.benchmarks.terminal import listen
from tests.reliability.tally import Tally

_SEED = 17
_PACE = 50.0
_HOUR = 3600.0
_MOST_GROWTH = 1.05
_QUIT_SECONDS = 0.3
_SLOW = 10
"""How much slower a machine may be that does other things besides: the long form is for one that does not."""


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """See Trial. Ten hours of story; the quick form plays four minutes."""
    hours, settled = (10 * _HOUR, _HOUR) if long else (240.0, 120.0)
    yield _played(folder, hours, settled)
    yield _quit(folder, 40, _QUIT_SECONDS) if long else _quit(folder, 2, _QUIT_SECONDS * _SLOW)


def _played(folder: Path, seconds: float, settled: float) -> Tally:
    tally = Tally(f"soak: {seconds / 60:.0f} minutes of story at {_PACE:.0f}×, with jumps")
    story = article_times(250 if seconds > _HOUR else 20, folder)
    command = [sys.executable, "-m", __name__, str(story), str(folder / "soak"), str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True)
    told: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(told) < 3:
        tally.trials = 1
        tally.faults.append(f"seed {_SEED}: it ended with {done.returncode}: {done.stderr[-500:]}")
        return tally
    *looks, ended = told
    tally.trials = ended["jumps"]
    sizes = [look["resident"] for look in looks if look["heard"] >= settled]
    # The least of five looks, for what stays: writing a FLAC file takes 8 MB more for as long as it takes.
    usual = [min(sizes[i : i + 5]) for i in range(max(len(sizes) - 4, 1))]
    base, most = usual[0], max(usual)
    if most > base * _MOST_GROWTH:
        tally.faults.append(f"seed {_SEED}: {base:.1f} MB after {settled / 60:.0f} minutes, {most:.1f} MB at most")
    if ended["after"] != ended["before"]:
        tally.faults.append(f"threads, descriptors, processes: {ended['before']} before, {ended['after']} after")
    if ended["closing"] > _QUIT_SECONDS * _SLOW:
        tally.faults.append(f"closing took {ended['closing']:.2f} s")
    if done.stderr:
        tally.faults.append(done.stderr[-500:])
    if ended["notices"]:
        tally.losses.append(f"the listener was told {ended['notices'][:3]}")
    tally.note = f"{base:.1f} MB after {settled / 60:.0f} minutes, {most:.1f} MB at most, {ended['pace']:.0f}× reached"
    return tally


def _quit(folder: Path, times: int, at_most: float) -> Tally:
    """The real program, left with its key at any moment of its first seconds of playing."""
    tally = Tally("soak: quitting")
    chance = random.Random(_SEED)
    story = article_times(20, folder)
    took = []
    for n in range(times):
        tally.trials += 1
        variables = {"LISTEN_SILENT": "1", "XDG_DATA_HOME": str(folder / f"data-{n}")}
        variables |= {"LISTEN_CACHE_DIR": str(folder / f"quit-{n % 5}")}  # cold, then with what is there
        shown = threading.Event()

        def drawn(data: bytes, shown: threading.Event = shown) -> None:
            if b"playing" in data:
                shown.set()

        with listen([str(story), "--engine", "pyttsx3"], {**os.environ, **variables}, drawn) as (process, keyboard):
            shown.wait(60)
            for _ in range(chance.randrange(4)):
                time.sleep(chance.uniform(0.0, 0.7))
                os.write(keyboard, chance.choice([b"\x1b[6~", b"\x1b[C", b"]", b" "]))
            time.sleep(chance.uniform(0.0, 0.7))
            children = psutil.Process(process.pid).children(recursive=True)
            began = time.monotonic()
            os.write(keyboard, b"q")
            late = threading.Timer(60, process.kill)  # `wait` with a limit of its own looks twenty times a second only
            late.start()
            process.wait()
            late.cancel()
            took.append(time.monotonic() - began)
        if took[-1] > at_most:
            tally.faults.append(f"seed {_SEED}, trial {n}: quitting took {took[-1]:.2f} s")
        _, alive = psutil.wait_procs(children, timeout=at_most / _QUIT_SECONDS)  # one may just be starting
        left = [process for process in alive if not _has_ended(process)]
        if left:
            tally.faults.append(f"seed {_SEED}, trial {n}: {len(left)} processes were left")
    tally.note = f"≤ {max(took):.2f} s"
    return tally


def _has_ended(process: psutil.Process) -> bool:
    """Tell whether it is gone, or waits only for the machine's first process to ask for its exit code."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


# -- the process that plays --------------------------------------------------------------------------------------


def play(story: Path, cache: Path, seconds: float) -> None:
    """Play so much of a story, and print a line of JSON for each of a hundred looks, and one at the end."""
    return_what_is_freed()
    _open(story, cache).close()  # what is loaded once and kept is no leak
    before = _settled([1])
    player = _open(story, cache)
    transport = player.transport
    chance = random.Random(_SEED)
    heard, next_jump, next_look, jumps = 0.0, 0.0, 0.0, 0
    began = time.monotonic()
    transport.play()
    handed = 0
    while heard < seconds:
        time.sleep(0.01)
        before_this, handed = handed, transport.handed
        heard += (handed - before_this) / player.rate
        if heard >= next_jump or transport.position().state is State.ENDED:
            player.navigation.seek(chance.randrange(len(player.script)), 0)
            handed = 0
            next_jump, jumps = heard + chance.uniform(1, 60), jumps + 1
        if heard >= next_look:
            _print(heard=heard, resident=psutil.Process().memory_info().rss / 1e6, left=_left())
            next_look += seconds / 100
    pace = heard / (time.monotonic() - began)
    notices = list(player.notices)
    began = time.monotonic()
    player.close()
    closing = time.monotonic() - began
    _print(jumps=jumps, pace=pace, notices=notices, closing=closing, before=before, after=_settled(before))


def _open(story: Path, cache: Path) -> Player:
    narrator = VoiceProcess.start("pyttsx3", "", "en").voicing()
    output = SilentOutput(narrator.rate, pace=_PACE)
    return Player.open(Script(load(str(story)), language="en"), narrator, output, DiskCache(cache))


def _settled(wanted: list[int]) -> list[int]:
    """What is left once it begins like what is wanted, or after a while: threads end a moment after they are told."""
    end = time.monotonic() + 60
    while _left()[: len(wanted)] != wanted and time.monotonic() < end:
        time.sleep(0.01)
    return _left()


def _left() -> list[int]:
    """Threads, descriptors, processes."""
    me = psutil.Process()
    return [me.num_threads(), me.num_fds(), len(me.children(recursive=True))]


def _print(**values: object) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    play(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
