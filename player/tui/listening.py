"""What the screen needs of whoever opened the story for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Protocol

from player.playback.player import Player

if TYPE_CHECKING:
    from player.export import Progress, Summary
    from player.library import Remembered


class Listening(Protocol):
    """One story that is listened to."""

    @property
    def player(self) -> Player:
        """Plays it."""

    @property
    def resume(self) -> Remembered | None:
        """Where the listener was when the story was last open: it is offered, and then played from there or from the
        beginning. With None the player plays already (or not) as the caller wanted."""

    def remember(self, block: int, character: int) -> None:
        """Keep the listener's place. Returns at once."""

    def export(
        self, path: Path, progress: Callable[[Progress], None], cancelled: Event, chapter: int | None
    ) -> Summary:
        """Write a file while the story plays: all of it, or one chapter (an index). Called in a thread.

        Raises PlayerError.
        """
