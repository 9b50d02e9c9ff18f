"""A display of our own that nobody sees, with its clipboard."""

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
    """What a process needs in its environment to be on it."""

    def copy(self, data: bytes, target: str = "UTF8_STRING") -> None:
        """Put something in the clipboard, as a program does when its user copies."""
        # It goes on in the background until somebody else copies, or the server ends.
        command = ["xclip", "-selection", "clipboard", "-target", target]
        subprocess.run(
            command, input=data, env={**os.environ, **self.environment}, stdout=subprocess.DEVNULL, check=True
        )


@contextmanager
def display() -> Iterator[Display]:
    """Start it."""
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
