"""A store of rendered speech that machines share: a bucket, a server's folder, or whatever else fsspec can write to."""

from __future__ import annotations

import logging
import os
import re
import time
from posixpath import dirname
from threading import Lock
from typing import Any

from player import sealed
from player.audio.store.cache import MemoryCache, Usage
from player.errors import CacheError, UsageError

_logger = logging.getLogger(__name__)

_AT_HAND = 60_000_000
"""Bytes of what was used last that are kept in memory: every format of an export asks for the same speech."""
_WHOLE_FILES = frozenset(("memory", "s3", "s3a", "gs", "gcs", "abfs", "az", "adl", "oci", "oss", "tos"))
"""Kinds that show a file only once all of it was sent. Elsewhere files are written under another name, and moved."""
_REST = 30.0
"""Seconds without another attempt after an error: what does not answer would be waited for at every sentence."""
_OURS = re.compile(r"(?:^|/)[0-9a-f]{2}/[0-9a-f]{64}\.\w+$")
_UNFINISHED = re.compile(r"(?:^|/)\.listen-[0-9a-f]{16}\.new$")
_PASSWORD = re.compile(r"(?<=://)[^/@]*@")


class SharedStore:
    """Sealed files `URL/ab/abcdef….flac`. What cannot be written is kept in memory. A Store.

    It has no limit, because it does not know what others use: the rules of a bucket can delete old files.
    """

    def __init__(self, url: str) -> None:
        """Take a URL as fsspec takes it; how to log in is found by its libraries. Raises UsageError."""
        self.url = _PASSWORD.sub("", url)
        try:
            from fsspec.core import url_to_fs  # 0.1 s; s3fs 1 s
        except ImportError as error:
            raise UsageError(
                f"{self.url} needs the package fsspec", 'pip install "listen-to-story[cluster]"'
            ) from error
        kind = url.partition(":")[0]
        try:
            self._files, self._base = url_to_fs(url)
        except ImportError as error:
            raise UsageError(f"{kind}: URLs need another package", str(error)) from error
        except Exception as error:  # each kind of store has errors of its own
            _logger.debug("no store", exc_info=True)
            raise UsageError(f"{self.url} cannot be opened ({error})", "see the documentation of fsspec") from error
        self._base = str(self._base).rstrip("/")
        self._shows_whole_files = not _WHOLE_FILES.isdisjoint(_names(self._files))
        self._at_hand = MemoryCache(_AT_HAND)
        self._lock = Lock()
        self._away_until = 0.0

    def get(self, key: str, suffix: str) -> bytes | None:
        """See Store."""
        data = self._at_hand.get(key, suffix)
        if data is not None or self._is_away():
            return data
        try:
            content = self._files.cat_file(self._path(key, suffix))
        except (FileNotFoundError, PermissionError):  # S3 says this of missing files to those who may not list them
            return None
        except Exception:  # each kind of store has errors of its own
            _logger.warning("%s cannot be read", self.url, exc_info=True)
            self._rest()
            return None
        data = sealed.unseal(key + suffix, content)
        if data is None:
            _logger.debug("%s is damaged: it is made anew", self._path(key, suffix))
        else:
            self._at_hand.put(key, suffix, data)
        return data

    def put(self, key: str, suffix: str, data: bytes) -> None:
        """See Store."""
        self._at_hand.put(key, suffix, data)
        if self._is_away():
            return
        try:
            self._write(self._path(key, suffix), sealed.seal(key + suffix, data))
        except Exception as error:  # each kind of store has errors of its own
            _logger.warning("%s cannot be written", self.url, exc_info=True)
            self._rest()
            raise CacheError(f"cannot write to the audio cache {self.url} ({error})", _HINT) from error

    def usage(self) -> Usage:
        """See Store. Asks for the name of every file."""
        found = self._found()
        ours = [about for path, about in found.items() if _OURS.search(path)]
        return Usage(self.url, len(ours), sum(int(about["size"] or 0) for about in ours), None)

    def clear(self) -> Usage:
        """See Store."""
        before = self.usage()
        mine = [path for path in self._found() if _OURS.search(path) or _UNFINISHED.search(path)]
        self._at_hand.clear()
        try:
            if mine:
                self._files.rm(mine)
        except Exception as error:  # each kind of store has errors of its own
            _logger.warning("%s cannot be cleared", self.url, exc_info=True)
            raise CacheError(f"cannot clear the audio cache {self.url} ({error})", _HINT) from error
        return before

    def close(self) -> None:
        """See Store."""

    def _path(self, key: str, suffix: str) -> str:
        return f"{self._base}/{key[:2]}/{key}{suffix}"

    def _write(self, path: str, content: bytes) -> None:
        if self._shows_whole_files:
            self._files.pipe_file(path, content)
            return
        self._files.makedirs(dirname(path), exist_ok=True)
        unfinished = f"{dirname(path)}/.listen-{os.urandom(8).hex()}.new"
        try:
            self._files.pipe_file(unfinished, content)
            self._move(unfinished, path)
        except BaseException:
            if self._files.exists(unfinished):
                self._files.rm_file(unfinished)
            raise

    def _move(self, unfinished: str, path: str) -> None:
        """Give a file its name; one that is there (a damaged one) is replaced, on some servers by deleting it first."""
        try:
            self._files.mv(unfinished, path)
        except OSError:
            if not self._files.exists(path):
                raise
            self._files.rm_file(path)
            self._files.mv(unfinished, path)

    def _found(self) -> dict[str, Any]:
        """Return {path: what is known of it} of all files. Raises CacheError."""
        try:
            self._files.invalidate_cache()
            return dict(self._files.find(self._base, detail=True))
        except FileNotFoundError:
            return {}
        except Exception as error:  # each kind of store has errors of its own
            _logger.warning("%s cannot be listed", self.url, exc_info=True)
            raise CacheError(f"cannot read the audio cache {self.url} ({error})", _HINT) from error

    def _is_away(self) -> bool:
        with self._lock:
            return time.monotonic() < self._away_until

    def _rest(self) -> None:
        with self._lock:
            self._away_until = time.monotonic() + _REST


_HINT = "look at its address and your access to it, or name another place with --cache"


def _names(files: Any) -> set[str]:
    """Return the kinds that a file system calls itself."""
    return {files.protocol} if isinstance(files.protocol, str) else set(files.protocol)
