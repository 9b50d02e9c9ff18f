"""A program in a terminal that records every byte: which modes it sets, and which it leaves set."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
from collections.abc import Mapping
from pathlib import Path
from threading import Thread

from tests.support.waiting import wait_until

_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_KEYBOARD = re.compile(rb"\x1b\[([<>])[\d;]*u")
_QUERY_IN_BAND = b"\x1b[?2048$p"
_LAST = b"<the program has ended>"

ON_AT_FIRST = frozenset({7, 25})
"""Modes of a fresh terminal: line wrapping, visible cursor."""


class PtyTerminal:
    """A terminal with reports of sizes and of mouse positions in pixels, like Kitty and Ghostty."""

    def __init__(
        self,
        command: list[str],
        environment: Mapping[str, str],
        cwd: Path | None = None,
        *,
        kind: str = "xterm-256color",
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.settings = termios.tcgetattr(slave)
        """Terminal settings before the program started."""
        self._slave = slave
        self.output = b""
        # A session of its own on this terminal, with a process group that a shell (we) could suspend and resume.
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**environment, "TERM": kind},
            cwd=cwd,
            start_new_session=True,
        )
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> PtyTerminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> None:
        asked = False
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError as error:
                if error.errno not in (errno.EIO, errno.EBADF):
                    raise
                return
            if not data:
                return
            self.output += data
            if not asked and _QUERY_IN_BAND in self.output:
                asked = True
                self.type("\x1b[?2048;2$y")  # known, and off

    def type(self, keys: str) -> None:
        """Send keys."""
        with contextlib.suppress(OSError):
            os.write(self._master, keys.encode())

    def wait_for(self, text: str, at_most: float = 60.0) -> None:
        """Wait until the program has written a text."""
        wait_until(lambda: text.encode() in self.output, f"{text!r} in the terminal", at_most)

    @property
    def modes(self) -> set[int]:
        """Return the private modes that are set; 0 stands for the keyboard protocol."""
        on = set(ON_AT_FIRST)
        for numbers, state in _MODE.findall(self.output):
            for number in map(int, numbers.split(b";")):
                on.add(number) if state == b"h" else on.discard(number)
        depth = sum(1 if sign == b">" else -1 for sign in _KEYBOARD.findall(self.output))
        return on | ({0} if depth else set())

    @property
    def left_as_it_was(self) -> str:
        """Return what differs from the beginning; empty if nothing does."""
        found = []
        if self.modes != set(ON_AT_FIRST):
            found.append(f"modes {sorted(self.modes ^ ON_AT_FIRST)}")
        if termios.tcgetattr(self._slave) != self.settings:
            found.append("line settings")
        return ", ".join(found)

    def end(self, number: signal.Signals) -> int | None:
        """Send a signal; return the exit code, or None if the program does not end within a minute."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self, at_most: float = 60.0) -> int | None:
        """Return the exit code, or None if the program does not end. All its output has then arrived."""
        try:
            code = self.process.wait(at_most)
        except subprocess.TimeoutExpired:
            return None
        if self._slave >= 0:
            os.write(self._slave, _LAST)  # after all that the program wrote
            wait_until(lambda: _LAST in self.output, "the last of its output")
            self.output = self.output.replace(_LAST, b"")
        return code

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._slave)
        os.close(self._master)
        self._slave = self._master = -1

    def close(self) -> None:
        """End the program."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for number in (self._slave, self._master):
            if number >= 0:
                os.close(number)
