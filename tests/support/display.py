"""An invisible X display, with a clipboard of its own."""

from __future__ import annotations

import os
import subprocess
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
        """Put data into the clipboard, as a program does when its user copies."""
        # Runs in the background until another program copies, or the server ends.
        command = ["xclip", "-selection", "clipboard", "-target", target]
        subprocess.run(
            command, input=data, env={**os.environ, **self.environment}, stdout=subprocess.DEVNULL, check=True
        )


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
