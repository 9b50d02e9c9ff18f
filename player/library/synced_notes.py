"""Notes as small files in a folder that other programs carry between machines: one a text; of each note the newest
counts."""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from player.library import content, synced_files
from player.library.notes import Row
from player.story.model import Story
from player.story.text import clean

_KIND = "notes"
_LARGEST = 20_000_000
"""Bytes. A note has about 800."""

_TEXTS = ("id", "text", "around", "quote", "comment")
_WHOLE = ("block", "first", "last", "estimated", "removed")
_TIMES = ("seconds", "made", "changed")

_logger = logging.getLogger(__name__)


def read(folder: Path, story: Story) -> list[Row]:
    """Return the notes of a story, and of its other editions, removed ones included. Copies that a program made of
    conflicting changes count, too; damaged files and notes do not."""
    files = synced_files.read(folder, _KIND, content.digests(story), _LARGEST)
    return [row for file, found in files for row in _rows(file, found, story)]


def write(folder: Path, story: Story, rows: Sequence[Row]) -> None:
    """Write the notes of a story. Raises OSError."""
    notes = [{key: getattr(row, key) for key in (*_TEXTS, *_WHOLE, *_TIMES)} for row in rows]
    synced_files.write(folder, _KIND, content.digests(story), {"notes": notes})


def _rows(file: Path, found: Any, story: Story) -> Iterator[Row]:
    notes = found.get("notes")
    for note in notes if isinstance(notes, list) else ():
        try:
            yield _row(note, story)
        except (ValueError, KeyError, TypeError, OverflowError):
            _logger.warning("a note in %s cannot be read", file, exc_info=True)


def _row(note: Any, story: Story) -> Row:
    values = {key: clean(str(note[key])) for key in _TEXTS}
    numbers = {key: int(note[key]) for key in _WHOLE}
    times = {key: float(note[key]) for key in _TIMES}
    if not all(map(math.isfinite, times.values())) or not 0 <= numbers["block"] < 2**31:
        raise ValueError("no place")
    at, *around = values["around"].split()
    if not (int(at) < len(around) and 0 <= numbers["first"] <= numbers["last"] < 2**31):
        raise ValueError("no place")
    source = os.fsencode(story.source) if not story.source.isprintable() else story.source
    return Row(story=story.identity, title=clean(story.title), source=source, **values, **numbers, **times)  # type: ignore[arg-type]
