"""Bombs and damage: what a file of at most 1 MB takes before there is an answer, whatever is in it.

Each is opened in a process of its own, as every command does it. A fault is an answer that took more computing or
memory than allowed, no one-line answer, or a traceback. What computes is the program with all that it starts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.reliability.bomb_shapes import SHAPES
from tests.reliability.tally import Tally

CPU = 10.0
"""Seconds of computing, on a machine that has nothing else to do."""
MEMORY = 500_000_000
"""Bytes, of all processes together."""
_QUICK = {"pdf": ("flate-bomb", "damaged-1"), "epub": ("tags", "entities"), "docx": ("zip-bomb",), "html": ("deep",)}
"""Those that are tried with the tests, too."""
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096

_OPEN = """
import sys
from player.errors import PlayerError
from player.story.opening import load
try:
    load(sys.argv[1])
except PlayerError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
"""


@dataclass
class _Taken:
    """What a run took."""

    code: int
    complaint: str
    cpu: float
    memory: int
    wall: float


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """One tally for each format, with the greatest figures seen."""
    for form, shapes in SHAPES.items():
        tally = Tally(f"bombs and damage: {form}")
        cpu, memory = 0.0, 0
        for name, make in shapes.items():
            if not long and name not in _QUICK.get(form, ()):
                continue
            path = folder / f"{name}.{form}"
            path.write_bytes(make())
            taken = _run(path)
            tally.trials += 1
            cpu, memory = max(cpu, taken.cpu), max(memory, taken.memory)
            figures = f"{name} ({path.stat().st_size / 1e3:.0f} kB): {taken.cpu:.1f} s, {taken.memory / 1e6:.0f} MB"
            if wrong := _wrong(taken):
                tally.faults.append(f"{figures}: {wrong}: {taken.complaint.strip()[-200:]!r}")
            path.unlink()
        if tally.trials:
            tally.note = f"at most {cpu:.1f} s of computing, {memory / 1e6:.0f} MB"
            yield tally


def _wrong(taken: _Taken) -> str:
    if taken.code not in (0, 1) or "Traceback" in taken.complaint:
        return f"exit code {taken.code}"
    if taken.code and taken.complaint.count("\n") != 1:
        return "not one line"
    if taken.cpu > CPU + 1.0:  # the kernel counts in whole seconds
        return "too long"
    return "too much memory" if taken.memory > MEMORY else ""


def _run(path: Path) -> _Taken:
    began = time.monotonic()
    command = [sys.executable, "-c", _OPEN, str(path)]
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = [0]
    watcher = threading.Thread(target=_look, args=(program, peak))
    watcher.start()
    assert program.stderr is not None
    complaint = program.stderr.read().decode()
    _, status, used = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    watcher.join()
    wall = time.monotonic() - began
    return _Taken(program.returncode, complaint, used.ru_utime + used.ru_stime, peak[0], wall)


def _look(program: subprocess.Popen[bytes], peak: list[int]) -> None:
    """Keep the most memory that the program and its processes have at one time."""
    while program.returncode is None:
        peak[0] = max(peak[0], sum(map(_memory, _family(program.pid))))
        time.sleep(0.01)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))
    except OSError:
        return


def _memory(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
