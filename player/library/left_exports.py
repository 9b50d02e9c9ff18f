"""Exports that go on when the player has ended: how far each is, and how it ended, in a small file each."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

from player import kept_values
from player.library.one_player import OnePlayer

FOLDER = "exports"
"""Name of the folder, beside the library's file."""

_KEPT_SECONDS = 7 * 86_400.0
"""Seconds for which the end of an export can be looked up."""
_WRITTEN_AGAIN = 0.01
"""Smallest share of the work between two writes of progress."""

_logger = logging.getLogger(__name__)


class State(StrEnum):
    """How an export stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    KILLED = "killed"


_SENTENCES = {
    State.RUNNING: "Exporting in the background, {share:.0%} done: {path}",
    State.DONE: "Exported in the background: {path}",
    State.FAILED: "Not exported in the background: {path} ({reason})",
    State.KILLED: "The export in the background was ended, and left no file: {path}",
}


@dataclass(frozen=True, slots=True)
class LeftExport:
    """An export that was left in the background."""

    record: Path
    """The file that tells of it."""
    path: str
    """The file to write."""
    state: State
    share: float
    """Share of the work that is done, 0 to 1."""
    reason: str
    """Why it failed; else empty."""
    told: bool
    """True if the listener was told of its end."""

    def __str__(self) -> str:
        """Return a sentence for the listener."""
        return _SENTENCES[self.state].format(share=self.share, path=self.path, reason=self.reason)


class Record:
    """The file of one export, written by the process that makes it."""

    def __init__(self, folder: Path, path: Path) -> None:
        """Begin the record of an export to `path`. Raises OSError."""
        self._file = folder / f"{uuid4().hex}.json"
        self._claim = OnePlayer(_locks(folder), [self._file.name])
        self._share = 0.0
        self._keep(path=str(path), state=State.RUNNING, begun=time.time(), process=os.getpid())

    def progress(self, share: float) -> None:
        """Keep the share of the work that is done, 0 to 1."""
        if share - self._share >= _WRITTEN_AGAIN:
            self._share = share
            with suppress(OSError):  # a full disk: the export itself will tell
                self._keep(share=share)

    def end(self, reason: str = "") -> None:
        """Keep that the export is done, or why not. Raises OSError."""
        self._keep(state=State.FAILED if reason else State.DONE, reason=reason)
        self._claim.close()

    def _keep(self, **values: object) -> None:
        kept_values.add(self._file, values)


def left_exports(folder: Path) -> list[LeftExport]:
    """Return all exports of the last days, the oldest first."""
    found = []
    for file in _records(folder):
        values = kept_values.read(file)
        state: Any = values.get("state")
        if state == State.RUNNING and not _runs(folder, file):
            values = kept_values.read(file)  # again: it may have ended between
            state = State.KILLED if values.get("state") == State.RUNNING else values.get("state")
        try:
            begun, state = float(values["begun"]), State(state)
        except (KeyError, TypeError, ValueError):
            _logger.warning("%s is no record of an export", file, exc_info=True)
            continue
        if state is not State.RUNNING and time.time() - begun > _KEPT_SECONDS:
            with suppress(OSError):
                file.unlink(missing_ok=True)
            continue
        share, reason = float(values.get("share", 0.0)), str(values.get("reason", ""))
        found.append((begun, LeftExport(file, str(values.get("path")), state, share, reason, "told" in values)))
    return [export for _, export in sorted(found, key=lambda pair: pair[0])]


def news(folder: Path) -> tuple[list[LeftExport], bool]:
    """Return the exports that ended since this was asked last, by any player; and True while others go on."""
    exports = left_exports(folder)
    ended = [export for export in exports if export.state is not State.RUNNING and not export.told]
    for export in ended:
        with suppress(OSError):  # told once more, then
            kept_values.add(export.record, {"told": True})
    return ended, any(export.state is State.RUNNING for export in exports)


def stop(folder: Path) -> list[LeftExport]:
    """Ask the exports that go on to end without a file, which they do within seconds; return them."""
    asked = []
    for export in left_exports(folder):
        process = kept_values.read(export.record).get("process")
        if export.state is State.RUNNING and isinstance(process, int):
            with suppress(OSError):  # it has just ended
                os.kill(process, signal.SIGTERM)
                asked.append(export)
    return asked


def _records(folder: Path) -> Iterator[Path]:
    try:
        yield from folder.glob("*.json")
    except OSError:
        _logger.warning("%s cannot be read", folder, exc_info=True)


def _locks(folder: Path) -> Path:
    return folder / "locks"


def _runs(folder: Path, record: Path) -> bool:
    """Return True while the process that writes a record lives: it holds a lock."""
    claim = OnePlayer(_locks(folder), [record.name])
    claim.close()
    return not claim.is_first
