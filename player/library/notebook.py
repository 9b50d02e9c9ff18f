"""The notes of the story that plays: read and written in a thread, shared through a folder."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from player.errors import PlayerError
from player.library import synced_notes
from player.library.notes import Note, Notes
from player.library.store import Library
from player.story.model import Story

if TYPE_CHECKING:
    from concurrent.futures import Executor

_PATIENCE = 3.0
"""Seconds to wait for other programs that write."""

_logger = logging.getLogger(__name__)


class Notebook:
    """The notes of one story. A failure to read or write is announced once, and the story plays on."""

    def __init__(self, path: Path, story: Story, notify: Callable[[str], None], *, synced: Path | None = None) -> None:
        """`path` of the library. `notify` receives notices, from any thread. `synced` is a folder of notes that other
        machines share."""
        self._path = path
        self._story = story
        self._notify = notify
        self._synced = synced
        self._told = False
        self._library: Library | None = None
        self._made: Executor | None = None
        self._lock = Lock()  # for making it

    def grow(self, story: Story) -> None:
        """Go on with a story of which the one so far is the beginning."""
        self._story = story

    def read(self) -> list[Note]:
        """Return all notes, in the order of the text; none when they cannot be read. Call it in a thread."""
        return self._thread.submit(self._read).result()

    def put(self, note: Note) -> None:
        """Keep a note, in place of an older one with its id. Returns at once."""
        self._thread.submit(self._put, note)

    def close(self) -> None:
        """Write what is left."""
        if self._made is not None:
            self._made.submit(self._close)
            self._made.shutdown()

    @property
    def _thread(self) -> Executor:
        from concurrent.futures import ThreadPoolExecutor  # 0.01 s, after the first sound

        with self._lock:
            self._made = self._made or ThreadPoolExecutor(1, "notes")
            return self._made

    # -- in the thread -----------------------------------------------------------------------------------------

    def _read(self) -> list[Note]:
        try:
            notes = self._notes()
            if self._synced is not None and self._library is not None and not self._library.read_only:
                notes.merge(synced_notes.read(self._synced, self._story))
            return notes.of(self._story)
        except Exception as error:  # noqa: BLE001 - logged and told
            self._tell("Notes cannot be read", error)
            return []

    def _put(self, note: Note) -> None:
        try:
            notes = self._notes()
            notes.put(self._story, note)
            if self._synced is not None:
                notes.merge(synced_notes.read(self._synced, self._story))
                synced_notes.write(self._synced, self._story, notes.rows_of(self._story))
        except Exception as error:  # noqa: BLE001 - logged and told
            self._tell("Notes are not kept", error)

    def _close(self) -> None:
        if self._library is not None:
            self._library.close()

    def _notes(self) -> Notes:
        if self._library is None:
            self._library = Library(self._path, patience=_PATIENCE)
        return Notes(self._library)

    def _tell(self, what: str, error: Exception) -> None:
        _logger.warning("notes", exc_info=True)
        if not self._told:
            self._told = True
            self._notify(f"{what}: {error.message if isinstance(error, PlayerError) else error}")
