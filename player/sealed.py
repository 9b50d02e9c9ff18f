"""Sealed files, which tell whether they are whole and are the ones asked for.

After the content stands a seal: a checksum of the content and its key. A flipped bit, a missing end or another file in
its place breaks the seal, and the file counts as missing. Programs that play FLAC or show JPEG ignore what follows the
sound or the picture.
"""

from __future__ import annotations

import logging
import os
import shutil
import stat
import struct
import zlib
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from mmap import ACCESS_READ, mmap
from pathlib import Path

from player import atomic

_MARK = b"\0listen1"
_SEAL = struct.Struct("<8sQ32s")
"""Mark, content length in bytes, checksum."""
_LARGE = 4_000_000
"""Bytes from which a CRC stands for the content: voices wait for their networks and dictionaries of 8 to 90 MB."""

_logger = logging.getLogger(__name__)


def seal(key: str, data: bytes) -> bytes:
    """Return content with its seal, for places that are no folders."""
    return data + _end(key, data)


def unseal(key: str, sealed: bytes) -> bytes | None:
    """Return the content that was sealed under this key; None when it is damaged."""
    data = sealed[: -_SEAL.size]
    return data if sealed[len(data) :] == _end(key, data) else None


def write(path: Path, key: str, data: bytes, *, folder: Path | None = None) -> None:
    """Write content under a key, replacing whatever is there, even a folder or a pipe. The unfinished file is in the
    same folder, or in `folder` on the same file system. Raises OSError."""
    sealed = seal(key, data)
    try:
        atomic.write(path, sealed, folder=folder)
    except OSError:
        if not _cleared(path):
            raise
        atomic.write(path, sealed, folder=folder)


def read(path: Path, key: str) -> bytes | None:
    """Return the content written under this key; None when it is missing or damaged."""
    try:
        status = path.lstat()
        data = _unsealed(path, key, status.st_size - _SEAL.size) if stat.S_ISREG(status.st_mode) else None
    except FileNotFoundError:
        return None
    except OSError:
        _logger.debug("%s cannot be read", path, exc_info=True)
        return None
    if data is None:
        _logger.debug("%s is damaged, or something else: it is made anew", path)
    return data


def is_whole(path: Path, key: str) -> bool:
    """Return True if `read` would find content. Nothing is read into memory: 0.6 ms for a megabyte."""
    try:
        length = path.stat().st_size - _SEAL.size
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as mapped:
            return length >= 0 and mapped[length:] == _end(key, memoryview(mapped)[:length])
    except (OSError, ValueError):  # missing, or empty
        return False


def read_as_used(path: Path, key: str) -> bytes | None:
    """As `read`; what was found counts as used just now, for `drop_unused`."""
    data = read(path, key)
    if data is not None:
        with suppress(OSError):  # a folder that is read-only still serves
            os.utime(path)
    return data


def drop_unused(files: Iterable[tuple[float, int, Path]], most: int, leave: int | None = None) -> None:
    """If files (last use, bytes, path) exceed `most` bytes, delete the least recently used until at most `leave` bytes
    are left (or `most`). Files that cannot be deleted stay."""
    oldest_first = sorted(files)
    size = sum(length for _, length, _ in oldest_first)
    if size <= most:
        return
    leave = most if leave is None else leave
    for _, length, path in oldest_first:
        if size <= leave:
            break
        with suppress(OSError):  # not ours to delete
            path.unlink(missing_ok=True)
            size -= length


def _unsealed(path: Path, key: str, length: int) -> bytes | None:
    if length < 0:
        return None
    with path.open("rb", buffering=0) as file:
        file.seek(length)
        end = file.read(_SEAL.size)
        # Checked before reading: another file in its place may be larger than memory.
        if not end.startswith(_MARK + length.to_bytes(8, "little")):
            return None
        file.seek(0)
        data = file.read(length)
    return data if end == _end(key, data) else None  # nothing is copied: a network has 90 MB


def _end(key: str, data: bytes | memoryview) -> bytes:
    """Return the seal itself."""
    return _SEAL.pack(_MARK, len(data), _checksum(key, data))


def _checksum(key: str, data: bytes | memoryview) -> bytes:
    """Return the checksum. 200 µs for a sentence of 8 s; SHA-256 takes twice as long on processors without instructions
    for it. Of a large file 0.5 ms for a megabyte, a quarter of that."""
    name = key.encode("utf-8", "surrogatepass")
    seen = blake2b(len(name).to_bytes(8, "little"), digest_size=32)
    seen.update(name)
    seen.update(data if len(data) < _LARGE else zlib.crc32(data).to_bytes(4, "little"))
    return seen.digest()


def _cleared(path: Path) -> bool:
    """Remove whatever is there instead of a file. Returns True if it did. Raises OSError."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    if stat.S_ISDIR(mode):
        shutil.rmtree(path)
    elif not stat.S_ISREG(mode):
        path.unlink()
    return not stat.S_ISREG(mode)
