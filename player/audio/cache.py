"""The content-addressed store of what was rendered: one file per key, least recently used goes first."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Protocol

from player import atomic
from player.errors import CacheError

_logger = logging.getLogger(__name__)

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
        """What was put under a key, or None."""

    def put(self, key: str, suffix: str, data: bytes) -> None:
        """Keep a file's content. Raises CacheError when that fails; nothing half-written remains."""

    def drop(self, key: str, suffix: str) -> None:
        """Forget one file, if it is there."""

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
    """The audio cache: `folder/ab/abcdef….flac`."""

    def __init__(self, folder: Path, limit: int = DEFAULT_LIMIT) -> None:
        """Makes the folder if needed. `limit` in bytes. Raises CacheError when it cannot be written to."""
        self.folder = folder
        self.limit = limit
        self._lock = Lock()
        self._written = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
            atomic.sweep(folder)
        except OSError as error:
            raise CacheError(
                f"cannot write to the audio cache {folder} ({error.strerror})",
                "name another folder with --cache-dir or LISTEN_CACHE_DIR",
            ) from error

    def _path(self, key: str, suffix: str) -> Path:
        return self.folder / key[:2] / f"{key}{suffix}"

    def get(self, key: str, suffix: str) -> bytes | None:
        """See Store."""
        path = self._path(key, suffix)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            _logger.info("%s cannot be read", path, exc_info=True)
            return None
        try:
            os.utime(path)  # it was used just now
        except OSError:
            return data  # a cache that may be read but not written still serves
        return data

    def put(self, key: str, suffix: str, data: bytes) -> None:
        """See Store."""
        path = self._path(key, suffix)
        try:
            path.parent.mkdir(exist_ok=True)
            atomic.write(path, data, folder=self.folder)  # where looking for what was left costs least
        except OSError as error:
            raise CacheError(
                f"cannot write to the audio cache {self.folder} ({error.strerror})",
                "make room, or name another folder with --cache-dir",
            ) from error
        with self._lock:
            self._written += len(data)
            look = self._written >= min(_TRIM_EVERY, self.limit // 10)
        if look:
            self.trim()

    def drop(self, key: str, suffix: str) -> None:
        """See Store."""
        self._path(key, suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """See Store."""
        if self._written:
            self.trim()

    def usage(self) -> Usage:
        """How full it is."""
        files = self._files()
        return Usage(self.folder, len(files), sum(size for _, size, _ in files), self.limit)

    def clear(self) -> Usage:
        """Delete everything kept; says what there was."""
        before = self.usage()
        for _, _, path in self._files():
            path.unlink(missing_ok=True)
        for folder in self._folders():
            if not any(folder.iterdir()):
                folder.rmdir()
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
                path.unlink(missing_ok=True)
                size -= length

    def _folders(self) -> list[Path]:
        """Only folders this class made: two hexadecimal digits. Nothing else is ever counted or deleted."""
        if not self.folder.is_dir():
            return []
        names = {f"{n:02x}" for n in range(256)}
        return [entry for entry in self.folder.iterdir() if entry.name in names and entry.is_dir()]

    def _files(self) -> list[tuple[float, int, Path]]:
        """(last used, bytes, path) of every file kept."""
        found = []
        for folder in self._folders():
            for entry in os.scandir(folder):
                try:
                    status = entry.stat()
                except FileNotFoundError:
                    continue  # another process trims as well
                found.append((status.st_mtime, status.st_size, Path(entry.path)))
        return found


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

    def drop(self, key: str, suffix: str) -> None:
        """See Store."""
        with self._lock:
            self._size -= len(self._files.pop((key, suffix), b""))

    def close(self) -> None:
        """See Store."""
