"""What is remembered of stories across runs: where the listener was. One SQLite file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from player.errors import PlayerError
from player.story.model import Story

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS places (
    story TEXT PRIMARY KEY,        -- Story.identity
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    block INTEGER NOT NULL,        -- index
    character INTEGER NOT NULL,    -- in the block
    text TEXT NOT NULL,            -- hash of the block's text
    turn INTEGER NOT NULL          -- higher is later: an order that no clock can upset
)
"""
_SECONDS_FOR_OTHERS = 2.0
"""How long to wait while another player writes."""


class LibraryError(PlayerError):
    """The library cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """Where the listener was, in the story as it is now."""

    block: int
    character: int


class Library:
    """Places in stories. Raises LibraryError when its file cannot be used."""

    def __init__(self, path: Path) -> None:
        """Opens the file, made with its folder if needed."""
        self._path = path
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_SECONDS_FOR_OTHERS, isolation_level=None)
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise LibraryError(f"{path} was written by a newer version", "update listen-to-story")
            if version < _VERSION:
                self._connection.executescript(f"{_SCHEMA}; PRAGMA user_version = {_VERSION}")

    def place(self, story: Story) -> Remembered | None:
        """Where the listener was in a story; None at its beginning, or when that text is no longer in it."""
        with self._errors():
            row = self._connection.execute(
                "SELECT block, character, text FROM places WHERE story = ?", (story.identity,)
            ).fetchone()
        if row is None:
            return None
        block, character, text = row
        same = [b for b, there in enumerate(story.blocks) if _digest(there.text) == text]
        if not same:
            return None
        nearest = min(same, key=lambda b: abs(b - block))
        return Remembered(nearest, character) if (nearest, character) > (0, 0) else None

    def remember(self, story: Story, block: int, character: int) -> None:
        """Keep where the listener is."""
        with self._errors():
            self._connection.execute(
                "INSERT OR REPLACE INTO places SELECT ?, ?, ?, ?, ?, ?, COALESCE(MAX(turn), 0) + 1 FROM places",
                (story.identity, story.title, story.source, block, character, _digest(story.blocks[block].text)),
            )

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(f"{self._path} cannot be used ({error})", "delete it to begin anew") from error


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
