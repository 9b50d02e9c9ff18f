"""The small files of a folder that other programs carry between machines: named by a text, so that those of its other
editions are found, too, without opening the files of other texts."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from player import atomic
from player.library import content

_logger = logging.getLogger(__name__)

_NAME = re.compile(r"[a-z]+-[0-9a-f]{12}-((?:[0-9a-f]{4})+)")
"""Beginning of a file's name: kind, hash of the text, and the last digits of each hash in the text's sketch. Short
enough for every file system, with what programs add to copies of conflicting changes ("NAME (conflict).json")."""


def write(folder: Path, kind: str, hashes: Sequence[str], found: dict[str, Any]) -> None:
    """Write a file of some kind about the text whose blocks have these hashes. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    sketch = content.sketch(hashes)
    whole = hashlib.sha256(" ".join(sketch).encode()).hexdigest()[:12]
    file = folder / f"{kind}-{whole}-{''.join(map(_end, sketch))}.json"
    atomic.write(file, json.dumps({**found, "text": sketch}, indent=1).encode())


def read(folder: Path, kind: str, hashes: Sequence[str], largest: int) -> Iterator[tuple[Path, Any]]:
    """Yield the files of a kind about the text whose blocks have these hashes, or another edition of it, and what is in
    each: a JSON object, of at most so many bytes. Damaged ones are left out."""
    sketch = content.sketch(hashes)
    ends = set(map(_end, sketch))
    for file in _files(folder):
        name = file.name
        match = _NAME.match(name) if name.startswith(f"{kind}-") and name.endswith(".json") else None
        if match is None or not content.alike(ends, {match[1][n : n + 4] for n in range(0, len(match[1]), 4)}):
            continue
        try:
            with file.open("rb") as opened:
                found = json.loads(opened.read(largest))
            if content.alike(sketch, [str(one) for one in found["text"]]):
                yield file, found
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            _logger.warning("%s cannot be read", file, exc_info=True)


def _files(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _end(digest: str) -> str:
    return digest[-4:]  # a sketch has the smallest hashes: those of a long text all begin with zeros
