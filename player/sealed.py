"""Files that tell whether they are whole, and whether they are the ones that were asked for.

Behind the content stands a seal: a checksum of it and of the key it is kept under. A bit that flipped, an end that is
missing, another file in its place: the seal is broken, and the file as good as not there. Programs that play FLAC or
show JPEG pass over what follows the sound or the picture.
"""

from __future__ import annotations

import logging
import shutil
import stat
import struct
from hashlib import blake2b
from pathlib import Path

from player import atomic

_MARK = b"\0listen1"
_SEAL = struct.Struct("<8sQ32s")
"""The mark, the content's length in bytes, the checksum."""

_logger = logging.getLogger(__name__)


def write(path: Path, key: str, data: bytes, *, folder: Path | None = None) -> None:
    """Keep content under a key, in place of whatever is there, also of a folder or a pipe. Until it is whole it is in
    the same folder, or another `folder` of that file system. Raises OSError."""
    sealed = data + _SEAL.pack(_MARK, len(data), _checksum(key, data))
    try:
        atomic.write(path, sealed, folder=folder)
    except OSError:
        if not _cleared(path):
            raise
        atomic.write(path, sealed, folder=folder)


def read(path: Path, key: str) -> bytes | None:
    """What was written under this key; None when it is not there, or not as it was written."""
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


def _unsealed(path: Path, key: str, length: int) -> bytes | None:
    if length < 0:
        return None
    with path.open("rb", buffering=0) as file:
        file.seek(length)
        seal = file.read(_SEAL.size)
        # These first: what took the file's place may be larger than the memory.
        if not seal.startswith(_MARK + length.to_bytes(8, "little")):
            return None
        file.seek(0)
        data = file.read(length)
    return data if seal == _SEAL.pack(_MARK, len(data), _checksum(key, data)) else None


def _checksum(key: str, data: bytes) -> bytes:
    """200 µs for a sentence of 8 s; the SHA-256 of processors without instructions for it takes twice as long."""
    name = key.encode("utf-8", "surrogatepass")
    seen = blake2b(len(name).to_bytes(8, "little"), digest_size=32)
    seen.update(name)
    seen.update(data)
    return seen.digest()


def _cleared(path: Path) -> bool:
    """Whether something that is no file was there, and no longer is. Raises OSError."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    if stat.S_ISDIR(mode):
        shutil.rmtree(path)
    elif not stat.S_ISREG(mode):
        path.unlink()
    return not stat.S_ISREG(mode)
