"""What is remembered of stories across runs: where the listener was, and what was heard last. One SQLite file."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from player.errors import PlayerError
from player.story.model import Story
from player.story.text import clean

_STEPS = (
    """
    CREATE TABLE places (
        story TEXT PRIMARY KEY,        -- Story.identity
        title TEXT NOT NULL,
        source TEXT NOT NULL,          -- a BLOB when it is a path that is not UTF-8
        block INTEGER NOT NULL,        -- index
        character INTEGER NOT NULL,    -- in the block
        text TEXT NOT NULL,            -- hash of the block's text
        turn INTEGER NOT NULL          -- higher is later: an order that no clock can upset
    )
    """,
    "ALTER TABLE places ADD COLUMN share REAL NOT NULL DEFAULT 0",  # of the story before the place, 0 to 1
)
"""What makes each version of the file from the one before; the first from an empty file."""

_SECONDS_FOR_OTHERS = 2.0
"""How long to wait while another player writes."""


class LibraryError(PlayerError):
    """The library cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """Where the listener was, in the story as it is now."""

    block: int
    character: int


@dataclass(frozen=True, slots=True)
class Heard:
    """A story that was listened to."""

    title: str
    source: str
    """What opens it again: as Story.source."""
    share: float
    """How much of it lies before the place, 0 to 1, in characters."""


class Library:
    """Places in stories. For one thread; several processes may use the same file at once.

    Every method raises LibraryError when the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        """Opens the file, made with its folder if needed. Raises LibraryError."""
        self._path = path
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_SECONDS_FOR_OTHERS, isolation_level=None)
        try:
            with self._errors():
                self._update()
        except LibraryError:
            self._connection.close()
            raise

    def place(self, story: Story) -> Remembered | None:
        """Where the listener was in a story; None at its beginning, or when that text is no longer in it.

        In a story that has changed, the place is in the nearest block that says what the listener heard.
        """
        row = self._row("SELECT block, character, text FROM places WHERE story = ?", story.identity)
        if row is None:
            return None
        block, character, text = row
        blocks = story.blocks
        if not (0 <= block < len(blocks) and _digest(blocks[block].text) == text):
            same = [b for b, there in enumerate(blocks) if _digest(there.text) == text]
            if not same:
                return None
            block = min(same, key=lambda b: abs(b - block))
        return Remembered(block, character) if (block, character) > (0, 0) else None

    def remember(self, story: Story, block: int, character: int) -> None:
        """Keep where the listener is."""
        before = sum(len(b.text) for b in story.blocks[:block]) + character
        share = min(before / max(story.characters, 1), 1.0)
        self._row(
            "INSERT OR REPLACE INTO places SELECT ?, ?, ?, ?, ?, ?, COALESCE(MAX(turn), 0) + 1, ? FROM places",
            story.identity,
            clean(story.title),
            _storable(story.source),
            block,
            character,
            _digest(story.blocks[block].text),
            share,
        )

    def recent(self, count: int) -> list[Heard]:
        """The stories listened to, the last one first."""
        with self._errors():
            rows = self._connection.execute(
                "SELECT title, source, share FROM places ORDER BY turn DESC LIMIT ?", (count,)
            ).fetchall()
        return [Heard(title, _source(source), share) for title, source, share in rows]

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def _update(self) -> None:
        """Bring the file to the present version."""
        if self._version() == len(_STEPS):
            return
        self._connection.execute("BEGIN IMMEDIATE")  # another process may be about to do the same
        try:
            version = self._version()
            if version > len(_STEPS):
                raise LibraryError(f"{self._path} was written by a newer version", "update listen-to-story")
            for step in _STEPS[version:]:
                self._connection.execute(step)
            self._connection.execute(f"PRAGMA user_version = {len(_STEPS)}")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _version(self) -> int:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        return int(version)

    def _row(self, statement: str, *values: object) -> tuple[int, int, str] | None:
        with self._errors():
            row: tuple[int, int, str] | None = self._connection.execute(statement, values).fetchone()
            return row

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(f"{self._path} cannot be used ({error})", _hint(error)) from error


def _hint(error: sqlite3.Error | OSError) -> str:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_IOERR) & 0xFF  # an extended code's lower byte is its kind
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "another program is using it"
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
        return "delete it to begin anew"
    return "the disk may be full, or its folder not yours to write to"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _storable(source: str) -> str | bytes:
    """SQLite's text is UTF-8; a path need not be."""
    try:
        source.encode()
    except UnicodeEncodeError:
        return os.fsencode(source)
    return source


def _source(stored: str | bytes) -> str:
    return os.fsdecode(stored)
