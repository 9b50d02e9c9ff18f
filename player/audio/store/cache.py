"""Content-addressed store of rendered speech: one file per key; the least recently used are deleted first."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Protocol

from player import atomic, sealed
from player.errors import CacheError

DEFAULT_LIMIT = 2_000_000_000
"""Bytes: about 25 hours of speech."""

MEMORY_LIMIT = 200_000_000
"""Bytes: about two and a half hours of speech."""

_TRIM_EVERY = 32_000_000
"""Bytes written between two checks of the cache's size: a check takes 10 ms per thousand files."""


def make_key(*parts: object) -> str:
    """Return a key: a hash of `parts`, which must be everything that changes the content."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Store(Protocol):
    """A store of files under keys. Safe to use from several threads and, on disk, from several processes."""

    def get(self, key: str, suffix: str) -> bytes | None:
        """Return the content stored under a key, unchanged; None when there is none."""

    def put(self, key: str, suffix: str, data: bytes) -> None:
        """Store a file's content. Raises CacheError if it can be kept in memory only, until this store closes."""

    def usage(self) -> Usage:
        """Return the store's size and limit. Raises CacheError when it cannot be read."""

    def clear(self) -> Usage:
        """Delete everything; return what the store held before. Raises CacheError when a file cannot be deleted."""

    def close(self) -> None:
        """Delete old files until the store is within its limit."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Size and limit of a store."""

    folder: str
    """The store's place: a path, or a URL."""
    entries: int
    size: int
    """Size of all in bytes."""
    limit: int | None
    """Bytes; None for a store without one."""


class DiskCache:
    """The audio cache on disk: sealed files `folder/ab/abcdef….flac`. What cannot be written is kept in memory."""

    def __init__(self, folder: Path, limit: int = DEFAULT_LIMIT) -> None:
        """`limit` in bytes. The folder is made with the first file; unfinished files of killed processes are
        removed."""
        self.folder = folder
        self.limit = limit
        self._lock = Lock()
        self._written = 0
        self._memory = MemoryCache()
        atomic.sweep(folder)

    def _path(self, key: str, suffix: str) -> Path:
        return self.folder / key[:2] / f"{key}{suffix}"

    def get(self, key: str, suffix: str) -> bytes | None:
        """See Store."""
        data = sealed.read_as_used(self._path(key, suffix), key + suffix)
        return self._memory.get(key, suffix) if data is None else data

    def put(self, key: str, suffix: str, data: bytes) -> None:
        """See Store."""
        path = self._path(key, suffix)
        try:
            try:
                self._write(path, key + suffix, data)
            except FileNotFoundError:  # another process is clearing the cache
                self._write(path, key + suffix, data)
        except OSError as error:
            self._memory.put(key, suffix, data)
            raise CacheError(
                f"cannot write to the audio cache {self.folder} ({error.strerror})",
                "make room, or name another folder with --cache-dir or LISTEN_CACHE_DIR",
            ) from error
        with self._lock:
            self._written += len(data)
            look = self._written >= min(_TRIM_EVERY, self.limit // 10)
        if look:
            self.trim()

    def _write(self, path: Path, key: str, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Unfinished files lie in the top folder, where sweeping for them is cheapest.
        sealed.write(path, key, data, folder=self.folder)

    def close(self) -> None:
        """See Store."""
        if self._written:
            self.trim()

    def usage(self) -> Usage:
        """See Store."""
        try:
            with suppress(FileNotFoundError), os.scandir(self.folder):
                pass
        except OSError as error:
            hint = "name another folder with --cache-dir or LISTEN_CACHE_DIR"
            raise CacheError(f"cannot read the audio cache {self.folder} ({error.strerror})", hint) from error
        files = self._files()
        return Usage(str(self.folder), len(files), sum(size for _, size, _ in files), self.limit)

    def clear(self) -> Usage:
        """See Store."""
        before = self.usage()
        try:
            for folder in self._folders():
                _empty(folder)
        except OSError as error:
            raise CacheError(f"cannot clear the audio cache {self.folder} ({error.strerror})") from error
        return before

    def trim(self) -> None:
        """When over the limit, delete the least recently used files until a tenth of the limit is free."""
        with self._lock:
            self._written = 0
            sealed.drop_unused(self._files(), self.limit, int(self.limit * 0.9))

    def _folders(self) -> list[Path]:
        """Return the folders that this class makes: two hexadecimal digits. Nothing else is counted or deleted."""
        names = {f"{n:02x}" for n in range(256)}
        with suppress(OSError):  # missing, or not readable for us
            return [e for e in self.folder.iterdir() if e.name in names and e.is_dir() and not e.is_symlink()]
        return []

    def _files(self) -> list[tuple[float, int, Path]]:
        """Return (last use, bytes, path) of every file."""
        found = []
        for folder in self._folders():
            with suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    with suppress(OSError):  # another process trims as well
                        status = entry.stat(follow_symlinks=False)
                        if not stat.S_ISDIR(status.st_mode):
                            found.append((status.st_mtime, status.st_size, Path(entry.path)))
        return found


def _empty(folder: Path) -> None:
    """Delete a folder's files, and the folder. Raises OSError."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink(missing_ok=True)
    with suppress(OSError):  # another process has put a file there meanwhile
        folder.rmdir()


class MemoryCache:
    """A store in memory, for the life of the process; keeps what was used last."""

    def __init__(self, limit: int = MEMORY_LIMIT) -> None:
        """`limit` in bytes."""
        self.limit = limit
        self._lock = Lock()
        self._files: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._size = 0

    def get(self, key: str, suffix: str) -> bytes | None:
        """See Store."""
        with self._lock:
            data = self._files.get((key, suffix))
            if data is not None:
                self._files.move_to_end((key, suffix))
            return data

    def put(self, key: str, suffix: str, data: bytes) -> None:
        """See Store."""
        with self._lock:
            self._size += len(data) - len(self._files.pop((key, suffix), b""))
            self._files[key, suffix] = data
            while self._size > self.limit and self._files:
                self._size -= len(self._files.popitem(last=False)[1])

    def usage(self) -> Usage:
        """See Store."""
        with self._lock:
            return Usage("memory:", len(self._files), self._size, self.limit)

    def clear(self) -> Usage:
        """See Store."""
        with self._lock:
            before = Usage("memory:", len(self._files), self._size, self.limit)
            self._files.clear()
            self._size = 0
        return before

    def close(self) -> None:
        """See Store."""
