"""The base of the parts of the player's app: the story that is listened to, and the screen's next look at it."""

from __future__ import annotations

from player.tui.listening import Listening
from player.tui.looking import Looking
from player.tui.terminal_app import TerminalApp
from player.tui.transcript import Transcript


class PlayingApp(TerminalApp[None]):
    """An app over one story that plays."""

    transcript: Transcript
    """The story's text on the screen."""
    clicked: tuple[int, int] | None = None
    """(block, character) clicked last."""
    _looking: Looking

    def __init__(self, listening: Listening) -> None:
        super().__init__()
        self.listening = listening
        self.player = listening.player

    def wake(self) -> None:
        """Look at the transport soon, because what the screen shows has changed."""
        self._looking.wake()
