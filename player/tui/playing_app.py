"""The base of the parts of the player's app: the story that is listened to, and the screen's next look at it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from player.playback.player import Player
from player.settings import Settings
from player.tui.keys.line import KeyLine
from player.tui.keys.table import Key, first_shown
from player.tui.listening import Listening
from player.tui.looking import Looking
from player.tui.terminal.app import TerminalApp
from player.tui.transcript.view import Transcript

if TYPE_CHECKING:
    from player.stories import Stories
    from player.tui.announcement import Announcement


class PlayingApp(TerminalApp[None]):
    """An app over one story that plays, and perhaps another one after it.

    A part that keeps something about the story makes it in `begin`, before the story's widgets are made.
    """

    stories: Stories | None = None
    """Opens other stories; None: there is only this one."""
    settings: Settings
    keys: tuple[Key, ...]
    listening: Listening
    player: Player
    has_story = False
    """False until the first story has begun."""
    transcript: Transcript
    """The story's text on the screen."""
    key_line: KeyLine
    clicked: tuple[int, int] | None = None
    """(block, character) clicked last."""
    _looking: Looking

    def __init__(self) -> None:
        super().__init__()
        self.played: list[str] = []
        """The sources of the stories played before this one."""
        self.left: list[Listening] = []
        """Stories that were left while one of them was exported."""

    def begin(self, listening: Listening) -> None:
        """Make everything that belongs to one story."""
        self.listening = listening
        self.player = listening.player
        self.has_story = True
        self.clicked = None

    def key(self, id: str) -> str:
        """Return the key of an action by its id, as shown."""
        return first_shown(self.keys, id)

    @property
    def being_read(self) -> bool:
        """True while only the story's beginning is there."""
        return False

    def story_is_shown(self) -> None:
        """Go on when the story's widgets are on the screen."""

    @abstractmethod
    async def go_to(
        self,
        listening: Listening,
        *,
        back: bool = False,
        announcement: Announcement | None = None,
        same: bool = False,
    ) -> None:
        """Play another story in place of this one; `back` if it was played before. An announcement is said first. If it
        is the `same`, read anew, it goes on as it does."""

    @abstractmethod
    def tell_where_it_goes_on(self, told: str = "") -> None:
        """Tell `told`, and where the story goes on if that is not its beginning."""

    def wake(self) -> None:
        """Look at the transport soon, because what the screen shows has changed."""
        self._looking.wake()
