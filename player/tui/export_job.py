"""One export in a thread, while the story plays."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message

from player.errors import PlayerError, Unsaid
from player.tui.messages import ExportFailed, ExportFinished, ExportProgressed

if TYPE_CHECKING:
    from player.export import Progress, Summary

_logger = logging.getLogger(__name__)

Export = Callable[[Path, Callable[["Progress"], None], Event, int | None], "Summary"]
"""Writes a file: export(path, progress, cancelled, chapter); see Listening."""

_TOLD_AGAIN = 0.002
"""Smallest share of the work between two messages of progress."""

_TELLING_SECONDS, _TELLING_SHARE = 2.0, 0.02
"""Seconds and share of the work after which the time left can be told."""


class ExportJob:
    """Writes one file, and reports by messages."""

    def __init__(self, path: Path, chapter: int | None, export: Export, post: Callable[[Message], object]) -> None:
        """`chapter` as for Export; `post` takes messages, from any thread."""
        self.path = path
        self.chapter = chapter
        self.share = 0.0
        """Progress, 0 to 1."""
        self._export = export
        self._post = post
        self._cancelled = Event()
        self._begun = monotonic()

    @property
    def left(self) -> float | None:
        """Seconds until the file is written, estimated from the progress so far; None if there is too little of it."""
        took = monotonic() - self._begun
        return None if took < _TELLING_SECONDS or self.share < _TELLING_SHARE else took * (1 / self.share - 1)

    def cancel(self) -> None:
        """Stop soon, leaving no file."""
        self._cancelled.set()

    def run(self) -> None:
        """Write the file. Call it in a thread; raises nothing."""
        try:
            summary = self._export(self.path, self._progress, self._cancelled, self.chapter)
        except Exception as error:
            _logger.warning("the export to %s failed", self.path, exc_info=True)
            reason = str(error) if isinstance(error, PlayerError) else "the file could not be made"
            if self._cancelled.is_set():
                self._post(ExportFailed(""))
            else:
                self._post(ExportFailed(reason, error if isinstance(error, Unsaid) else None))
        else:
            self._post(ExportFinished(summary))

    def _progress(self, progress: Progress) -> None:
        share = min(progress.done / max(progress.total, 1), 1.0)
        if share - self.share >= _TOLD_AGAIN:
            self.share = share
            self._post(ExportProgressed(share))
