"""A folder of sealed files of one kind, of which those used least recently are deleted. `sealed.read_as_used` reads
them."""

from __future__ import annotations

import logging
from pathlib import Path

from player import atomic, sealed

_logger = logging.getLogger(__name__)


def keep(file: Path, key: str, data: bytes, most: int) -> None:
    """Keep data in a file, replacing an older one; delete the least recently used files of its suffix, in its folder,
    over `most` bytes.

    Errors are ignored: what is kept can be had otherwise.
    """
    folder = file.parent
    atomic.sweep(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what somebody reads is nobody else's business
        sealed.write(file, key, data)
        status = ((other, other.lstat()) for other in folder.glob(f"*{file.suffix}"))
        sealed.drop_unused(((kept.st_mtime, kept.st_size, other) for other, kept in status), most)
    except OSError:
        _logger.warning("%s is not kept", file, exc_info=True)
