"""Files that an engine derives from its package once, and keeps for quicker starts."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path

from player import atomic, sealed

_logger = logging.getLogger(__name__)


def load(engine: str, name: str, key: str) -> bytes | None:
    """Return kept data; None when there is none, it is damaged, or it was kept under another key."""
    return sealed.read(_folder(engine) / name, key)


def is_whole(engine: str, name: str, key: str) -> bool:
    """Return True if `load` would find data. Nothing is read into memory."""
    return sealed.is_whole(_folder(engine) / name, key)


def can_keep(engine: str) -> bool:
    """Return True if there is a folder for an engine's files, made if needed."""
    folder = _folder(engine)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        _logger.debug("nothing can be kept for the engine %s", engine, exc_info=True)
        return False
    return os.access(folder, os.W_OK)


def keep(engine: str, name: str, key: str, data: bytes) -> None:
    """Keep data under a name, replacing what was there. `key` identifies what it was made from, and the machine.

    A failed write is no error: the data is derived again next time.
    """
    if not can_keep(engine):
        return
    folder = _folder(engine)
    try:
        atomic.sweep(folder)
        sealed.write(folder / name, key, data)
    except OSError:
        _logger.info("%s of the engine %s is not kept", name, engine, exc_info=True)


def plain(engine: str, name: str) -> Path:
    """Return the path of what `keep_plain` writes. It need not exist, and may be of another version of the program."""
    return _folder(engine) / name


def drop(engine: str, name: str) -> None:
    """Delete kept data, if there is any."""
    with suppress(OSError):
        (_folder(engine) / name).unlink(missing_ok=True)


def keep_plain(engine: str, name: str, data: bytes) -> None:
    """As `keep`, for other programs to read: without a seal."""
    if not can_keep(engine):
        return
    try:
        atomic.write(_folder(engine) / name, data)
    except OSError:
        _logger.info("%s of the engine %s is not kept", name, engine, exc_info=True)


def _folder(engine: str) -> Path:
    from platformdirs import PlatformDirs  # 0.01 s, which no other engine needs

    return Path(PlatformDirs("listen-to-story", appauthor=False).user_cache_dir) / "engines" / engine
