"""Where running players are found: a small file each, in a folder that only its user can read."""

from __future__ import annotations

import json
import logging
import os
import stat
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from player import atomic
from player.remote.controls import RemoteError

_SUFFIX = ".player"

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Door:
    """The address of a running player."""

    address: str
    """Path of a socket; a named pipe on Windows."""
    key: str
    """Secret that a caller proves to know, in hexadecimal digits."""
    pid: int


def folder() -> Path:
    """Return the folder, which is made if needed. Raises RemoteError if others could use it."""
    from platformdirs import PlatformDirs  # 0.01 s

    with warnings.catch_warnings():  # of a folder that others can enter: another is taken
        warnings.simplefilter("ignore")
        found = Path(PlatformDirs("listen-to-story").user_runtime_dir)
    try:
        found.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = found.lstat()
    except OSError as error:
        raise RemoteError(f"{found} cannot be used ({error.strerror})", "set XDG_RUNTIME_DIR to a folder") from error
    if os.name != "nt" and (about.st_uid != os.getuid() or about.st_mode & 0o077 or not stat.S_ISDIR(about.st_mode)):
        raise RemoteError(f"{found} belongs to others, or is open to them", f"chmod 700 {found}")
    return found


def announce(door: Door) -> Path:
    """Write the address where `doors` finds it; return the file. Raises RemoteError or OSError."""
    file = folder() / f"{door.pid}{_SUFFIX}"
    atomic.write(file, json.dumps(asdict(door)).encode())  # nobody else can enter the folder
    return file


def doors() -> Iterator[tuple[Path, Door]]:
    """Yield the players that announced themselves, the newest first; some may have ended since. Raises RemoteError."""
    for file in sorted(folder().glob(f"*{_SUFFIX}"), key=_announced_at, reverse=True):
        try:
            found = json.loads(file.read_bytes())
            yield file, Door(str(found["address"]), str(found["key"]), int(found["pid"]))
        except (OSError, ValueError, KeyError, TypeError):
            _logger.warning("%s is not readable", file, exc_info=True)


def _announced_at(file: Path) -> int:
    """Return when an address was written, in nanoseconds since 1970; 0 if its player has ended just now."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
