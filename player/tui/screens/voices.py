"""The voices for the story's language, heard before one is chosen."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList, Static

from player.audio.clock import in_times
from player.speech import speeds
from player.speech.engine import ANY_LANGUAGE, Voice
from player.story.text import printable
from player.tui.dialog import Dialog
from player.tui.keys.hints import KeyHints
from player.tui.text import shortened
from player.tui.voice_preview import VoicePreview
from player.tui.widgets import Choices

if TYPE_CHECKING:
    from player.tui.listening import Listening

_logger = logging.getLogger(__name__)

_WIDEST = 90
"""Width of the dialog in cells on a wide screen, as in the stylesheet."""
_AROUND = 7
"""Cells of the width without text: borders, padding, scrollbar."""
_REGION = 6
"""Cells for a language and its region: "en-029"; what a longer tag has more, the voice's name tells."""
_LINGERS = 0.25
"""Seconds that the mark rests on a voice before it is heard: whoever walks on wants to hear none of those between."""


class VoicesScreen(Dialog[str | None]):
    """Returns the chosen voice ("engine:name"), or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,v", "close", "Close"),
        Binding("space", "again", "Hear it again"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, listening: Listening, text: str) -> None:
        """`text` is what the voices say: the current sentence."""
        super().__init__()
        self._listening = listening
        # The preview's own process says the rest of the sentence: another one loads the voice that may be chosen.
        self._preview = VoicePreview(
            listening,
            text,
            on_sound=listening.player.prepare,
            on_failure=lambda reason: self.call_later(self._say, reason),
        )
        self._voices: Sequence[Voice] = ()
        self._lingering: Timer | None = None

    def compose(self) -> ComposeResult:
        """Yield a line that says that voices are looked for, and the list for them."""
        with Vertical(classes="dialog", id="voices") as dialog:
            dialog.border_title = "Voices"
            yield Static("Looking for voices …", id="state")
            yield Choices()
            yield KeyHints(
                ("Enter", "go on in it", "screen.accept"),
                ("space", "hear it again", "screen.again"),
                ("Esc", "close", "screen.close"),
            )

    def on_mount(self) -> None:
        """Ask the engines, which takes up to a second."""
        self._look()

    def on_unmount(self) -> None:
        """End the preview."""
        self._preview.stop()

    @work(thread=True)
    def _look(self) -> None:
        try:
            found, known = self._listening.voices(), speeds.known()
        except Exception as error:  # the thread's boundary: the listener waits for it
            _logger.warning("the voices cannot be listed", exc_info=True)
            self.app.call_from_thread(self._say, str(error) or type(error).__name__)
            return
        self.app.call_from_thread(self._show, found, known)

    def _say(self, text: str) -> None:
        state = self.query_one("#state", Static)
        state.display = bool(text)
        state.update(Content(printable(text)))

    def _show(self, voices: Sequence[Voice], known: Mapping[str, float]) -> None:
        now = self._listening.player.voice.id
        self._voices = voices
        self._say("" if voices else "No other voice speaks this language: listen voices")
        listed = self.query_one(OptionList)
        cells = [_cells(voice, known.get(voice.id)) for voice in voices]
        columns = [max(map(len, column)) for column in zip(*cells, strict=True)]
        width = min(self.size.width, _WIDEST) - _AROUND
        listed.add_options(
            [_line(voice, each, columns, width, voice.id == now) for voice, each in zip(voices, cells, strict=True)]
        )
        listed.highlighted = next((n for n, voice in enumerate(voices) if voice.id == now), 0) if voices else None
        listed.focus()

    @on(OptionList.OptionHighlighted)
    def linger(self, message: OptionList.OptionHighlighted) -> None:
        """Let the marked voice be heard, unless the mark moves on; not the one that speaks anyway."""
        self._cancel_lingering()
        self._preview.stop()
        self._say("")
        voice = self._voices[message.option_index].id
        if voice != self._listening.player.voice.id:
            self._lingering = self.set_timer(_LINGERS, lambda: self._preview.say(voice))

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Return the marked voice."""
        self._leave(self._voices[message.option_index].id)

    def action_close(self) -> None:
        """Choose none."""
        self._leave(None)

    def action_again(self) -> None:
        """Hear the marked voice at once."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self._cancel_lingering()
            self._say("")
            self._preview.say(self._voices[at].id)

    def action_accept(self) -> None:
        """Choose the marked voice, like Enter."""
        self.query_one(OptionList).action_select()

    def _leave(self, voice: str | None) -> None:
        """Return a voice, in silence: what is prepared from now on would stay."""
        self._cancel_lingering()
        self._preview.stop()
        self.dismiss(voice)

    def _cancel_lingering(self) -> None:
        if self._lingering is not None:
            self._lingering.stop()
            self._lingering = None


def _cells(voice: Voice, speed: float | None) -> tuple[str, ...]:
    """Return a voice's name, region, gender, and how fast it is rendered; empty where that is unknown."""
    language = "" if voice.language == ANY_LANGUAGE else shortened(printable(voice.language), _REGION)
    return printable(voice.id), language, printable(voice.gender), f"{in_times(speed):>5}" if speed else ""


def _line(voice: Voice, cells: Sequence[str], columns: Sequence[int], width: int, speaks: bool) -> Content:
    """Return a voice's line of at most `width` cells: `cells` in columns so wide, and its description."""
    mark = "▸ " if speaks else "  "
    name, *others = (f"{cell:{most}}" for cell, most in zip(cells, columns, strict=True) if most)
    about = "  ".join((*others, printable(voice.about))).rstrip()
    room = max(width - len(mark) - len(name) - 2, 0)
    return Content.assemble((mark, "$primary"), name, (f"  {shortened(about, room)}", "$said"))
