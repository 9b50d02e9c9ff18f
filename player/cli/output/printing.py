"""Printing: results to stdout, everything else to stderr, never anything that controls the terminal."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, TextIO

from player.audio.clock import clock
from player.cli.process.streams import has_cursor, print_error, rewrite_line
from player.story.text import printable

if TYPE_CHECKING:
    from player.export import Progress

_BAR = 30
"""Width of the bar in cells, where there is room."""


class ProgressLine:
    """Progress of an export on stderr: a bar on a terminal, elsewhere a plain line for each tenth."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names` are the files, made one after the other."""
        self._names = deque(map(printable, names))
        self._tenth = -1
        self._terminal = has_cursor(sys.stderr)
        self._began = time.monotonic()
        self._last = 0.0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def next(self) -> None:
        """Clear the line for the message about the finished file, and go on to the next file."""
        self._clear()
        if len(self._names) > 1:
            self._names.popleft()

    def _clear(self) -> None:
        if self._terminal:
            rewrite_line()

    def show(self, progress: Progress) -> None:
        """Show progress; called repeatedly."""
        share = progress.done / progress.total if progress.total else 0.0
        share = min(share, 1.0)
        now = time.monotonic()
        if self._terminal:
            if now - self._last > 0.1:
                self._last = now
                rewrite_line(self._line(share, now))
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            print_error(f"{self._names[0]}: {self._tenth * 10} %")

    def _line(self, share: float, now: float) -> str:
        """Return a line narrower than the terminal: one that wraps could not be overwritten, and would fill the
        screen."""
        return _bar(self._names[0], share, now - self._began)


class CountedLine:
    """Progress of many stories made side by side, on stderr: "3 of 30" and one bar on a terminal, elsewhere nothing.
    `show` may be called from any thread."""

    def __init__(self, count: int) -> None:
        self.is_bar = has_cursor(sys.stderr)
        self._count = max(count, 1)
        self._done = 0
        self._shares: dict[str, float] = {}
        self._lock = Lock()
        self._began = time.monotonic()
        self._last = 0.0

    def __enter__(self) -> CountedLine:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def expect(self, count: int) -> None:
        """Change the number of stories in all."""
        self._count = max(count, 1)

    def show(self, name: str, share: float) -> None:
        """Show that a share of a story is done."""
        with self._lock:
            self._shares[name] = share
            self._draw(name)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Context: print lines. The bar is cleared, and comes back when there is progress."""
        with self._lock:
            self._clear()
            yield

    def finished(self, name: str) -> None:
        """Count a story as done, and clear the line for a message about it."""
        with self._lock:
            self._shares.pop(name, None)
            self._done += 1
            self._clear()
            self._draw(next(iter(self._shares), name))

    def _clear(self) -> None:
        if self.is_bar:
            rewrite_line()

    def _draw(self, name: str) -> None:
        now = time.monotonic()
        if not self.is_bar or now - self._last < 0.1:
            return
        self._last = now
        share = min((self._done + sum(self._shares.values())) / self._count, 1.0)
        line = _bar(f"{self._done} of {self._count}  {printable(name)}", share, now - self._began)
        rewrite_line(line)


def _bar(name: str, share: float, took: float) -> str:
    """Return a line for stderr's terminal with a bar, and the time left after `took` seconds."""
    left = took * (1 - share) / share if share > 0.02 else 0.0
    tail = f" {share:4.0%}" + (f" {clock(round(left))} left" if left else "")
    bar = min(_BAR, _room(tail) // 3)
    full = round(share * bar)
    return f"{shorten_for_line(name, ' ' * (bar + 1) + tail)} {'█' * full}{'░' * (bar - full)}{tail}"


def shorten_for_line(text: str, tail: str) -> str:
    """Return the text shortened to fit, with `tail`, on one line of stderr's terminal."""
    import wcwidth  # 0.05 s

    return wcwidth.clip(text, 0, max(_room(tail), 0))


def _room(tail: str) -> int:
    """Return the cells left on a line beside `tail`."""
    return (os.get_terminal_size(sys.stderr.fileno()).columns or 80) - 1 - len(tail)


def wrapped(text: str, stream: TextIO) -> str:
    """Return a text with its lines broken between words, if the stream is a terminal too narrow for it. Paths and
    addresses stay whole, to be copied."""
    if not stream.isatty():
        return text
    width = (os.get_terminal_size(stream.fileno()).columns or 80) - 1
    if 2 * len(text) <= width:
        return text
    import wcwidth  # 0.05 s

    return "\n".join(wcwidth.wrap(text, max(width, 2), break_long_words=False, break_on_hyphens=False))


def print_notices(notices: deque[str]) -> None:
    """Print all notices, and remove them."""
    while notices:
        complain(notices.popleft())


def complain(text: str) -> None:
    """Print one line on stderr; on a terminal too narrow for it, as many as it takes."""
    print_error(wrapped(f"listen: {printable(text)}", sys.stderr))


def print_json(data: object) -> None:
    """Print data as JSON on stdout."""
    print(json.dumps(data, ensure_ascii=False, indent=2))
