"""One player keeps the place in a story. Locks on single bytes of one file, which the system releases with the
process."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from player.locks import lock, release

_BYTES = 2**31 - 1
"""Two stories share a byte once in two thousand million pairs."""


class OnePlayer:
    """The claim of this process to one story."""

    def __init__(self, file: Path, hashes: Sequence[str]) -> None:
        """Claim the story with blocks of these hashes, by a lock in `file`. Where nothing can be locked, it is free."""
        self.is_first = True
        """False if another process has the story open."""
        self._file = file
        self._byte = int(hashlib.sha256(" ".join(hashes).encode()).hexdigest(), 16) % _BYTES
        self._held: tuple[int, int] | None = None  # the descriptor and the byte that is locked
        self.claim()

    def claim(self) -> bool:
        """Claim the story again if another process had it; return True if this one has it now. Takes microseconds."""
        if self._held is None:
            self.is_first = True
            try:
                descriptor = _opened(self._file)
            except OSError:
                return True
            try:
                self.is_first = lock(descriptor, self._byte)
            except OSError:
                return True  # a file system without locks
            if self.is_first:
                self._held = descriptor, self._byte
        return self.is_first

    def close(self) -> None:
        """Release the story."""
        if self._held is not None:
            release(*self._held)
            self._held = None


@cache
def _opened(file: Path) -> int:
    """Return a descriptor that stays open: closing any descriptor of a file releases all locks that a process has on
    it, also that of the story which is played next."""
    file.parent.mkdir(parents=True, exist_ok=True)
    return os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
