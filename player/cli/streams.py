"""The process's own input and output, as they may be: closed, full, or read by nobody."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from player.errors import PlayerError

_NARROWEST, _WIDEST = 40, 1000
"""Columns."""


class OutputLost(PlayerError):
    """What was printed cannot be written: the disk is full, or standard output is closed."""


class _Output(io.TextIOWrapper):
    """Standard output. Says what failed, wherever it is printed from; a reader who has had enough is no failure."""

    def write(self, text: str, /) -> int:
        """Raises OutputLost, BrokenPipeError."""
        with _lost():
            return super().write(text)

    def flush(self) -> None:
        """Raises OutputLost, BrokenPipeError."""
        with _lost():
            super().flush()


@contextmanager
def _lost() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputLost(f"standard output cannot be written ({error.strerror})") from error


def begin() -> None:
    """Give Python's streams that are missing what their numbers lead to, and make them safe to print to."""
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 (for as long as the process lives)
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = _Output(open(1, "wb", closefd=False), "utf-8", errors="replace")  # noqa: SIM115
    elif isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a character gets a question mark, not a traceback.
        encoding, by_line = sys.stdout.encoding, sys.stdout.line_buffering
        sys.stdout = _Output(sys.stdout.buffer, encoding, errors="replace", line_buffering=by_line)
    if sys.stdout.isatty() and not (sys.__stderr__ and sys.__stderr__.isatty()):
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc] # Textual draws there, also into a file
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="replace")


def set_width() -> None:
    """Lay help out for a width that it can have: in 0, 1 or 2 columns Rich does not end, in millions it takes hours."""
    told = os.environ.get("COLUMNS", "")[:9]
    width = int(told) if told.isdecimal() else shutil.get_terminal_size().columns
    os.environ["COLUMNS"] = str(min(max(width, _NARROWEST), _WIDEST))


def print_error(text: str, end: str = "\n") -> None:
    """Print on stderr. Where that cannot be written, the exit code has to do."""
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Let what is still to be written go: Python would try again at exit, and fail."""
    with suppress(OSError, ValueError, OutputLost):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()
