"""The interface between the screen and the story that was opened for it."""

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
    """One story being listened to."""

    @property
    def player(self) -> Player:
        """The story's player."""

    @property
    def resume(self) -> Remembered | None:
        """The place to offer for resuming; the story then plays from there or from the beginning. With None nothing is
        offered, and the player is left as it is."""

    def remember(self, block: int, character: int) -> None:
        """Keep the listener's place. Returns at once."""

    def export(
        self, path: Path, progress: Callable[[Progress], None], cancelled: Event, chapter: int | None
    ) -> Summary:
        """Write a file while the story plays: the whole story, or one chapter (an index). Called in a thread.

        Raises PlayerError.
        """
