"""The SQLite file of places: used by several players at the same time, and readable where it cannot be written."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from typing import Any, TypeVar

from player.atomic import temporary_folder
from player.errors import PlayerError
from player.library import content
from player.library.network import is_on_network
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
    "ALTER TABLE places ADD COLUMN share REAL NOT NULL DEFAULT 0",  # share of the story before the place, 0 to 1
    "ALTER TABLE places ADD COLUMN heard REAL NOT NULL DEFAULT 0",  # seconds since 1970; 0: unknown, long ago
    "ALTER TABLE places ADD COLUMN around TEXT NOT NULL DEFAULT ''",  # hashes of the blocks around, see content.around
    "CREATE TABLE texts (hash TEXT, story TEXT, PRIMARY KEY (hash, story)) WITHOUT ROWID",  # see content.sketch
    "CREATE INDEX texts_of ON texts (story)",
)
"""Statements that bring the file from each version to the next; the first start from an empty file."""

_PATIENCE = 10.0
"""Seconds to wait while others write. A write takes 0.2 ms; 20 players that did nothing else made one wait 1 s."""
_ONE_WAIT = 0.5
"""Seconds that SQLite itself waits. It gives up sooner when it suspects a deadlock, so it is asked repeatedly."""
_PAUSE = 0.01
"""Seconds between two attempts."""

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)

_T = TypeVar("_T")
_logger = logging.getLogger(__name__)


class LibraryError(PlayerError):
    """The library cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The listener's place, in the story as it is now."""

    block: int
    character: int
    away: float = field(default=0.0, compare=False)
    """Seconds since it was kept."""
    story: str = field(default="", compare=False)
    """Identity of the story as it was then: another than now when its file was moved or copied."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A story from the list of recent ones."""

    title: str
    source: str
    """The source to open it from, as Story.source."""
    share: float
    """Share of the characters before the place, 0 to 1."""


class Library:
    """Places in stories. For one thread; several processes may use the same file.

    Every method raises LibraryError when the file cannot be used.
    """

    read_only = False
    """True when the file can only be read; `remember` then raises LibraryError."""

    def __init__(self, path: Path, *, patience: float = _PATIENCE) -> None:
        """Open the file; make it and its folder if needed. `patience` is how many seconds to wait for other players.

        Raises LibraryError.
        """
        self._path = path
        self._patience = patience
        self._copy = ExitStack()
        self._story: Story | None = None  # the story of the hashes
        self._hashes: list[str] = []
        self._sketched = ""  # identity of the story whose hashes are in the file
        with self._errors():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._connection = self._connect(path)
            except (sqlite3.OperationalError, OSError) as error:
                if not (_is_refused(error) and path.is_file()):
                    raise
                _logger.info("%s cannot be written (%s): a copy of it is read", path, error)
                self._connection = self._connect(self._copied())

    def place(self, story: Story) -> Remembered | None:
        """Return the listener's place in a story; None at its beginning, or when that text is no longer in it.

        A story is known by its identity, else by its text. In a changed one, the place is in the nearest block with the
        text that the listener heard, else at the beginning of the nearest unchanged one.
        """
        return self._place(story, story.identity) or self._place(story, self._alike(story))

    def _place(self, story: Story, identity: str) -> Remembered | None:
        row = self._row("SELECT block, character, text, heard, around FROM places WHERE story = ?", identity)
        if row is None:
            return None
        block, character, text, heard, around = row
        blocks = story.blocks
        if not (0 <= block < len(blocks) and content.digest(blocks[block].text) == text):
            found = content.nearest(self._hashes_of(story), around or f"0 {text}", block)
            if found is None:
                return None
            block = found
            if self._hashes_of(story)[block] != text:
                character = 0
        away = max(time.time() - heard, 0.0)  # a clock set back counts as no time
        return Remembered(block, character, away, identity) if (block, character) > (0, 0) else None

    def _alike(self, story: Story) -> str:
        """Return the identity of the story with at least half of its paragraphs in common; empty if none has."""
        sketch = content.sketch(self._hashes_of(story))
        marks = ",".join("?" * len(sketch))
        statement = (
            f"SELECT story, COUNT(*) AS common FROM texts WHERE hash IN ({marks}) GROUP BY story"
            " HAVING 2 * common >= MAX(?, (SELECT COUNT(*) FROM texts AS own WHERE own.story = texts.story))"
            " ORDER BY common DESC, (SELECT turn FROM places WHERE places.story = texts.story) DESC LIMIT 1"
        )
        row = self._row(statement, *sketch, len(sketch))
        return "" if row is None else str(row[0])

    def _hashes_of(self, story: Story) -> list[str]:
        if story is not self._story:
            self._story, self._hashes = story, content.digests(story)
        return self._hashes

    def _sketch(self, story: Story, instead_of: str) -> None:
        """Write the hashes by which a story is recognised, in place of those of the one that it was before."""
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        try:
            if instead_of not in ("", story.identity):
                execute("DELETE FROM places WHERE story = ?", (instead_of,))
                execute("DELETE FROM texts WHERE story = ?", (instead_of,))
            execute("DELETE FROM texts WHERE story = ?", (story.identity,))
            rows = [(found, story.identity) for found in content.sketch(self._hashes_of(story))]
            self._connection.executemany("INSERT OR IGNORE INTO texts VALUES (?, ?)", rows)
            execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                execute("ROLLBACK")
            raise
        self._sketched = story.identity

    def remember(self, story: Story, block: int, character: int, *, instead_of: str = "") -> None:
        """Keep the listener's place, in place of that of the story with the identity `instead_of`."""
        if self.read_only:
            raise LibraryError(f"{self._path} cannot be written", _WRITE_HINT)
        before = sum(len(b.text) for b in story.blocks[:block]) + character
        share = min(before / max(story.characters, 1), 1.0)
        self._row(
            "INSERT OR REPLACE INTO places SELECT ?, ?, ?, ?, ?, ?, COALESCE(MAX(turn), 0) + 1, ?, ?, ? FROM places",
            story.identity,
            clean(story.title),
            _storable(story.source),
            block,
            character,
            content.digest(story.blocks[block].text),
            share,
            time.time(),
            content.around(self._hashes_of(story), block),
        )
        if self._sketched != story.identity:
            with self._errors():
                self._patiently(lambda: self._sketch(story, instead_of))

    def recent(self, count: int) -> list[Heard]:
        """Return the stories last heard, newest first."""
        statement = "SELECT title, source, share FROM places ORDER BY turn DESC LIMIT ?"
        with self._errors():
            rows = self._patiently(lambda: self._connection.execute(statement, (count,)).fetchall())
        return [Heard(title, _source(source), share) for title, source, share in rows]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
        self._copy.close()

    # -- opening ---------------------------------------------------------------------------------------------

    def _connect(self, path: Path) -> sqlite3.Connection:
        wait = min(self._patience, _ONE_WAIT)
        self._connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
        try:
            self._patiently(lambda: self._choose_journal(path))
            self._patiently(self._update)
        except BaseException:
            self._connection.close()
            raise
        return self._connection

    def _choose_journal(self, path: Path) -> None:
        """Choose a write-ahead log: readers and the writer never wait for each other, and no write waits for the disk.

        It needs shared memory, which machines on a network do not have.
        """
        execute = self._connection.execute
        try:
            if is_on_network(path):
                execute("PRAGMA locking_mode = EXCLUSIVE")  # else a log left by a local run could not be merged
                execute("PRAGMA journal_mode = DELETE")
                execute("PRAGMA locking_mode = NORMAL")
            elif execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",):
                execute("PRAGMA synchronous = NORMAL")  # survives every kill; a power cut may lose the last second
        except sqlite3.OperationalError as error:
            if _code(error) in _BUSY:
                raise
            _logger.debug("%s has no write-ahead log", path, exc_info=True)

    def _copied(self) -> Path:
        """Return a copy of the file and its log. A log needs a writable folder, even for reading."""
        self.read_only = True
        copy = self._copy.enter_context(temporary_folder()) / self._path.name
        for ending in ("", "-wal"):
            original = self._path.with_name(self._path.name + ending)
            if original.is_file():
                copyfile(original, copy.with_name(copy.name + ending))
        return copy

    def _update(self) -> None:
        """Bring the file to the current version."""
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
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _version(self) -> int:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        return int(version)

    # -- queries ---------------------------------------------------------------------------------------------

    def _row(self, statement: str, *values: object) -> Any:
        with self._errors():
            return self._patiently(lambda: self._connection.execute(statement, values).fetchone())

    def _patiently(self, ask: Callable[[], _T]) -> _T:
        """Call `ask` again while others are writing, until patience ends."""
        end = time.monotonic() + self._patience
        while True:
            try:
                return ask()
            except sqlite3.OperationalError as error:
                if _code(error) not in _BUSY or time.monotonic() > end:
                    raise
            time.sleep(_PAUSE)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(f"{self._path} cannot be used ({error})", _hint(error)) from error


def _code(error: sqlite3.Error | OSError) -> int:
    """Return the kind of error: the lower byte of SQLite's extended code."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_IOERR)) & 0xFF


def _is_refused(error: sqlite3.Error | OSError) -> bool:
    """Return True if the error means that writing is not allowed."""
    return isinstance(error, OSError) or _code(error) in _NOT_WRITABLE


_WRITE_HINT = "the disk may be full, or its folder not yours to write to"


def _hint(error: sqlite3.Error | OSError) -> str:
    code = _code(error)
    if code in _BUSY:
        return "another program is using it"
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
        return "delete it to start with an empty one"
    return _WRITE_HINT


def _storable(source: str) -> str | bytes:
    """Return a source as SQLite stores it: text must be UTF-8, which a path need not be."""
    try:
        source.encode()
    except UnicodeEncodeError:
        return os.fsencode(source)
    return source


def _source(stored: str | bytes) -> str:
    return os.fsdecode(stored)
