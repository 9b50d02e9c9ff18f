"""What `listen export` was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from player.export import Options


@dataclass(frozen=True, slots=True)
class Request:
    """What to export, and how."""

    outputs: Sequence[Path]
    options: Options
    chapters: str
    told: TextIO
    """Where summaries go."""
    update: bool = False
    """Make again only what changed since the last time."""
    fail_fast: bool = False
    """Let the first failure end the export."""
    as_json: bool = False
    """Tell of each story in a line of JSON."""
    playlists: Sequence[Path] = ()
    """Lists of the sound files to write at the end."""
    audiobookshelf: bool = False
    """Write the metadata of each story as Audiobookshelf reads it."""
