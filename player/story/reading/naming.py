"""The names of a story that is being opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Naming:
    """Names of a story, for the user and for the library."""

    name: str
    """Name in messages: as the user gave it."""
    source: str
    """See Story.source."""
    identity: str
    """See Story.identity."""
    stem: str
    """Title of a story without one; if empty, its first words."""

    @property
    def is_file(self) -> bool:
        """Return True if the source is a file on this machine."""
        return Path(self.source).is_absolute() and Path(self.source).is_file()
