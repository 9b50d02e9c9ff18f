"""Locks between processes, on bytes of a file: the system releases them with the process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


def lock(file: int, byte: int, *, held: bool) -> None:
    """Lock or release a byte of a file, given its descriptor. Raises BlockingIOError or PermissionError when another
    process has the lock, OSError where nothing can be locked."""
    if fcntl is not None:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB if held else fcntl.LOCK_UN, 1, byte)
        return
    import msvcrt  # exists on Windows only

    os.lseek(file, byte, os.SEEK_SET)
    msvcrt.locking(file, msvcrt.LK_NBLCK if held else msvcrt.LK_UNLCK, 1)


@contextmanager
def alone(file: Path) -> Iterator[bool]:
    """Context: True while no other process is in it with the same file, which is made for that and deleted; also where
    nothing can be locked. Raises OSError when the file cannot be made."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    is_first = True
    try:
        lock(descriptor, 0, held=True)
    except (BlockingIOError, PermissionError):
        is_first = False
    except OSError:
        pass  # a file system without locks
    try:
        yield is_first
    finally:
        os.close(descriptor)
        if is_first:
            with suppress(OSError):  # Windows keeps it while another process looks at it
                file.unlink()
