"""The content-addressed store of what was rendered: one file per key, least recently used goes first."""

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

_TRIM_EVERY = 32_000_000
"""Bytes written between two looks at the cache's size: looking at all files costs 10 ms per thousand."""


def make_key(*parts: object) -> str:
    """The key of something: a hash of all that changes it."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Store(Protocol):
    """Keeps files under keys. Safe to use from several threads (and, on disk, processes)."""

    def get(self, key: str, suffix: str) -> bytes | None:
        """What was put under a key, to the bit, or None."""

    def put(self, key: str, suffix: str, data: bytes) -> None:
        """Keep a file's content. Raises CacheError when it is kept no longer than this store is open."""

    def close(self) -> None:
        """Bring the store back within its limit."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How full a cache is."""

    folder: Path
    entries: int
    size: int
    """Bytes."""
    limit: int
    """Bytes."""


class DiskCache:
    """The audio cache: `folder/ab/abcdef….flac`, each file sealed. What cannot be written is kept in memory."""

    def __init__(self, folder: Path, limit: int = DEFAULT_LIMIT) -> None:
        """`limit` in bytes. The folder is made when the first file is put; what killed processes left is removed."""
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
        path = self._path(key, suffix)
        data = sealed.read(path, key + suffix)
        if data is None:
            return self._memory.get(key, suffix)
        with suppress(OSError):  # a cache that may be read but not written still serves
            os.utime(path)  # it was used just now
        return data

    def put(self, key: str, suffix: str, data: bytes) -> None:
        """See Store."""
        path = self._path(key, suffix)
        try:
            try:
                self._write(path, key + suffix, data)
            except FileNotFoundError:  # another process clears the cache
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
        # Until it is whole it is in the one folder where looking for what was left costs least.
        sealed.write(path, key, data, folder=self.folder)

    def close(self) -> None:
        """See Store."""
        if self._written:
            self.trim()

    def usage(self) -> Usage:
        """How full it is. Raises CacheError when it cannot be looked into."""
        try:
            with suppress(FileNotFoundError), os.scandir(self.folder):
                pass
        except OSError as error:
            hint = "name another folder with --cache-dir or LISTEN_CACHE_DIR"
            raise CacheError(f"cannot read the audio cache {self.folder} ({error.strerror})", hint) from error
        files = self._files()
        return Usage(self.folder, len(files), sum(size for _, size, _ in files), self.limit)

    def clear(self) -> Usage:
        """Delete everything kept; says what there was. Raises CacheError when something cannot be deleted."""
        before = self.usage()
        try:
            for folder in self._folders():
                _empty(folder)
        except OSError as error:
            raise CacheError(f"cannot clear the audio cache {self.folder} ({error.strerror})") from error
        return before

    def trim(self) -> None:
        """Delete what was not used for the longest time until a tenth of the limit is free again."""
        with self._lock:
            self._written = 0
            files = sorted(self._files())
            size = sum(size for _, size, _ in files)
            if size <= self.limit:
                return
            for _, length, path in files:
                if size <= self.limit * 0.9:
                    break
                with suppress(OSError):  # not ours to delete
                    path.unlink(missing_ok=True)
                    size -= length

    def _folders(self) -> list[Path]:
        """Only folders this class made: two hexadecimal digits. Nothing else is ever counted or deleted."""
        names = {f"{n:02x}" for n in range(256)}
        with suppress(OSError):  # there is none, or it is not ours to read
            return [e for e in self.folder.iterdir() if e.name in names and e.is_dir() and not e.is_symlink()]
        return []

    def _files(self) -> list[tuple[float, int, Path]]:
        """(last used, bytes, path) of every file kept."""
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
    """Raises OSError."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink(missing_ok=True)
    with suppress(OSError):  # another process has put something in meanwhile
        folder.rmdir()


class MemoryCache:
    """The same without a folder, for when there is none to be had: the last used 200 MB are kept."""

    def __init__(self, limit: int = 200_000_000) -> None:
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

    def close(self) -> None:
        """See Store."""
