"""Pausing while sound is lost, for listeners who do not want to miss a word."""

from __future__ import annotations

from player.audio.timeline import Place
from player.playback.position import State
from player.playback.transport import Transport


class Pausing:
    """Pause a transport when sound is lost. Play when it is back, unless the listener has used a control meanwhile."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._paused_at: Place | None = None

    def __call__(self, silent: bool) -> None:
        """Handle a change of sound: lost (True) or back (False)."""
        position = self._transport.position()
        if silent:
            self._paused_at = None
            if position.state in (State.PLAYING, State.WAITING):
                self._transport.pause()
                self._paused_at = self._transport.position().place
        elif position.state is State.PAUSED and position.place == self._paused_at:
            self._transport.play()
