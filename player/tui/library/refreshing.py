"""The part of the library that looks for new stories of followed feeds."""

from __future__ import annotations

import logging
from abc import abstractmethod
from contextlib import closing
from typing import TYPE_CHECKING

from textual import work

from player.errors import PlayerError
from player.tui.background import Job
from player.tui.dialog import Dialog
from player.tui.listening import Listening

if TYPE_CHECKING:
    from player.stories import Stories

_logger = logging.getLogger(__name__)


class Refreshing(Dialog[Listening | None]):
    """Refreshes the feeds by a key, or by itself if that is set."""

    def __init__(self, stories: Stories) -> None:
        super().__init__()
        self.stories = stories
        self.job: Job | None = None
        """What the listener waits for: a story being opened or added."""
        self.refreshing: Job | None = None
        self.refreshes_by_itself = False

    @abstractmethod
    def say(self, text: str, *, problem: bool = False) -> None:
        """Show what goes on, or is wrong."""

    @work(thread=True)
    def refresh_if_due(self) -> None:
        """Refresh the feeds if that is set, and was long ago."""
        from player.following import due

        hours = self.stories.settings.refresh_feeds
        if not hours:
            return
        try:
            with closing(self.stories.shelf()) as shelf:
                is_due = due(shelf, hours)
        except PlayerError:
            _logger.warning("the feeds cannot be looked up", exc_info=True)  # and the library's list tells so
            return
        if is_due:
            self.app.call_from_thread(self._refresh, by_itself=True)

    def action_refresh_feeds(self) -> None:
        """Let the new stories of followed feeds join the queue."""
        self._refresh(by_itself=False)

    def _refresh(self, *, by_itself: bool) -> None:
        from player.following import refresh

        if self.refreshing is None and self.is_mounted:
            self.refreshing, self.refreshes_by_itself = Job("Looking for new stories"), by_itself
            self.say(f"{self.refreshing.name} …" + ("" if by_itself else "  (Esc stops)"))
            self.refreshing.start(lambda watch: list(refresh(self.stories, watch)), self)
