"""Voices: texts that cannot be said, and processes that die; the same file has the same verdict and the same bytes.

Runs the program as a listener does. Losses are exports that were told to have worked with something missing, or that
failed without need; faults are processes left behind, tracebacks and hangs.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread

from player.audio.rendering.workers import Workers
from player.audio.voicing.process import VoiceProcess
from player.audio.voicing.voicings import Voicings
from player.speech.choosing.registry import profile
from player.speech.process.host import Worker
from tests.reliability.tally import Tally

_SEED = 8
_PLAIN = "The lamp was lit at six. Nobody came before seven, and then all of them did! Who had asked them to?"
_FOREIGN = ("你好，世界。", "Привет, мир!", "שלום עולם.", "日本語の文です。", "สวัสดีชาวโลก")
_MIXED = "The word שלום means peace, and नमस्ते is a greeting."
_TIME_LIMIT = 120
_REAPED = 5
"""Seconds in which a dead process has to be gone."""


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """See tally.Trial."""
    engines = ["pyttsx3", *(["hibari"] if not profile("hibari").missing else [])]
    yield _verdicts(folder, engines if long else engines[:1], 20 if long else 2, long=long)
    yield _kills(folder, engines if long else engines[:1], 40 if long else 1)
    yield _idle(engines if long else engines[:1], 40 if long else 4)


def _verdicts(folder: Path, engines: list[str], times: int, *, long: bool) -> Tally:
    """The same mixed stories, exported again and again: the verdict is that of their letters."""
    tally = Tally("mixed scripts: the verdict of every run")
    for name, paragraphs in _stories(long=long).items():
        story = folder / f"{name}.txt"
        story.write_text("\n\n".join(paragraphs))
        expected = int(any(text in _FOREIGN for text in paragraphs))
        for engine in engines:
            for n in range(times):
                tally.trials += 1
                out = folder / f"{name}-{engine}.vtt"
                out.unlink(missing_ok=True)
                done = _export(story, out, engine, folder / f"cache-{n}")
                what = f"{name} in {engine}, run {n}"
                if done.returncode != expected or out.exists() == bool(expected):
                    tally.losses.append(f"{what}: exit code {done.returncode}, {done.stderr.strip()[-200:]}")
                if "Traceback" in done.stderr:
                    tally.faults.append(f"{what}: {done.stderr[-200:]}")
    return tally


def _stories(*, long: bool) -> dict[str, list[str]]:
    """The quick form has the one that was a broken voice in one run and none in the next."""
    four = {"four": [_PLAIN, *_FOREIGN[:4], _PLAIN]}
    if not long:
        return four
    choice = random.Random(_SEED)
    mixed = [choice.choice([_PLAIN, _MIXED, *_FOREIGN]) for _ in range(12)]
    return {"plain": [_PLAIN, _MIXED], **four, "mixed": [*mixed, _FOREIGN[0]]}


def _kills(folder: Path, engines: list[str], times: int) -> Tally:
    """Workers killed while a story is exported, from the very beginning on."""
    tally = Tally("workers killed at random moments of an export")
    story = folder / "killed.txt"
    story.write_text("\n\n".join(f"Paragraph {n}. {_PLAIN}" for n in range(10)))
    killed = 0
    for engine in engines:
        whole = folder / f"whole-{engine}.mp3"
        _export(story, whole, engine, folder / f"cache-whole-{engine}")
        for n in range(times):
            tally.trials += 1
            killed += _killed(tally, story, whole, engine, _SEED + n)
    tally.note = f"{killed} workers killed"
    return tally


def _killed(tally: Tally, story: Path, whole: Path, engine: str, seed: int) -> int:
    """One export under a killer; answers how many workers it killed."""
    out, what = story.with_suffix(".mp3"), f"{engine}, seed {seed}"
    out.unlink(missing_ok=True)
    process = _start(story, out, engine, story.parent / f"cache-{engine}-{seed}")
    killed: list[int] = []
    killer = Thread(target=_kill_workers, args=(process, random.Random(seed), killed, tally.faults, what))
    killer.start()
    try:
        _, stderr = process.communicate(timeout=_TIME_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        _, stderr = process.communicate()
        tally.faults.append(f"{what}: hangs")
    killer.join()
    if process.returncode != 0 or not out.exists() or out.read_bytes() != whole.read_bytes():
        tally.losses.append(f"{what}: exit code {process.returncode}, {stderr.strip()[-200:]}")
    if "Traceback" in stderr:
        tally.faults.append(f"{what}: {stderr[-200:]}")
    return len(killed)


def _kill_workers(
    process: subprocess.Popen[str], choice: random.Random, killed: list[int], faults: list[str], what: str
) -> None:
    """One to four workers, one after the other, at any moment of the first seconds; none may stay a zombie."""
    for _ in range(choice.randint(1, 4)):
        _waited(process, lambda: bool(_children(process.pid)), _TIME_LIMIT)
        if _waited(process, lambda: False, choice.choice([0.0, 0.2, 2.0]) * choice.random()):
            return
        workers = _children(process.pid)
        if not workers:
            continue
        pid = choice.choice(workers)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)
        if not _waited(process, lambda pid=pid: pid not in _children(process.pid), _REAPED):  # type: ignore[misc]
            faults.append(f"{what}: a killed worker stays a zombie")


def _waited(process: subprocess.Popen[str], condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition holds, or the process has ended, within a time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None or condition():
            return True
        time.sleep(0.01)
    return False


def _idle(engines: list[str], times: int) -> Tally:
    """Workers killed while they have nothing to do: the next sentence is said as if nothing had happened."""
    tally = Tally("workers killed while they have nothing to do")
    for engine in engines:
        with ExitStack() as stack:
            _idle_kills(tally, engine, times, stack)
    return tally


def _idle_kills(tally: Tally, engine: str, times: int, stack: ExitStack) -> None:
    process = VoiceProcess.start(engine, "", "en")
    started = [process.first]

    def another() -> Worker:
        started.append(VoiceProcess.start(engine, "", "en").first)
        return started[-1]

    workers = Workers(Voicings(replace(process.voicing(), start=another), (), lambda notice: None))
    stack.callback(workers.close)
    expected = workers.say(0, 0, _PLAIN)
    for n in range(times):
        tally.trials += 1
        os.kill(started[-1].pid, signal.SIGKILL)
        if workers.say(0, 0, _PLAIN) != expected:
            tally.losses.append(f"{engine}, kill {n}: said something else")
    dead = {worker.pid for worker in started[:-1]}
    end = time.monotonic() + _REAPED
    while (zombies := dead & set(_children(os.getpid()))) and time.monotonic() < end:
        time.sleep(0.01)
    if zombies:
        tally.faults.append(f"{engine}: {len(zombies)} zombies")


def _children(pid: int) -> list[int]:
    """Processes that it started, in any thread, zombies too."""
    found: set[int] = set()
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # it has ended
            found.update(map(int, thread.read_text().split()))
    return sorted(found)


def _start(story: Path, out: Path, engine: str, cache: Path) -> subprocess.Popen[str]:
    command = ["export", str(story), "-o", str(out), "--engine", engine, "--language", "en", "--cache-dir", str(cache)]
    return subprocess.Popen(
        [sys.executable, "-m", "player", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def _export(story: Path, out: Path, engine: str, cache: Path) -> subprocess.CompletedProcess[str]:
    process = _start(story, out, engine, cache)
    _, stderr = process.communicate(timeout=_TIME_LIMIT)
    return subprocess.CompletedProcess(process.args, process.returncode, "", stderr)
