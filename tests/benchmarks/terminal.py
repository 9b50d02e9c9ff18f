"""The real program in a terminal of its own (a pty), as a benchmark sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def listen(
    arguments: list[str],
    environment: dict[str, str],
    drawn: Callable[[bytes], None] = lambda drawn: None,
    *,
    size: tuple[int, int] = (30, 100),
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """(process, file descriptor to type into); what it draws is given to `drawn`, in another thread.
    `size` in lines and columns."""
    with started([sys.executable, "-m", "player", *arguments], environment, drawn, size=size) as found:
        yield found


@contextmanager
def started(
    command: list[str],
    environment: dict[str, str],
    drawn: Callable[[bytes], None] = lambda drawn: None,
    *,
    size: tuple[int, int] = (30, 100),
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The same for any program."""
    keyboard, screen = pty.openpty()
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    process = subprocess.Popen(
        command,
        stdin=screen,
        stdout=screen,
        stderr=screen,
        env={**environment, "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(screen)
    threading.Thread(target=_drain, args=(keyboard, drawn), daemon=True).start()
    try:
        yield process, keyboard
    finally:
        process.terminate()
        process.wait()
        os.close(keyboard)


def _drain(fd: int, drawn: Callable[[bytes], None]) -> None:
    try:
        while data := os.read(fd, 65536):
            drawn(data)
    except OSError:
        return
