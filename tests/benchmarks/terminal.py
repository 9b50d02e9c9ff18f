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
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def listen(arguments: list[str], environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """(process, file descriptor to type into); what it draws is read and thrown away."""
    keyboard, screen = pty.openpty()
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "player", *arguments],
        stdin=screen,
        stdout=screen,
        stderr=screen,
        env={**environment, "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(screen)
    threading.Thread(target=_drain, args=(keyboard,), daemon=True).start()
    try:
        yield process, keyboard
    finally:
        process.terminate()
        process.wait()
        os.close(keyboard)


def _drain(fd: int) -> None:
    try:
        while os.read(fd, 65536):
            pass
    except OSError:
        return
