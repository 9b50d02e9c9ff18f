"""Locks between processes, on bytes of a file: the system releases them with the process."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def lock(file: int, byte: int) -> bool:
    """Lock a byte of a file, given its descriptor; return False when another process has the lock. Raises OSError where
    nothing can be locked."""
    try:
        _set(file, byte, held=True)
    except (BlockingIOError, PermissionError):
        return False
    return True


def release(file: int, byte: int) -> None:
    """Release a byte that `lock` has locked."""
    _set(file, byte, held=False)


def _set(file: int, byte: int, *, held: bool) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(file, byte, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK if held else msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB if held else fcntl.LOCK_UN, 1, byte)


@contextmanager
def alone(file: Path) -> Iterator[bool]:
    """Context: True while no other process is in it with the same file, which is made for that and deleted; also where
    nothing can be locked. Raises OSError when the file cannot be made."""
    descriptor, is_first = _entered(file)
    try:
        yield is_first
    finally:
        with suppress(OSError):  # Windows keeps a file that is open
            if is_first:  # while it is locked: whoever opened it before sees that it is gone
                file.unlink()
        os.close(descriptor)
        if is_first and sys.platform == "win32":
            with suppress(OSError):
                file.unlink()


def _entered(file: Path) -> tuple[int, bool]:
    """Return the descriptor of a file that is not deleted, and True if this process is the first in it."""
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            is_first = lock(descriptor, 0)
        except OSError:
            return descriptor, True  # a file system without locks
        with suppress(FileNotFoundError):
            if not is_first or os.path.samestat(os.fstat(descriptor), file.stat()):
                return descriptor, is_first
        os.close(descriptor)  # the process before has deleted it
