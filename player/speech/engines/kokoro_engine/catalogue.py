"""The voices of Kokoro-82M, with the grades that its author gave them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("voices.tsv")


class Entry(NamedTuple):
    """One line of the table."""

    name: str
    language: str
    """BCP 47."""
    gender: str
    grade: str
    """"A" (best) to "F+"; empty where none was published."""

    @property
    def is_poor(self) -> bool:
        """True from grade D downwards."""
        return self.grade[:1] in tuple("DEF")


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Return all voices, the best of each language first, in the order of their styles."""
    lines = _FILE.read_text("utf-8").splitlines()
    return tuple(Entry(*line.split("\t")) for line in lines if not line.startswith("#"))


def shown() -> tuple[Entry, ...]:
    """Return the voices worth listening to: none of grade D or below, if their language has a better one."""
    good = {entry.language for entry in entries() if not entry.is_poor}
    return tuple(entry for entry in entries() if not entry.is_poor or entry.language not in good)
