"""The beginning of a long story, heard in the library while the rest is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.playback.position import State
from player.tui.actions.queueing import Queueing

if TYPE_CHECKING:
    from player.session.prelude import Prelude


class Beginning:
    """Plays in place of the story that plays, as fast and as loud."""

    def __init__(self, app: Queueing, prelude: Prelude) -> None:
        """Pause what plays, and play the beginning."""
        self._paused = None
        if app.has_story:
            app.stay()
            before = app.player.transport
            prelude.player.transport.speed = app.slowly.usual_speed
            prelude.player.transport.volume = before.volume
            if before.position().state in (State.PLAYING, State.WAITING):
                before.pause()
                self._paused = before
        prelude.player.transport.play()

    def give_up(self) -> None:
        """Go on with what was paused for it."""
        if self._paused is not None:
            self._paused.play()
