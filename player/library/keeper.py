"""Keeping the listener's place while a story plays, without waiting for the disk."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Condition, Thread
from typing import NamedTuple

from player.errors import PlayerError
from player.library.content import digests
from player.library.one_player import OnePlayer
from player.library.store import Library, Remembered
from player.library.synced import keep, newest
from player.story.model import Story

_AGAIN_SECONDS = 2.0
"""Seconds until a failed write is tried again."""
_FAREWELL_SECONDS = 3.0
"""Seconds that `close` waits for the last write, which takes 1 ms unless another program holds the file."""

LOCKS = "listening.lock"
"""Name of the file of locks, in the folder of the library."""

_logger = logging.getLogger(__name__)


class _Kept(NamedTuple):
    """A place to keep."""

    block: int
    character: int
    heard: float
    """When, in seconds since 1970."""


class PlaceKeeper:
    """Keeps the place in one story. A failure to read or write is announced once, and the story plays on."""

    remembered: Remembered | None = None
    """The listener's place when this story was last open."""

    lasted: tuple[str, float] = "", 0.0
    """The voice that spoke the story last, and how many seconds it took at speed 1."""

    def __init__(self, path: Path, story: Story, notify: Callable[[str], None], *, synced: Path | None = None) -> None:
        """Look up the place in the library at `path`. `notify` receives notices, from any thread. `synced` is
        a folder of places that other machines share."""
        self._path = path
        self._story = story
        self._notify = notify
        self._told = False
        self._changed = Condition()
        self._newest: _Kept | None = None
        self._facts: tuple[str, float, bool] | None = None  # what `describe` was told, until it is written
        self._closed = False
        self._thread: Thread | None = None
        self._before = ""  # the story's identity when it was last open
        self._synced = synced
        self._last: _Kept | None = None  # the place that was heard last
        self._hashes = digests(story)
        self._claim = OnePlayer(path.with_name(LOCKS), self._hashes)
        self._may_be_older = not self._claim.is_first  # True until it is known that no other player was heard later
        if self._may_be_older:
            notify("This story is open in another player, which keeps the place")
        try:
            with closing(Library(path, patience=_FAREWELL_SECONDS)) as library:
                self.remembered = library.place(story)
                self._before = self.remembered.story if self.remembered else ""
                self.lasted = library.lasted(story)
                if library.read_only:
                    self._tell(f"{path} cannot be written")
                    self._closed = True
        except PlayerError as error:
            self._tell(error.message)
        if synced is not None:
            self._take_newer(synced)

    def _take_newer(self, folder: Path) -> None:
        """Take the place that another machine kept, if it is newer than the own one."""
        other = newest(folder, self._hashes)
        if other is not None and (self.remembered is None or other.away < self.remembered.away):
            self.remembered = other if (other.block, other.character) > (0, 0) else None

    def keep(self, block: int, character: int, heard: float | None = None) -> None:
        """Keep the listener's place, `heard` in seconds since 1970: now if None; if 0, no later than it was kept when
        the story was opened. Returns at once; of several waiting places only the newest is written."""
        heard = time.time() if heard is None else heard
        before = time.time() - self.remembered.away if self.remembered else 0.0
        with self._changed:
            self._newest = _Kept(block, character, heard or before)
            self._last = self._newest if heard else self._last
            self._write_soon()

    def describe(self, voice: str, seconds: float, *, finished: bool = False) -> None:
        """Keep what the library shows of the story; see `Library.describe`. Returns at once."""
        with self._changed:
            self._facts = (voice, seconds, finished or (self._facts is not None and self._facts[2]))
            self._write_soon()

    def _write_soon(self) -> None:
        if self._closed or not self._has_story():
            return
        if self._thread is None:
            # A daemon, so that a program holding the file for minutes does not keep the process alive.
            self._thread = Thread(target=self._run, name="places", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _has_story(self) -> bool:
        """Return True if this player keeps the place: no other has the story open, or not any more."""
        if self._claim.is_first:
            return True
        if self._last is None or not self._claim.claim():
            return False
        self._notify("The other player of this story has gone: this one keeps the place from now on")
        return True

    def close(self) -> None:
        """Write the last place, for at most 3 s."""
        with self._changed:
            if self._newest is not None:
                self._write_soon()
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(_FAREWELL_SECONDS)
        if self._synced is not None and self._last is not None and self._claim.is_first:
            try:
                keep(self._synced, self._hashes, *self._last)
            except OSError:
                _logger.warning("the place is not kept in %s", self._synced, exc_info=True)
                self._tell(f"{self._synced} cannot be written")
        self._claim.close()

    # -- the writer's thread ---------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._done():
            try:
                with closing(Library(self._path)) as library:
                    self._write_with(library)
            except Exception as error:
                _logger.warning("the place was not kept", exc_info=True)
                self._tell(error.message if isinstance(error, PlayerError) else f"{type(error).__name__}: {error}")
                with self._changed:
                    if self._closed:
                        return
                    self._changed.wait_for(lambda: self._closed, _AGAIN_SECONDS)

    def _heard_by_others(self, library: Library) -> float:
        """Return when the story was heard last, in seconds since 1970, under whichever name."""
        return max(map(library.heard, library.known_as(self._story)), default=0.0)

    def _write_with(self, library: Library) -> None:
        while not self._done():
            with self._changed:
                self._changed.wait_for(lambda: bool(self._newest or self._facts) or self._closed)
                place, facts = self._newest, self._facts
            if place is not None and not (self._may_be_older and self._heard_by_others(library) > place.heard):
                block, character, heard = place
                library.remember(self._story, block, character, heard=heard, instead_of=self._before)
            self._may_be_older = False
            if facts is not None:
                voice, seconds, finished = facts
                library.describe(self._story, voice, seconds, finished=finished)
            with self._changed:
                if self._newest == place:
                    self._newest = None
                if self._facts == facts:
                    self._facts = None

    def _done(self) -> bool:
        with self._changed:
            return self._closed and self._newest is None and self._facts is None

    def _tell(self, reason: str) -> None:
        if not self._told:
            self._told = True
            self._notify(f"Places in stories are not kept: {reason}")
