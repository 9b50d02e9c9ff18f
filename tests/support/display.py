"""An invisible X display, with a clipboard of its own."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support.programs import require


@dataclass(frozen=True)
class Display:
    """A running X server."""

    environment: dict[str, str]
    """Environment variables for processes on this display."""

    def copy(self, data: bytes, target: str = "UTF8_STRING") -> None:
        """Put data into the clipboard, as a program does when its user copies, and see it there."""
        command = ["xclip", "-selection", "clipboard", "-target", target]
        environment = {**os.environ, **self.environment}
        # Runs on in the background until another program copies, or the server ends.
        subprocess.run(command, input=data, env=environment, stdout=subprocess.DEVNULL, check=True)
        # It leaves for the background before the server knows that there is something to be had.
        deadline = time.monotonic() + 60
        while True:
            seen = subprocess.run([*command, "-out"], env=environment, capture_output=True, check=False)
            if seen.returncode == 0 and seen.stdout == data:
                return
            assert time.monotonic() < deadline, f"nobody offers what was copied: {seen.stderr!r}"


@contextmanager
def display() -> Iterator[Display]:
    """Yield a running display."""
    require("Xvfb", "xclip")
    ready, tell = os.pipe()
    command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", "64x64x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[tell], stderr=subprocess.DEVNULL) as server:
        os.close(tell)
        try:
            with os.fdopen(ready) as answer:
                number = answer.readline().strip()
            assert number, "the X server did not start"
            yield Display({"DISPLAY": f":{number}", "WAYLAND_DISPLAY": ""})
        finally:
            server.terminate()
