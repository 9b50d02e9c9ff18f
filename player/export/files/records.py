"""Small SQLite files beside exported files: they remember what each was made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from player.errors import ExportError

PATIENCE = 10.0
"""Seconds to wait while another program writes."""


def opened(file: Path, version: int, tables: Sequence[str], *, alone: bool = False) -> sqlite3.Connection:
    """Return a connection to the records; they are begun where there are none. Every statement is kept at once. With
    `alone`, a second program that opens them gets an error. Threads may share it, one at a time. Raises ExportError."""
    with usable(file):
        patience = 0.5 if alone else PATIENCE
        base = sqlite3.connect(file, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            if alone:
                base.execute("PRAGMA locking_mode = EXCLUSIVE")
            base.execute("PRAGMA synchronous = OFF")  # a lost row costs time only
            base.execute("BEGIN EXCLUSIVE")
            (found,) = base.execute("PRAGMA user_version").fetchone()
            if found not in (0, version):
                raise ExportError(f"{file.parent} was made by another version of this program", "choose another folder")
            for table in tables:
                base.execute(table)
            base.execute(f"PRAGMA user_version = {version}")
            base.execute("COMMIT")
        except BaseException:
            base.close()
            raise
    return base


@contextmanager
def usable(file: Path) -> Iterator[None]:
    """Context: what SQLite raises becomes an ExportError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        reason = "another program writes there" if "locked" in str(error) else str(error)
        raise ExportError(f"{file} cannot be used ({reason})", "wait, or choose another folder") from error
    except sqlite3.DatabaseError as error:
        raise ExportError(f"{file} is damaged ({error})", "delete it: all is then made again") from error
