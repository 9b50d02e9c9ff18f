"""Files that are there whole or not at all: written beside their place, and moved into it when they are complete.

A process that is killed leaves what it was writing. Whoever writes holds a lock on it, and the system lets go of the
lock however the process ends: so what has one of our names and no lock belongs to nobody any more, and `sweep` removes
it. (The number of a process would not do: it comes again, and means nothing in a container or on another machine that
has the same folder.)
"""

from __future__ import annotations

import errno
import logging
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows, which lets nobody delete what somebody has open
    fcntl = None  # type: ignore[assignment]

_logger = logging.getLogger(__name__)
_UNFINISHED = re.compile(r"\.listen-[0-9a-f]{16}\.new")
_NO_LINKS = (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EINVAL)
"""What file systems without hard links answer: FAT, exFAT, some of networks and of phones."""


@contextmanager
def replacing(target: Path, *, new: bool = False, folder: Path | None = None) -> Iterator[BinaryIO]:
    """A file for writing and reading that takes the target's place when the block has ended; after an exception
    nothing is left of it. It has the permissions of any new file. A link is replaced, not what it points to.

    Meanwhile it is in the target's folder, or another `folder` of the same file system.

    Raises OSError: FileExistsError when the target has to be `new`, and is not (any more); also when it is a device,
    a pipe or a socket, which nothing would bring back.
    """
    _check_kind(target)
    path, file, lock = _unfinished_file(folder or target.parent)
    try:
        with file:
            yield file
        if fcntl is None:
            os.close(lock)  # Windows moves nothing that is open
            lock = -1
        if new:
            _move_to_new(path, target)
        else:
            path.replace(target)
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    finally:
        if lock >= 0:
            os.close(lock)


def write(target: Path, data: bytes, *, folder: Path | None = None) -> None:
    """Write a file, or replace it; `folder` as for `replacing`. Raises OSError."""
    with replacing(target, folder=folder) as file:
        file.write(data)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """An empty folder for the block, in that for temporary files; before it, those of dead processes are removed."""
    base = Path(gettempdir())
    sweep(base)
    folder, lock = _unfinished_folder(base)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock >= 0:
            os.close(lock)


def sweep(folder: Path) -> None:
    """Remove what processes that ended in the middle left in a folder. Raises nothing."""
    try:
        with os.scandir(folder) as entries:
            left = [Path(entry.path) for entry in entries if _UNFINISHED.fullmatch(entry.name)]
    except OSError:
        return  # it is not there, or not for us: then nothing of ours is either
    for path in left:
        try:
            _remove_unless_locked(path)
        except OSError:
            _logger.debug("left where it is: %s", path, exc_info=True)


def _unfinished_file(folder: Path) -> tuple[Path, BinaryIO, int]:
    """(path, file, a descriptor that keeps it locked when the file is closed). Raises OSError."""
    while True:
        path = _unfinished_path(folder)
        file = path.open("x+b")
        lock = os.dup(file.fileno())
        if _lock(lock):
            return path, file, lock
        file.close()
        os.close(lock)


def _unfinished_folder(base: Path) -> tuple[Path, int]:
    """(path, a descriptor that keeps it locked; -1 on Windows). Raises OSError."""
    while True:
        folder = _unfinished_path(base)
        folder.mkdir(mode=0o700)
        if fcntl is None:
            return folder, -1
        try:
            lock = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue  # another process has taken it for a dead one's
        if _lock(lock):
            return folder, lock
        os.close(lock)


def _unfinished_path(folder: Path) -> Path:
    return folder / f".listen-{os.urandom(8).hex()}.new"


def _lock(descriptor: int) -> bool:
    """False when another process has taken it for a dead one's, in the moment before it was locked."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: there nobody can lock, and nobody sweeps
    return os.fstat(descriptor).st_nlink > 0


def _remove_unless_locked(path: Path) -> None:
    """Raises OSError: that it is locked, gone, or somebody else's."""
    status = path.lstat()
    if fcntl is None:
        if stat.S_ISREG(status.st_mode):
            path.unlink()
        return
    is_folder = stat.S_ISDIR(status.st_mode)
    if status.st_uid != os.geteuid() or not (is_folder or stat.S_ISREG(status.st_mode)):
        return
    # For writing: on NFS, which makes its own locks of these, nothing else can be locked for one alone.
    access = os.O_RDONLY | os.O_DIRECTORY if is_folder else os.O_RDWR
    descriptor = os.open(path, access | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if is_folder:
            shutil.rmtree(path)
        else:
            path.unlink()
    finally:
        os.close(descriptor)


def _check_kind(target: Path) -> None:
    """Raises OSError unless there is a file, a link or nothing (or a folder, which the system replaces by none)."""
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "Not a regular file", str(target))


def _move_to_new(path: Path, target: Path) -> None:
    """Raises OSError: FileExistsError when the target is there."""
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        target.touch(exist_ok=False)  # takes the name: others may write at the same time
        path.replace(target)
    else:
        path.unlink()
