"""Pausing while there is no sound, for listeners who do not want to miss a word."""

from __future__ import annotations

from player.audio.timeline import Place
from player.playback.transport import State, Transport


class Pausing:
    """Told when sound goes away, and when it is back: pauses a transport, and has it go on unless the listener has
    meanwhile used it."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._paused_at: Place | None = None

    def __call__(self, silent: bool) -> None:
        """Sound has gone away (True), or is back (False)."""
        position = self._transport.position()
        if silent:
            self._paused_at = None
            if position.state in (State.PLAYING, State.WAITING):
                self._transport.pause()
                self._paused_at = self._transport.position().place
        elif position.state is State.PAUSED and position.place == self._paused_at:
            self._transport.play()
