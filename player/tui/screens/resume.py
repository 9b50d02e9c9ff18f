"""The offer to resume at the listener's place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from player.audio.clock import clock
from player.tui.key_hints import KeyHints
from player.tui.text import shortened

if TYPE_CHECKING:
    from player.library import Remembered
    from player.playback.player import Player

_QUOTED = 160
"""Characters of the story shown, so that the listener recognises the place."""


class ResumeScreen(ModalScreen[bool]):
    """Returns True to resume there, False to start at the beginning."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space,escape", "dismiss(True)", "Go on"
        ),  # dismissing it without reading must not lose the place
        Binding("b,home", "dismiss(False)", "From the beginning"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, player: Player, place: Remembered) -> None:
        super().__init__()
        self._player = player
        self._place = place

    def compose(self) -> ComposeResult:
        """Yield the time of the last listening, and the text at the place."""
        player, block, character = self._player, self._place.block, self._place.character
        timeline = player.timeline
        seconds = timeline.time(timeline.find(block, character)) / timeline.rate / player.transport.speed
        about = "" if timeline.exact else "about "
        utterances = timeline.utterances(block)
        start = utterances[timeline.utterance_of(block, character)].span.start if utterances else 0
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "You were here before"
            yield Static(Content(f"Go on at {about}{clock(seconds)}?"))
            yield Static(Content(shortened(player.story.blocks[block].text[start:], _QUOTED)), classes="quoted")
            yield KeyHints(
                ("Enter", "go on", "screen.dismiss(True)"), ("b", "from the beginning", "screen.dismiss(False)")
            )
