"""Places as small files in a folder that other programs carry between machines: one a text, the newest counts."""

from __future__ import annotations

import hashlib
import json
import logging
import math
import time
from collections.abc import Sequence
from pathlib import Path

from player import atomic
from player.library import content
from player.library.store import Remembered

_LARGEST = 10_000
"""Bytes. A file has about 400."""

_logger = logging.getLogger(__name__)


def newest(folder: Path, hashes: Sequence[str]) -> Remembered | None:
    """Return the place kept last in the text whose blocks have these hashes, its beginning included; None if there is
    none. Copies that a program made of conflicting changes ("NAME (conflict).json") count, too."""
    found = [
        place
        for file in folder.glob(f"{file_name('place', hashes)}*.json")
        if (place := _read(file, hashes)) is not None
    ]
    return min(found, key=lambda place: place.away, default=None)


def keep(folder: Path, hashes: Sequence[str], block: int, character: int, heard: float) -> None:
    """Keep a place in the text whose blocks have these hashes, `heard` in seconds since 1970, unless a newer one is
    kept there. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    other = newest(folder, hashes)
    if other is not None and 0 < other.away < time.time() - heard:  # 0: of a clock that goes ahead
        return
    place = {
        "block": block,
        "character": character,
        "around": content.around(hashes, block),
        "heard": heard,
    }
    atomic.write(folder / f"{file_name('place', hashes)}.json", json.dumps(place, indent=1).encode())


def file_name(kind: str, hashes: Sequence[str]) -> str:
    """Return the name, without its ending, of a file of some kind about the text whose blocks have these hashes."""
    return f"{kind}-" + hashlib.sha256(" ".join(content.sketch(hashes)).encode()).hexdigest()[:32]


def _read(file: Path, hashes: Sequence[str]) -> Remembered | None:
    """Return the place in a file; None for a file that is damaged."""
    try:
        with file.open("rb") as opened:
            found = json.loads(opened.read(_LARGEST))
        block, character, heard = int(found["block"]), int(found["character"]), float(found["heard"])
        there = content.nearest(hashes, str(found["around"]), block)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        _logger.warning("%s cannot be read", file, exc_info=True)
        return None
    if there is None or character < 0 or not math.isfinite(heard):
        return None
    return Remembered(there, character if there == block else 0, max(time.time() - heard, 0.0))
