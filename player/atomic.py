"""Files that exist whole or not at all: written under a temporary name, and renamed when complete.

A killed process leaves its unfinished file. The writer holds a lock on it, which the system releases however the
process ends: so a file with one of our temporary names and no lock is abandoned, and `sweep` removes it. (The process's
number would not do: numbers are reused, and mean nothing in a container or on another machine that shares the folder.)
"""

from __future__ import annotations

import errno
import logging
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows, where an open file cannot be deleted
    fcntl = None  # type: ignore[assignment]

_logger = logging.getLogger(__name__)
_UNFINISHED = re.compile(r"\.listen-[0-9a-f]{16}\.new")
_NO_LINKS = (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EINVAL)
"""Errors of file systems without hard links: FAT, exFAT, some on networks and phones."""


@contextmanager
def replacing(target: Path, *, new: bool = False, folder: Path | None = None) -> Iterator[BinaryIO]:
    """Yield a file that replaces the target when the block ends; after an exception it is deleted. It gets the
    permissions of any new file. A link is replaced, not its target.

    Until then it is in the target's folder, or in `folder`, on the same file system.

    Raises OSError: FileExistsError if `new` and the target exists, even if made by others meanwhile; also when the
    target is a device, a pipe or a socket, which could not be restored.
    """
    _check_kind(target)
    path, file, lock = _unfinished_file(folder or target.parent)
    try:
        with file:
            yield file
        if fcntl is None:
            os.close(lock)  # Windows cannot rename an open file
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
    """Context: an empty folder inside the system's folder for temporary files; first remove those of dead processes."""
    base = Path(gettempdir())
    sweep(base)
    with _folder_in(base, mode=0o700) as folder:
        yield folder


def folder_beside(target: Path) -> AbstractContextManager[Path]:
    """Context: an empty folder in the folder of a target, to be renamed when its content is complete; what is still
    there is deleted at the end. Raises OSError."""
    return _folder_in(target.parent, mode=0o777)


@contextmanager
def _folder_in(base: Path, *, mode: int) -> Iterator[Path]:
    """Context: an empty folder inside another; what is still there is deleted at the end. Raises OSError."""
    folder, lock = _unfinished_folder(base, mode)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock >= 0:
            os.close(lock)


def sweep(folder: Path) -> None:
    """Remove what dead processes left in a folder. Raises nothing."""
    try:
        with os.scandir(folder) as entries:
            left = [Path(entry.path) for entry in entries if _UNFINISHED.fullmatch(entry.name)]
    except OSError:
        return  # missing, or not readable: then it has nothing of ours
    for path in left:
        try:
            _remove_unless_locked(path)
        except OSError:
            _logger.debug("left where it is: %s", path, exc_info=True)


def _unfinished_file(folder: Path) -> tuple[Path, BinaryIO, int]:
    """Return (path, file, a descriptor that keeps the lock when the file is closed). Raises OSError."""
    while True:
        path = _unfinished_path(folder)
        file = path.open("x+b")
        lock = os.dup(file.fileno())
        if _lock(lock):
            return path, file, lock
        file.close()
        os.close(lock)


def _unfinished_folder(base: Path, mode: int) -> tuple[Path, int]:
    """Return (path, a descriptor that keeps it locked; -1 on Windows). Raises OSError."""
    while True:
        folder = _unfinished_path(base)
        folder.mkdir(mode=mode)
        if fcntl is None:
            return folder, -1
        try:
            lock = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue  # another process swept it
        if _lock(lock):
            return folder, lock
        os.close(lock)


def _unfinished_path(folder: Path) -> Path:
    return folder / f".listen-{os.urandom(8).hex()}.new"


def _lock(descriptor: int) -> bool:
    """Lock a new file. Returns False if another process has just swept it, before it was locked."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: nothing is swept there
    return os.fstat(descriptor).st_nlink > 0


def _remove_unless_locked(path: Path) -> None:
    """Delete a file nobody has locked. Raises OSError when it is locked, gone, or not ours."""
    status = path.lstat()
    if fcntl is None:
        if stat.S_ISREG(status.st_mode):
            path.unlink()
        return
    is_folder = stat.S_ISDIR(status.st_mode)
    if status.st_uid != os.geteuid() or not (is_folder or stat.S_ISREG(status.st_mode)):
        return
    # Opened for writing, because NFS grants exclusive locks only then.
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
    """Raises OSError unless the target is a file, a link, missing, or a folder (which the system refuses to
    replace)."""
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "Not a regular file", str(target))


def _move_to_new(path: Path, target: Path) -> None:
    """Move a file to a new name. Raises OSError: FileExistsError when the target exists."""
    try:
        os.link(path, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        target.touch(exist_ok=False)  # reserves the name, against others who write at the same time
        path.replace(target)
    else:
        path.unlink()
