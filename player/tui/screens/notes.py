"""The list of notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList

from player.audio.clock import clock
from player.library.notes import Note
from player.playback.player import Player
from player.story.text import printable
from player.tui.dialog import Dialog
from player.tui.keys.hints import KeyHints
from player.tui.text import shortened
from player.tui.widgets import Choices

_WIDEST = 90
"""Width of the dialog in cells on a wide screen, as in the stylesheet."""

_AROUND = 7
"""Cells of the width without text: borders, padding, scrollbar."""

_LONGEST = 1000
"""Characters of a comment."""


class NotesScreen(Dialog[Note | None]):
    """Returns the note to go to, or None. Comments and removals are told at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close"),
        Binding("B", "dismiss(None)", "Close"),
        Binding("e", "edit", "Comment"),
        Binding("d,delete", "remove", "Remove"),
        Binding("u", "restore", "Undo"),
        Binding("space", "app.toggle_play", "Play"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, player: Player, notes: Sequence[Note], put: Callable[[Note], None]) -> None:
        """`put` keeps a changed note."""
        super().__init__()
        self._player = player
        self._notes = list(notes)
        self._put = put

    def compose(self) -> ComposeResult:
        """Yield a line or two for each note, the line for a comment, and keys."""
        with Vertical(classes="dialog", id="notes") as dialog:
            dialog.border_title = "Notes"
            yield Choices()
            comment = Input(placeholder="a comment", compact=True, max_length=_LONGEST)
            comment.cursor_blink = False
            comment.display = False
            yield comment
            yield KeyHints(
                ("Enter", "play from there", "screen.accept"),
                ("e", "comment", "screen.edit"),
                ("d", "remove", "screen.remove"),
                ("u", "undo", "screen.restore"),
                ("Esc", "close", "screen.close"),
                id="keys",
            )
            typing = KeyHints(
                ("Enter", "keep the comment", "screen.keep"), ("Esc", "leave it", "screen.close"), id="typing"
            )
            typing.display = False
            yield typing

    def on_mount(self) -> None:
        """Let the list have the keys."""
        self.query_one(Choices).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines; mark at first the last note before what sounds."""
        if self.query_one(Choices).highlighted is None:
            here = self._player.place_to_keep(self._player.transport.position())
            before = [n for n, note in enumerate(self._notes) if (note.block, note.span.start) <= here]
            self._show(before[-1] if before else 0)
        else:
            self._show()

    def _show(self, at: int | None = None) -> None:
        notes = self.query_one(Choices)
        at = notes.highlighted if at is None else at
        notes.set_options(self._lines(max(min(self.size.width, _WIDEST) - _AROUND, 10)))
        notes.highlighted = at

    def _lines(self, width: int) -> Iterator[Content]:
        timeline = self._player.timeline
        about = "" if timeline.exact else "≈ "
        for note in self._notes:
            seconds = timeline.time(timeline.find(note.block, note.span.start)) / timeline.rate
            when = f"{about}{clock(seconds)}  "
            gone = " strike" if note.removed else ""
            quote = shortened(printable(note.quote), width - len(when))
            parts: list[str | tuple[str, str]] = [(when, "$primary"), (quote, f"$foreground{gone}")]
            if note.comment:
                parts.append((f"\n{' ' * len(when)}{shortened(printable(note.comment), width - len(when))}", "$said"))
            yield Content.assemble(*parts)

    @property
    def _marked(self) -> int | None:
        return self.query_one(Choices).highlighted

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Return the chosen note."""
        self.dismiss(self._notes[message.option_index])

    def action_accept(self) -> None:
        """Return the marked note, like Enter."""
        self.query_one(Choices).action_select()

    def action_close(self) -> None:
        """Leave the comment as it was; else close."""
        if self.query_one(Input).display:
            self._end_editing()
        else:
            self.dismiss(None)

    def action_edit(self) -> None:
        """Type a comment on the marked note."""
        if self._marked is not None:
            comment = self.query_one(Input)
            comment.value = self._notes[self._marked].comment
            self._edit(True)
            comment.focus()

    @on(Input.Submitted)
    def action_keep(self) -> None:
        """Keep the comment."""
        if self._marked is not None:
            self._change(self._marked, self._notes[self._marked].commented(self.query_one(Input).value))
        self._end_editing()

    def _end_editing(self) -> None:
        self._edit(False)
        self.query_one(Choices).focus()

    def _edit(self, typing: bool) -> None:
        """Show the line for a comment and its keys, or the keys of the list."""
        self.query_one(Input).display = self.query_one("#typing").display = typing
        self.query_one("#keys").display = not typing

    def action_remove(self) -> None:
        """Remove the marked note. It stays in the list until that is closed, for an undo."""
        if self._marked is not None:
            self._change(self._marked, self._notes[self._marked].gone())

    def action_restore(self) -> None:
        """Keep the marked note again."""
        if self._marked is not None and self._notes[self._marked].removed:
            self._change(self._marked, self._notes[self._marked].gone(False))

    def _change(self, index: int, note: Note) -> None:
        self._notes[index] = note
        self._put(note)
        self._show()
