"""One player keeps the place in a story. Locks on single bytes of one file, which the system releases with the
process."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_BYTES = 2**31 - 1
"""Two stories share a byte once in two thousand million pairs."""


class OnePlayer:
    """The claim of this process to one story."""

    def __init__(self, file: Path, hashes: Sequence[str]) -> None:
        """Claim the story with blocks of these hashes, by a lock in `file`. Where nothing can be locked, it is free."""
        self.is_first = True
        """False if another process has the story open."""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            self._file = -1
            return
        byte = int(hashlib.sha256(" ".join(hashes).encode()).hexdigest(), 16) % _BYTES
        try:
            _lock(self._file, byte)
        except (BlockingIOError, PermissionError):
            self.is_first = False
        except OSError:
            return  # a file system without locks

    def close(self) -> None:
        """Release the story."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _lock(file: int, byte: int) -> None:
    if fcntl is not None:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
        return
    import msvcrt  # exists on Windows only

    os.lseek(file, byte, os.SEEK_SET)
    msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
