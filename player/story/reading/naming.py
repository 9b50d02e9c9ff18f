"""The names of a story that is being opened."""

from __future__ import annotations

from dataclasses import dataclass


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
