"""Switching between light and dark colours."""

from __future__ import annotations

from player.tui.colours.themes import DARK, LIGHT
from player.tui.listening import Listening
from player.tui.playing_app import PlayingApp


class Theming(PlayingApp):
    """Two themes: the one that is shown, and the one to switch to."""

    def __init__(self) -> None:
        super().__init__()
        self._themes = {True: DARK.name, False: LIGHT.name}  # the dark and the light one that were there last

    def begin(self, listening: Listening) -> None:
        """See PlayingApp."""
        super().begin(listening)
        if other := self.available_themes.get(listening.other_theme or ""):
            self._themes[other.dark] = other.name

    @property
    def other_theme(self) -> str:
        """Name of the theme to switch to."""
        return self._themes[not self.current_theme.dark]

    def action_switch_theme(self) -> None:
        """Switch between light and dark colours: those that were there last."""
        other, self._themes[self.current_theme.dark] = self.other_theme, self.theme
        self.theme = other
