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
from typing import TYPE_CHECKING, Self, TextIO

from player.audio.clock import clock
from player.cli.process.streams import has_cursor, print_error, rewrite_line
from player.story.text import printable

if TYPE_CHECKING:
    from player.export import Progress

_BAR = 30
"""Width of the bar in cells, where there is room."""
_DRAWN_EVERY = 0.1
"""Seconds between two drawings of a progress bar."""


class _Bar:
    """A line on stderr's terminal with a bar, which goes with the context. Draws nothing elsewhere."""

    def __init__(self) -> None:
        self.is_bar = has_cursor(sys.stderr)
        self._began = time.monotonic()
        self._last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def _clear(self) -> None:
        if self.is_bar:
            rewrite_line()

    def _draw(self, name: str, share: float) -> None:
        """Draw the bar, ten times a second at most."""
        now = time.monotonic()
        if self.is_bar and now - self._last > _DRAWN_EVERY:
            self._last = now
            rewrite_line(_line(name, share, now - self._began))


class ProgressLine(_Bar):
    """Progress of an export on stderr: a bar on a terminal, elsewhere a plain line for each tenth."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names` are the files, made one after the other."""
        super().__init__()
        self._names = deque(map(printable, names))
        self._tenth = -1

    def next(self) -> None:
        """Clear the line for the message about the finished file, and go on to the next file."""
        self._clear()
        if len(self._names) > 1:
            self._names.popleft()

    def show(self, progress: Progress) -> None:
        """Show progress; called repeatedly."""
        share = min(progress.done / progress.total, 1.0) if progress.total else 0.0
        if self.is_bar:
            self._draw(self._names[0], share)
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            print_error(f"{self._names[0]}: {self._tenth * 10} %")


class CountedLine(_Bar):
    """Progress of many stories made side by side, on stderr: "3 of 30" and one bar on a terminal, elsewhere nothing.
    `show` may be called from any thread."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = max(count, 1)
        self._done = 0
        self._shares: dict[str, float] = {}
        self._lock = Lock()

    def expect(self, count: int) -> None:
        """Change the number of stories in all."""
        self._count = max(count, 1)

    def show(self, name: str, share: float) -> None:
        """Show that a share of a story is done."""
        with self._lock:
            self._shares[name] = share
            self._draw_all(name)

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
            self._draw_all(next(iter(self._shares), name))

    def _draw_all(self, name: str) -> None:
        share = min((self._done + sum(self._shares.values())) / self._count, 1.0)
        self._draw(f"{self._done} of {self._count}  {printable(name)}", share)


def _line(name: str, share: float, took: float) -> str:
    """Return a line with a bar, and the time left after `took` seconds. It is narrower than stderr's terminal: one that
    wraps could not be overwritten, and would fill the screen."""
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
