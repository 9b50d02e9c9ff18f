"""What the command line prints, and how: results on stdout, all else on stderr, nothing that acts on a terminal."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from player.cli.streams import print_error
from player.story.text import shown

if TYPE_CHECKING:
    from player.export import Progress

_BAR = 30
"""Cells of the bar, where there is room."""


class ProgressLine:
    """How far an export is: a bar on a terminal, a plain line for each tenth elsewhere. Both on stderr."""

    def __init__(self, names: Iterable[str]) -> None:
        """The files that are made, one after the other."""
        self._names = deque(map(printable, names))
        self._tenth = -1
        self._terminal = sys.stderr.isatty()
        self._began = time.monotonic()
        self._last = 0.0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def next(self) -> None:
        """A file is made: leaves the line to what is to be said of it, and goes on to the next."""
        self._clear()
        if len(self._names) > 1:
            self._names.popleft()

    def _clear(self) -> None:
        if self._terminal:
            print_error("\r\x1b[K", end="")

    def show(self, progress: Progress) -> None:
        """Called from time to time by whoever works."""
        share = progress.done / progress.total if progress.total else 0.0
        share = min(share, 1.0)
        now = time.monotonic()
        if self._terminal:
            if now - self._last > 0.1:
                self._last = now
                print_error(f"\r\x1b[K{self._line(share, now)}", end="")
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            print_error(f"{self._names[0]}: {self._tenth * 10} %")

    def _line(self, share: float, now: float) -> str:
        """Shorter than the terminal is wide: one that wraps is not overwritten, and fills the screen with copies."""
        left = (now - self._began) * (1 - share) / share if share > 0.02 else 0.0
        tail = f" {share:4.0%}" + (f" {in_minutes(left)} left" if left else "")
        bar = min(_BAR, _room(tail) // 3)
        full = round(share * bar)
        name = shorten_for_line(self._names[0], " " * (bar + 1) + tail)
        return f"{name} {'█' * full}{'░' * (bar - full)}{tail}"


def shorten_for_line(text: str, tail: str) -> str:
    """As much of a text as has room on one line of the terminal of stderr, before this tail."""
    import wcwidth  # 0.05 s

    return wcwidth.clip(text, 0, max(_room(tail), 0))


def _room(tail: str) -> int:
    """Cells of a line that are left."""
    return (os.get_terminal_size(sys.stderr.fileno()).columns or 80) - 1 - len(tail)


def print_notices(notices: deque[str]) -> None:
    """What went wrong on the way, and take it out."""
    while notices:
        complain(notices.popleft())


def complain(text: str) -> None:
    """One line on stderr."""
    print_error(f"listen: {printable(text)}")


def print_json(data: object) -> None:
    """For programs."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def printable(text: str) -> str:
    """Names of files and pages may hold anything: nothing of them may act on the terminal."""
    return shown(text)


def in_bytes(count: int) -> str:
    """As in 1.6 MB, or 67.0 kB."""
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1e3:.1f} kB"


def in_minutes(seconds: float) -> str:
    """As in 3:07 or 1:02:33, rounded."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
