"""Exports that are killed in the middle: afterwards the next one leaves what it would have left, and nothing else."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.reliability.tally import Tally
from tests.support.stories import ARTICLE
from tests.support.waiting import wait_until

_SEED = 9


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """See Trial."""
    for suffix in ("m4b", "mp3") if long else ("m4b",):
        tally = Tally(f"an export as .{suffix}, killed")
        place = folder / suffix
        for name in ("clean", "out", "waiting"):
            (place / name).mkdir(parents=True)
        _try(place, suffix, tally, _story(place), long=long)
        yield tally


def _story(place: Path) -> Path:
    story = place / "story.txt"
    story.write_text("\n\n".join(ARTICLE.read_text().split("\n\n")[:4]))
    return story


def _try(place: Path, suffix: str, tally: Tally, story: Path, *, long: bool) -> None:
    """Quickly: three killed, and only then one that is not; at length: one after each."""
    chance = random.Random(_SEED)
    began = time.monotonic()
    clean = _start(place, story, "clean", suffix, cache="first")
    clean.communicate()
    took = time.monotonic() - began
    caught = 0
    for n in range(30 if long else 3):
        # Half of them with nothing in the cache, where there is most to be killed in.
        cache = f"cache-{n // 2}"
        killed = _start(place, story, "out", suffix, cache=cache)
        wait = chance.uniform(0.3 * took, took)
        if n % 3:  # in the writing, however busy the machine is
            wait_until(lambda: _left(place, cache) or killed.poll() is not None, "a file that is being written")  # noqa: B023
            wait = chance.uniform(0, 0.2 * took)
        try:
            killed.communicate(timeout=wait)
        except subprocess.TimeoutExpired:
            killed.kill()
            killed.communicate()
            caught += _left(place, cache) != []
        tally.trials += 1
        if not long and n < 2:
            continue
        after = _start(place, story, "out", suffix, cache=cache)
        errors = after.communicate()[1]
        if after.returncode:
            tally.faults.append(f"kill {n}: the next ended with {after.returncode}: {errors.splitlines()[-1:]}")
        elif (place / "out" / f"a.{suffix}").read_bytes() != (place / "clean" / f"a.{suffix}").read_bytes():
            tally.losses.append(f"kill {n}: the next export differs")
        tally.faults += [f"kill {n}: left: {path}" for path in _left(place, cache)]
        (place / "out" / f"a.{suffix}").unlink(missing_ok=True)
    tally.note = f"{caught} left something at first"


def _start(place: Path, story: Path, out: str, suffix: str, *, cache: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "player", "export", str(story), "-o", str(place / out / f"a.{suffix}"),
         "--engine", "pyttsx3", "--cache-dir", str(place / cache)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(place / "waiting")},
    )  # fmt: skip


def _left(place: Path, cache: str) -> list[str]:
    """What an export may have left beside its output, in the folder for temporary files, and in the cache."""
    found = [path for name in ("out", cache) for path in (place / name).glob(".*")]
    found += (place / "waiting").iterdir()
    found += (path for path in (place / cache).glob("*/*") if path.name.startswith("."))
    return [str(path.relative_to(place)) for path in found]
