"""The SQLite file of the library: opened by several processes at the same time, readable where it cannot be written,
and brought to the current version."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import copyfile
from typing import Any, TypeVar

from player.atomic import temporary_folder
from player.errors import PlayerError
from player.library.network_mounts import is_on_network
from player.library.schema import STEPS

PATIENCE = 10.0
"""Seconds to wait while others write. A write takes 0.2 ms; 20 players that did nothing else made one wait 1 s."""
_ONE_WAIT = 0.5
"""Seconds that SQLite itself waits. It gives up sooner when it suspects a deadlock, so it is asked repeatedly."""
_PAUSE = 0.01
"""Seconds between two attempts."""

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)

_WRITE_HINT = "the disk may be full, or its folder not yours to write to"

_T = TypeVar("_T")
_logger = logging.getLogger(__name__)


class LibraryError(PlayerError):
    """The library cannot be read or written."""


class Database:
    """The open file. For one thread; several processes may use the same file.

    Every method raises LibraryError when the file cannot be used.
    """

    read_only = False
    """True when the file can only be read; `change` then raises LibraryError."""

    def __init__(self, path: Path, *, patience: float = PATIENCE) -> None:
        """Open the file; make it and its folder if needed. `patience` is how many seconds to wait for other players.

        Raises LibraryError.
        """
        self._path = path
        self._patience = patience
        self._copy = ExitStack()
        with self._errors():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._connection = self._connect(path)
            except (sqlite3.OperationalError, OSError) as error:
                if not (_is_refused(error) and path.is_file()):
                    raise
                _logger.info("%s cannot be written (%s): a copy of it is read", path, error)
                self._connection = self._connect(self._copied())

    def row(self, statement: str, *values: object) -> Any:
        """Return the first row of an answer; None if it has none."""
        with self._errors():
            return self._patiently(lambda: self._connection.execute(statement, values).fetchone())

    def rows(self, statement: str, *values: object) -> list[Any]:
        """Return the rows of an answer."""
        with self._errors():
            return self._patiently(lambda: self._connection.execute(statement, values).fetchall())

    def change(self, *statements: tuple[str, tuple[object, ...]]) -> None:
        """Carry out all statements, each with its values, or none of them."""
        if self.read_only:
            raise LibraryError(f"{self._path} cannot be written", _WRITE_HINT)
        with self._errors():
            self._patiently(lambda: self._at_once(statements))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
        self._copy.close()

    def _at_once(self, statements: tuple[tuple[str, tuple[object, ...]], ...]) -> None:
        with self._transaction():
            for statement, values in statements:
                self._connection.execute(statement, values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Context: everything done in it is written at its end, or nothing after an error."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

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
        if self._version() == len(STEPS):
            return
        with self._transaction():
            version = self._version()  # again, because another process may have been about to do the same
            if version > len(STEPS):
                raise LibraryError(f"{self._path} was written by a newer version", "update listen-to-story")
            for step in STEPS[version:]:
                self._connection.execute(step)
            self._connection.execute(f"PRAGMA user_version = {len(STEPS)}")

    def _version(self) -> int:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        return int(version)

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
            reason = (isinstance(error, OSError) and error.strerror) or str(error)
            raise LibraryError(f"{self._path} cannot be used ({reason})", _hint(error)) from error


def _code(error: sqlite3.Error | OSError) -> int:
    """Return the kind of error: the lower byte of SQLite's extended code."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_IOERR)) & 0xFF


def _is_refused(error: sqlite3.Error | OSError) -> bool:
    """Return True if the error means that writing is not allowed."""
    return isinstance(error, OSError) or _code(error) in _NOT_WRITABLE


def _hint(error: sqlite3.Error | OSError) -> str:
    code = _code(error)
    if code in _BUSY:
        return "another program is using it"
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
        return "delete it to start with an empty one"
    return _WRITE_HINT
