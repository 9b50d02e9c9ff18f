"""The standard streams in any state: closed, full, or without a reader."""

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
"""Allowed widths in columns."""


class OutputLost(PlayerError):
    """Printed text cannot be written: the disk is full, or standard output is closed."""


class _Output(io.TextIOWrapper):
    """Standard output that raises OutputLost wherever printing fails. A reader that closed the pipe is no failure."""

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
    """Open missing standard streams from their numbers, and make all of them safe to print to."""
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 (for as long as the process lives)
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = _Output(open(1, "wb", closefd=False), "utf-8", errors="replace")  # noqa: SIM115
    elif isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that lacks a character gets a question mark, not a traceback.
        encoding, by_line = sys.stdout.encoding, sys.stdout.line_buffering
        sys.stdout = _Output(sys.stdout.buffer, encoding, errors="replace", line_buffering=by_line)
    if sys.stdout.isatty() and not (sys.__stderr__ and sys.__stderr__.isatty()):
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc] # Textual draws there, also into a file
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="replace")


def set_width() -> None:
    """Limit the width of help: with 0 to 2 columns Rich never ends, with millions it takes hours."""
    told = os.environ.get("COLUMNS", "")[:9]
    width = int(told) if told.isdecimal() else shutil.get_terminal_size().columns
    os.environ["COLUMNS"] = str(min(max(width, _NARROWEST), _WIDEST))


def print_error(text: str, end: str = "\n") -> None:
    """Print on stderr. If that fails, the exit code has to tell."""
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def has_cursor(stream: TextIO) -> bool:
    """Return True for a terminal with a cursor to place: an editor's shell and a teletype have none."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def rewrite_line(text: str = "") -> None:
    """Replace what stands in the cursor's line of stderr's terminal."""
    print_error(f"\r\x1b[K{text}", end="")


def silence(stream: TextIO) -> None:
    """Discard unwritten text: Python would try to write it at exit, and fail."""
    with suppress(OSError, ValueError, OutputLost):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()
