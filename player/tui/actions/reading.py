"""How the text is shown while it is heard: what is marked, or one word at a time."""

from __future__ import annotations

from textual.timer import Timer

from player.tui.listening import Listening
from player.tui.playing_app import PlayingApp
from player.tui.transcript.one_word import OneWord
from player.tui.transcript.page import Spoken
from player.tui.transcript.reading_modes import ReadingMode

_TOLD_SECONDS = 3.0
"""Seconds for which the name of a new mode is shown."""


class Reading(PlayingApp):
    """The reading modes."""

    reading_hint = ""
    """The name of a mode just chosen."""
    _one_word: OneWord | None = None
    _told: Timer | None = None

    def begin(self, listening: Listening) -> None:
        """See PlayingApp."""
        super().begin(listening)
        self._one_word = None

    def action_reading_mode(self) -> None:
        """Go to the next reading mode, and show its name for a moment."""
        mode = self.transcript.mode.following
        self.read_as(mode)
        self.reading_hint = f"{self.key('read')}: {mode.value}"
        if self._told is not None:
            self._told.stop()
        self._told = self.set_timer(_TOLD_SECONDS, self._forget_hint)
        self.wake()

    def read_as(self, mode: ReadingMode) -> None:
        """Show the text in a mode."""
        self.transcript.mode = mode
        large = mode is ReadingMode.ONE_WORD
        if large and self._one_word is None:
            self._one_word = OneWord()
            self.screen_stack[0].mount(self._one_word, after=self.transcript)
        self.screen_stack[0].set_class(large, "-one-word")
        if large and self.transcript.spoken is not None:
            self.show_word(self.transcript.spoken)

    def show_word(self, spoken: Spoken) -> None:
        """Show the word that sounds, if only that is shown."""
        if self._one_word is not None and self.transcript.mode is ReadingMode.ONE_WORD:
            self._one_word.show(spoken, self.player.story.blocks[spoken.block].text)

    def _forget_hint(self) -> None:
        self.reading_hint = ""
        self.wake()
