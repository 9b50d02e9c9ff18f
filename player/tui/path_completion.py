"""Completing a path where it is typed."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from textual.suggester import Suggester
from textual.widgets import Input


class Paths(Suggester):
    """Completes names of files and folders."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the first name that begins so; None if there is none."""
        return await asyncio.to_thread(completed, value)


async def complete(line: Input) -> bool:
    """Complete the path in a line as it is now; what is typed meanwhile waits. Returns False if nothing fits."""
    before = line.value
    found = await asyncio.to_thread(completed, before)
    if found and line.value == before:
        line.value = found
    line.action_end()
    return line.value != before


def completed(typed: str) -> str | None:
    """Return a path with its last name completed, a folder's with a slash; None if none begins so."""
    folder, name = os.path.split(typed)
    if not typed or typed.startswith(("http:", "https:")):
        return None
    try:
        with os.scandir(Path(folder or ".").expanduser()) as entries:
            found = [entry for entry in entries if entry.name.startswith(name)]
        found = [entry for entry in found if name.startswith(".") or not entry.name.startswith(".")]
        first = min(found, key=lambda entry: entry.name, default=None)
        if first is None or not first.name.isprintable():
            return None
        return os.path.join(folder, first.name) + ("/" if first.is_dir() else "")  # noqa: PTH118 (keeps "./")
    except (OSError, RuntimeError):
        return None
