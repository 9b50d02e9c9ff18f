"""Targets of an export: a file, replaced once the new one is complete; a pipe; standard output."""

from __future__ import annotations

import errno
import io
import os
import select
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from player import atomic
from player.errors import UsageError

STDOUT = Path("-")
"""Stands for standard output."""
_STDOUT_DESCRIPTOR = 1
_ATOM = 4096
"""Bytes that a writable pipe takes without blocking (POSIX: at least 512; Linux 4,096)."""
_KINDS = {stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket"}


def name_of(path: Path) -> str:
    """Return the target's name for people."""
    return "standard output" if path == STDOUT else str(path)


def is_stream(path: Path) -> bool:
    """True for standard output and pipes, which take bytes in order only."""
    try:
        return path == STDOUT or path.is_fifo()
    except (OSError, ValueError):  # not a possible file name: `regular_file` says why
        return False


def check(path: Path, *, text: bool) -> None:
    """Raises UsageError when nothing can be written there; or no sound, only `text`."""
    if path == STDOUT:
        _check_stdout(text)
    elif not is_stream(path):
        regular_file(path)


def _check_stdout(text: bool) -> None:
    try:
        os.fstat(_STDOUT_DESCRIPTOR)
    except OSError as error:
        raise UsageError(f"standard output cannot be written ({error.strerror})", "name a file") from error
    if not text and os.isatty(_STDOUT_DESCRIPTOR):
        raise UsageError("this format is not for a terminal", "write | PROGRAM or > FILE behind the command")


def regular_file(path: Path) -> Path:
    """Return the file to replace or make; links are followed.

    Raises UsageError for a folder, a device, a pipe, a socket, a link to itself, or an impossible name.
    """
    try:
        mode = path.stat().st_mode
        target = path.resolve()
    except (FileNotFoundError, NotADirectoryError):
        target = path.resolve()
        if not target.parent.is_dir():
            folder = target.parent if path.is_symlink() else path.parent
            raise UsageError(f"there is no folder {folder}", "make it first") from None
        return target
    except PermissionError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror})", "choose another place") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{path} is no name for a file ({reason})", "choose another") from error
    if stat.S_ISDIR(mode):
        raise UsageError(f"{path} is a folder", "name a file in it, or a pattern such as '{title}.mp3'")
    if not stat.S_ISREG(mode):
        kind = _KINDS.get(stat.S_IFMT(mode), "device")
        raise UsageError(f"{path} is a {kind}, not a file", "name a file; - is standard output")
    return target


@contextmanager
def opened(path: Path, *, new: bool, streamed: bool, check: Callable[[], None]) -> Iterator[BinaryIO]:
    """Yield a file to write to. At the end it replaces the target, or with `new` must not exist.

    A pipe or standard output gets everything at the end; a pipe with `streamed` gets it as it is written, and then the
    file cannot seek. `check` is called often while waiting for a reader, and may raise.

    Raises OSError, UsageError, and what `check` raises.
    """
    if not is_stream(path):
        target = regular_file(path)
        atomic.sweep(target.parent)
        with atomic.replacing(target, new=new) as file:
            yield file
    elif streamed and not (path == STDOUT and stat.S_ISREG(os.fstat(_STDOUT_DESCRIPTOR).st_mode)):
        with _Stream(path, check) as stream:
            yield cast(BinaryIO, stream)
    else:
        with tempfile.TemporaryFile() as waiting:
            yield waiting
            waiting.seek(0)
            with _Stream(path, check) as stream:
                shutil.copyfileobj(waiting, cast(IO[bytes], stream), 1 << 20)


class _Stream(io.RawIOBase):
    """A pipe or standard output, for writing. Waiting for a slow reader can be interrupted."""

    def __init__(self, path: Path, check: Callable[[], None]) -> None:
        """Wait for a reader of the pipe. Raises OSError, and what `check` raises."""
        self._check = check
        self._written = 0
        self._descriptor = os.dup(_STDOUT_DESCRIPTOR) if path == STDOUT else _open_pipe(path, check)

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        """Bytes written so far."""
        return self._written

    def write(self, data: object) -> int:
        """Write all data. Raises OSError: BrokenPipeError when the reader is gone."""
        with memoryview(cast(bytes, data)).cast("B") as left:
            done = 0
            while done < len(left):
                self._check()
                if self._has_room():
                    done += os.write(self._descriptor, left[done : done + _ATOM])
            self._written += done
            return done

    def close(self) -> None:
        if not self.closed:
            os.close(self._descriptor)
        super().close()

    def _has_room(self) -> bool:
        """Wait up to 0.1 s for room to write; False if there is none."""
        if not hasattr(select, "poll"):  # Windows
            return True
        poll = select.poll()
        poll.register(self._descriptor, select.POLLOUT)
        return bool(poll.poll(100))


def _open_pipe(path: Path, check: Callable[[], None]) -> int:
    """Open a pipe without blocking: opened as usual, it waits for a reader uninterruptibly. Raises OSError."""
    while True:
        check()
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            time.sleep(0.05)
            continue
        os.set_blocking(descriptor, True)
        if stat.S_ISFIFO(os.fstat(descriptor).st_mode):
            return descriptor
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no pipe any more")
