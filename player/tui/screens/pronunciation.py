"""The dialog for a word's pronunciation: typed as it sounds, heard in its sentence, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Checkbox, Input, Label, Static

from player.errors import PlayerError
from player.library.lexicons import with_entry
from player.story.language_tag import language_of
from player.story.text import printable
from player.tui.dialog import Dialog
from player.tui.keys.hints import KeyHints
from player.tui.text import shortened
from player.tui.voice_preview import VoicePreview
from player.tui.widgets import Box, OneOf
from player.utterance.lexicon.entry import LONGEST, Entry, entered
from player.utterance.lexicon.matching import Lexicon
from player.utterance.manner import Manner, Reads

if TYPE_CHECKING:
    from player.tui.listening import Listening

_QUOTED = 120
"""Characters shown of the sentence."""
_LINGERS = 0.7
"""Seconds after the last key until the sentence is heard."""
_SCOPES = ("in this story", "in all stories", "in all stories in this language ({})")


class Spot(NamedTuple):
    """A word in its sentence."""

    word: str
    sentence: str
    """As far as one voice says it."""
    at: int
    """Index in the sentence of the word's first character."""
    language: str
    """BCP 47, of the sentence."""
    voice: str
    """The voice that says it ("engine:name")."""
    manner: Manner
    """How that voice's engine reads text."""


class Pronunciation(NamedTuple):
    """The listener's answer."""

    entry: Entry
    """With neither `say` nor `ipa` the word is said as it is written."""
    only_here: bool
    """True for this story alone."""


class PronunciationScreen(Dialog[Pronunciation | None]):
    """Asks how a word is said; returns a Pronunciation, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Keep"),
        Binding("ctrl+r", "hear", "Hear it"),
        Binding("escape", "dismiss(None)", "Close"),
    ]

    def __init__(self, listening: Listening, spot: Spot) -> None:
        super().__init__()
        self._listening = listening
        self._spot = spot
        self._preview = VoicePreview(
            listening,
            spot.sentence,
            spot.language,
            on_failure=lambda reason: self.call_later(self._say, printable(reason)),
        )
        self._lingering: Timer | None = None
        self._manner = spot.manner
        self._lexicon = listening.player.script.lexicon
        self._known = self._found()
        """The entry that counts now, and the label of its source."""

    def compose(self) -> ComposeResult:
        """Yield the sentence, the word, how it is said, and where that holds."""
        known = self._known and self._known[0]
        with Vertical(classes="dialog form", id="pronunciation") as dialog:
            dialog.border_title = "Say it as …"
            yield Static(Content(f"“{shortened(printable(self._spot.sentence), _QUOTED)}”"), classes="sentence")
            yield from _line("Written", known.written if known else self._spot.word, "written")
            yield from _line("Say", (known and known.say) or "", "say", "spelled as it sounds")
            if Reads.IPA in self._manner.reads:
                yield from _line("Or IPA", known.ipa if known else "", "ipa", "such as ˈnjuːtən")
            elif known and known.ipa:
                yield Static(Content(f"IPA for other voices, which stays: {printable(known.ipa)}"))
            with Horizontal(classes="line"):
                yield Label("Keep it")
                yield OneOf(
                    [text.format(language_of(self._spot.language)) for text in _SCOPES], self._scope, id="scope"
                )
            yield Box("Only with these capitals", bool(known and known.match_case), id="case", compact=True)
            yield Static(id="problem", classes="problem", markup=False)
            yield KeyHints(
                ("Enter", "keep it", "screen.accept"),
                ("^R", "hear it", "screen.hear"),
                ("Tab", "next", "app.focus_next"),
                ("Esc", "close", "screen.dismiss(None)"),
            )

    def _found(self) -> tuple[Entry, str] | None:
        """Return the entry of the phrase that the word stands in, else that of the word, with or without the full stop
        of an abbreviation."""
        spot, lexicon = self._spot, self._lexicon
        if there := lexicon.at(spot.sentence, spot.at, spot.language, self._manner):
            return there
        known = (lexicon.find(word, spot.language, self._manner) for word in (spot.word, spot.word.removesuffix(".")))
        return next((found for found in known if found), None)

    @property
    def _scope(self) -> int:
        """Index of the scope of the pronunciation known so far; at first, this story."""
        if self._known is None or self._known[1]:
            return 0
        return 2 if self._known[0].language else 1

    def on_mount(self) -> None:
        """Let the listener type at once."""
        self.query_one("#say", Input).focus()

    def on_unmount(self) -> None:
        """End the preview."""
        self._preview.stop()

    @property
    def _entry(self) -> Entry:
        """The entry as typed. Raises UsageError when that is none."""
        say, ipa = self._typed("say"), self._typed("ipa")
        entry = Entry(
            self._typed("written"),
            say or (None if ipa else ""),
            ipa,
            self.query_one(Checkbox).value,
            language_of(self._spot.language) if self.query_one(OneOf).chosen == 2 else "",
        )
        return entered(entry)

    def _typed(self, name: str) -> str:
        return next((field.value.strip() for field in self.query(f"#{name}").results(Input)), "")

    @property
    def _is_as_written(self) -> bool:
        return not self._typed("say") and not self._typed("ipa")

    @on(Input.Changed)
    @on(Checkbox.Changed)
    def linger(self, message: Input.Changed | Checkbox.Changed) -> None:
        """Let the sentence be heard as soon as the listener stops typing."""
        self._say(self._problem())
        self._stop_lingering()
        self._preview.stop()
        unchanged = self._known is not None and self._typed("say") == (self._known[0].say or "")
        if not self._is_as_written and not unchanged and not self._problem():
            self._lingering = self.set_timer(_LINGERS, self.action_hear)

    def action_hear(self) -> None:
        """Hear the sentence with the word as typed; as written if nothing is typed."""
        self._stop_lingering()
        if not self._problem():
            entry = self._entry
            self._preview.say(self._spot.voice, replace(entry, say=entry.written) if self._is_as_written else entry)

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Return the answer, unless it is none."""
        if problem := self._problem():
            self._say(problem)
            return
        self._stop_lingering()
        entry = self._entry
        if self._is_as_written:
            entry = Entry(entry.written, match_case=entry.match_case)
        self.dismiss(Pronunciation(entry, self.query_one(OneOf).chosen == 0))

    def _problem(self) -> str:
        """Return what is wrong with the typed entry, in a sentence; empty when nothing is."""
        try:
            entry = self._entry
        except PlayerError as error:
            return printable(str(error))
        sentence, language = self._spot.sentence, self._spot.language
        wanted = Lexicon(("", [entry])).readings(sentence, language, self._manner)
        if not wanted:
            return f"“{printable(entry.written)}” is no word of this sentence."
        said = with_entry(self._lexicon, entry).readings(sentence, language, self._manner)
        if any(one.start == other.start and one.end == other.end for one in wanted for other in said):
            return ""
        start = wanted[0].start
        phrase = next(sentence[one.start : one.end] for one in said if one.start <= start < one.end)
        return f"“{printable(phrase)}” has a pronunciation of its own here, which counts before that of a part."

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Static).update(Content(problem))

    def _stop_lingering(self) -> None:
        if self._lingering is not None:
            self._lingering.stop()
            self._lingering = None


def _line(label: str, value: str, name: str, hint: str = "") -> Iterator[Horizontal]:
    """Yield a label and an input on one line."""
    field = Input(value, hint, id=name, compact=True, max_length=LONGEST)
    field.cursor_blink = False
    yield Horizontal(Label(label), field, classes="line")
