"""Whatever ends the player, the terminal is left as it was, and the process says how it ended."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.reliability.tally import Tally
from tests.support.pty_terminal import PtyTerminal

_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)
_LONG_ROUNDS = 8
_STORY = "\n\n".join(f"This is paragraph number {n}, and it goes on for a while." for n in range(60))
_CRASH = """
import sys
from player.tui.app import ListenApp
ListenApp.action_switch_theme = lambda app: 1 / 0
from player.cli import run
sys.exit(run(sys.argv[1:]))
"""
"""The player, with a key that fails."""


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """Signals at random moments, crashes and closed windows."""
    (folder / "story.txt").write_text(_STORY)
    rounds = _LONG_ROUNDS if long else 1
    yield _signals(folder, rounds)
    yield _crashes(folder, rounds)
    yield _closed_windows(folder, rounds)


def _listen(folder: Path, *start: str) -> PtyTerminal:
    environment = {**os.environ, "LISTEN_SILENT": "1", "LISTEN_CACHE_DIR": str(folder / "audio")}
    command = [sys.executable, *(start or ("-m", "player")), str(folder / "story.txt"), "--from-start"]
    return PtyTerminal([*command, "--engine", "pyttsx3"], environment, Path(__file__).parents[2])


def _signals(folder: Path, rounds: int) -> Tally:
    """While it plays, and while dialogs are open."""
    tally = Tally("signals to a player: terminal as before, code 130")
    chance = random.Random(4)
    for n in range(rounds * len(_SIGNALS)):
        number = _SIGNALS[n % len(_SIGNALS)]
        keys = "".join(chance.choice(("?", "\x1b[B", "e", "t", " ", "]")) for _ in range(chance.randrange(4)))
        with _listen(folder) as terminal:
            terminal.wait_for("\x1b[?1016h")
            terminal.type(keys)
            tally.trials += 1
            code = terminal.end(number)
            if code != 130 or terminal.left_as_it_was:
                tally.faults.append(f"{number.name} after {keys!r}: code {code}, {terminal.left_as_it_was}")
    return tally


def _crashes(folder: Path, rounds: int) -> Tally:
    """An error that nobody expected."""
    tally = Tally("crashes: terminal as before, one line, code 1")
    for _ in range(rounds):
        with _listen(folder, "-c", _CRASH) as terminal:
            terminal.wait_for("playing")
            terminal.type("t")
            tally.trials += 1
            code = terminal.wait()
            last = terminal.output.rpartition(b"\x1b[?2048l")[2]
            printable = b"screen failed (ZeroDivisionError: division by zero)" in last and b"Traceback" not in last
            if code != 1 or terminal.left_as_it_was or not printable:
                tally.faults.append(f"code {code}, {terminal.left_as_it_was}, {last!r}")
    return tally


def _closed_windows(folder: Path, rounds: int) -> Tally:
    """The terminal goes away, without a signal: that one is for the session's leader alone."""
    tally = Tally("windows that are closed: the player ends")
    for _ in range(rounds):
        with _listen(folder) as terminal:
            terminal.wait_for("playing")
            tally.trials += 1
            terminal.hang_up()
            code = terminal.wait()
            if code is None:
                tally.faults.append("it does not end")
    return tally
