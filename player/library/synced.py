"""Places as small files in a folder that other programs carry between machines: the newest of a text counts, whichever
edition it was kept in."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from player.library import content, synced_files
from player.library.store import Remembered

_KIND = "place"
_LARGEST = 10_000
"""Bytes. A file has about 800."""

_logger = logging.getLogger(__name__)


def newest(folder: Path, hashes: Sequence[str]) -> Remembered | None:
    """Return the place kept last in the text whose blocks have these hashes, its beginning included; None if there is
    none. Copies that a program made of conflicting changes count, too."""
    found = [
        place
        for file, kept in synced_files.read(folder, _KIND, hashes, _LARGEST)
        if (place := _place(file, kept, hashes)) is not None
    ]
    return min(found, key=lambda place: place.away, default=None)


def keep(folder: Path, hashes: Sequence[str], block: int, character: int, heard: float) -> None:
    """Keep a place in the text whose blocks have these hashes, `heard` in seconds since 1970, unless a newer one is
    kept there. Raises OSError."""
    other = newest(folder, hashes)
    if other is not None and 0 < other.away < time.time() - heard:  # 0: of a clock that goes ahead
        return
    place = {
        "block": block,
        "character": character,
        "around": content.around(hashes, block),
        "heard": heard,
    }
    synced_files.write(folder, _KIND, hashes, place)


def _place(file: Path, found: Any, hashes: Sequence[str]) -> Remembered | None:
    """Return the place in what was read; None if it is damaged, or no longer in the text."""
    try:
        block, character, heard = int(found["block"]), int(found["character"]), float(found["heard"])
        there = content.nearest(hashes, str(found["around"]), block)
        is_there = there is not None and content.is_at(str(found["around"]), hashes[there])
    except (ValueError, KeyError, TypeError, IndexError, OverflowError):
        _logger.warning("%s cannot be read", file, exc_info=True)
        return None
    if there is None or character < 0 or not math.isfinite(heard):
        return None
    return Remembered(there, character if is_there else 0, max(time.time() - heard, 0.0))
