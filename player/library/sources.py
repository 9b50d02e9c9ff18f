"""Sources as SQLite stores them: text must be UTF-8, which a path need not be."""

from __future__ import annotations

import os


def storable(source: str) -> str | bytes:
    """Return a source as it is stored."""
    try:
        source.encode()
    except UnicodeEncodeError:
        return os.fsencode(source)
    return source


def source_of(stored: str | bytes) -> str:
    """Return a stored source."""
    return os.fsdecode(stored)
