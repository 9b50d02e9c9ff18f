"""The library of ten thousand stories: from the command to its first line on the screen, beside the import of textual,
and from a letter typed into the filter to the screen that it leaves."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from threading import Event

from player.library import Addition, Shelf
from player.settings import Settings
from tests.benchmarks.terminal import listen

STORIES = 10_000
RUNS = 5
TYPED = "9876"
"""Typed letter by letter: each one leaves another story on top."""


class Drawn:
    """Notes when a text was drawn."""

    def __init__(self) -> None:
        self.wanted = b""
        self.seen = Event()
        self._data = b""

    def want(self, text: str) -> None:
        """Wait for another text from now on."""
        self._data, self.wanted = b"", text.encode()
        self.seen.clear()

    def take(self, data: bytes) -> None:
        """Take what was drawn."""
        self._data += data
        if self.wanted and self.wanted in self._data:
            self.seen.set()


def run(folder: Path) -> None:
    """Print the figures."""
    titles = fill()
    environment = {**os.environ, "LISTEN_SILENT": "1", "LISTEN_CACHE_DIR": str(folder / "cache")}
    beside, keys = [], []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import textual.app"], check=True)
        imported = time.perf_counter() - began
        drawn = Drawn()
        drawn.want("Story of")
        began = time.perf_counter()
        with listen([], environment, drawn.take) as (_, keyboard):
            assert drawn.seen.wait(30), "the library did not open"
            beside.append((time.perf_counter() - began, imported))
            time.sleep(0.5)
            for n, letter in enumerate(TYPED, 1):
                drawn.want(titles[int(TYPED[:n])])
                began = time.perf_counter()
                os.write(keyboard, letter.encode())
                assert drawn.seen.wait(10), f"what is left after {TYPED[:n]} was not drawn"
                keys.append(1000 * (time.perf_counter() - began))
                time.sleep(0.2)
            os.write(keyboard, b"\x03")
    over = [opened - imported for opened, imported in beside[1:]]
    print(
        f"{STORIES:,} stories: the library opens in {median(opened for opened, _ in beside[1:]):.2f} s, "
        f"{median(over):.2f} s over the import of textual (wanted: at most 0.3 s); a letter is on the screen, "
        f"filtered, after {median(keys):.0f} ms, worst {max(keys):.0f} (wanted: at most 50 ms)"
    )


def fill() -> list[str]:
    """Write stories with invented titles and places; return their titles."""
    some = random.Random(7)
    words = ("harbour", "lamp", "winter", "letter", "orchard", "bridge", "crow", "salt", "clock", "ferry")
    additions = []
    for n in range(STORIES):
        title = f"Story of the {some.choice(words)} and the {some.choice(words)}, {n}"
        additions.append(Addition(str(n), title, f"https://example.org/{n}", 1000 + n))
    with closing(Shelf(Settings().library)) as shelf:
        shelf.add(additions)
    return [added.title for added in additions]
