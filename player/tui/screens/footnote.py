"""A footnote: shown, said, and closed when it has been said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from player.story.model import Note
from player.story.text import printable
from player.tui.dialog import Dialog
from player.tui.keys.hints import KeyHints
from player.tui.listening import Listening
from player.tui.voice_preview import VoicePreview

_LOOK_SECONDS = 0.25
"""Seconds between two looks whether the note has been said."""


class FootnoteScreen(Dialog[None]):
    """Closes by itself when the notes have been said, unless `stays`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,i,enter,q", "dismiss(None)", "Close"),
        Binding("space", "again", "Say it again"),
    ]

    def __init__(self, listening: Listening, notes: Sequence[tuple[int, Note]], *, voice: str, stays: bool) -> None:
        """`notes` with their numbers; `voice` is an id."""
        super().__init__()
        self._notes = notes
        self._voice = voice
        self._stays = stays
        self._preview = VoicePreview(listening, " ".join(note.text for _, note in notes))

    def compose(self) -> ComposeResult:
        """Yield each note with its number."""
        with VerticalScroll(classes="dialog", id="footnote") as dialog:
            dialog.border_title = "Note" if len(self._notes) == 1 else "Notes"
            for number, note in self._notes:
                yield Static(Content.assemble((f"{number}  ", "bold $primary"), printable(note.text)))
            yield KeyHints(("space", "say it again", "screen.again"), ("Esc", "back", "screen.dismiss(None)"))

    def on_mount(self) -> None:
        """Say the notes."""
        self._preview.say(self._voice)
        if not self._stays:
            self.set_interval(_LOOK_SECONDS, self._look)

    def on_unmount(self) -> None:
        """End what is said."""
        self._preview.stop()

    def action_again(self) -> None:
        """Say the notes again, from the beginning."""
        self._preview.say(self._voice)

    def _look(self) -> None:
        if self._preview.has_ended:
            self.dismiss(None)
