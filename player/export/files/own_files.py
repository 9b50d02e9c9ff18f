"""The files that earlier exports made, remembered in a small SQLite file beside them.

A row for each file tells which template made it of which story, of what it was made, and how to recognise it. A file
counts as the program's own only while it is as it was made, by its time and size or else by its checksum: one that was
edited, or put in its place, is never replaced. Every row is kept as soon as its file is made, so that a killed export
loses at most the last one. Questions are answered from the file, so that memory does not grow with it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from player.export.files.naming import is_template
from player.export.files.records import opened, usable

NAME = ".listen-exports.sqlite"
_VERSION = 1
_TABLES = (
    "CREATE TABLE IF NOT EXISTS files (pattern TEXT NOT NULL, story TEXT NOT NULL, file TEXT NOT NULL, "
    "made_of TEXT NOT NULL, size INTEGER NOT NULL, time INTEGER NOT NULL, checksum TEXT NOT NULL, "
    "PRIMARY KEY (pattern, story))",
    "CREATE INDEX IF NOT EXISTS by_file ON files (file)",
    "CREATE TABLE IF NOT EXISTS sources (source TEXT PRIMARY KEY, facts TEXT NOT NULL)",
)


class Made(NamedTuple):
    """A file as it was made."""

    pattern: str
    """The template, or the name without braces, below the folder."""
    story: str
    """Identity of the story, or of the chapter."""
    file: str
    """Path below the folder."""
    made_of: str
    """Checksum of everything that the file depends on."""
    size: int
    """Size in bytes."""
    time: int
    """Time of its last change, in nanoseconds."""
    checksum: str


class OwnFiles:
    """What was made in the folders of some outputs. Nothing is written before the first file is made. May be
    used from any thread, and several programs may use the same folder. Every method raises ExportError when the records
    cannot be used, and OSError when a file cannot be read."""

    def __init__(self, outputs: Sequence[Path]) -> None:
        """`outputs` are templates and plain names."""
        self._folders = {pattern: _folder_of(pattern) for pattern in outputs}
        self._bases: dict[Path, sqlite3.Connection] = {}
        self._lock = Lock()

    def earlier(self, pattern: Path, story: str) -> Path | None:
        """See planning.OwnFiles."""
        folder = self._folders[pattern]
        made = self._made(folder, "pattern = ? AND story = ?", _below(pattern, folder), story)
        if made is None:
            return None
        path = folder / made.file
        return path if not os.path.lexists(path) or _is_as_made(path, made) else None

    def is_own(self, path: Path) -> bool:
        """Return True if the file is there as an earlier export made it."""
        made = self._of(path)
        return made is not None and _is_as_made(path, made)

    def is_made_of(self, path: Path, made_of: str) -> bool:
        """Return True if the file is there as an earlier export made it of the same."""
        made = self._of(path)
        return made is not None and made.made_of == made_of and _is_as_made(path, made)

    def keep(self, pattern: Path, story: str, path: Path, made_of: str) -> None:
        """Remember a file that was just made."""
        folder = self._folders[pattern]
        status = path.stat()
        name = _below(path, folder)
        made = Made(_below(pattern, folder), story, name, made_of, status.st_size, status.st_mtime_ns, _checksum(path))
        with self._lock:
            self._change(folder, "DELETE FROM files WHERE file = ?", name)
            self._change(folder, "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", *made)

    def of_source(self, source: str) -> Mapping[str, Any]:
        """Return what was kept of a source (`keep_source`); empty if nothing was."""
        with self._lock:
            rows = self._rows(self._first, "SELECT facts FROM sources WHERE source = ?", source)
        return dict(json.loads(rows[0][0])) if rows else {}

    def keep_source(self, source: str, facts: Mapping[str, Any]) -> None:
        """Remember something of a source whose files are all made."""
        with self._lock:
            self._change(self._first, "INSERT OR REPLACE INTO sources VALUES (?, ?)", source, json.dumps(facts))

    def close(self) -> None:
        """Close the records; nothing is kept after that."""
        for base in self._bases.values():
            base.close()

    @property
    def _first(self) -> Path:
        return next(iter(self._folders.values()))

    def _of(self, path: Path) -> Made | None:
        """Return the row of a file; None if there is none."""
        for folder in dict.fromkeys(self._folders.values()):
            if path.is_relative_to(folder):
                made = self._made(folder, "file = ?", _below(path, folder))
                if made is not None:
                    return made
        return None

    def _made(self, folder: Path, condition: str, *values: str) -> Made | None:
        with self._lock:
            rows = self._rows(folder, f"SELECT * FROM files WHERE {condition}", *values)
        return Made(*rows[0]) if rows else None

    def _rows(self, folder: Path, statement: str, *values: object) -> list[Any]:
        """Return the rows of a question; none where nothing was kept yet."""
        base = self._base(folder, new=False)
        if base is None:
            return []
        with usable(folder / NAME):
            return base.execute(statement, values).fetchall()

    def _change(self, folder: Path, statement: str, *values: object) -> None:
        base = self._base(folder, new=True)
        assert base is not None
        with usable(folder / NAME):
            base.execute(statement, values)

    def _base(self, folder: Path, *, new: bool) -> sqlite3.Connection | None:
        """Return the records of a folder; None if there are none and they are not to be begun."""
        file = folder / NAME
        if folder not in self._bases and (new or file.exists()):
            self._bases[folder] = opened(file, _VERSION, _TABLES)
        return self._bases.get(folder)


def _folder_of(pattern: Path) -> Path:
    """Return the innermost folder that is the same for all stories."""
    folder = pattern.parent
    while is_template(folder):
        folder = folder.parent
    return folder


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _is_as_made(path: Path, made: Made) -> bool:
    try:
        status = path.lstat()
        if path.is_symlink() or status.st_size != made.size:
            return False
        return status.st_mtime_ns == made.time or _checksum(path) == made.checksum
    except OSError:
        return False


def _checksum(path: Path) -> str:
    seen = blake2b(digest_size=16)
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            seen.update(part)
    return seen.hexdigest()
