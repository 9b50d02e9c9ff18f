"""The list of chapters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from rich.cells import set_cell_size
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList

from player.audio.clock import clock
from player.playback.player import Player
from player.story.model import BlockKind, Story
from player.story.searching import Folding
from player.tui.dialog import Dialog
from player.tui.keys.hints import KeyHints
from player.tui.text import shortened

_WIDEST = 72
"""Width of the dialog in cells on a wide screen, as in the stylesheet."""

_COLUMNS = ("begins", "lasts", "share")
"""What is told of each chapter, where its title leaves room."""

_TITLE = 20
"""Cells of the title, at least, beside a column."""

_AROUND = 7
"""Cells of the width without text: borders, padding, scrollbar."""


class _Entry(NamedTuple):
    """A line of the list."""

    number: int
    """As files of chapters are numbered, and as it can be typed (":c3"); 0: what comes before the first."""
    block: int
    title: str
    level: int
    after: int | None
    """The first block after it, with the chapters within a part; None: it lasts until the story's end."""


class ChaptersScreen(Dialog[int | None]):
    """Returns the first block of the chosen chapter, or None. What is typed filters the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("up", "walk('cursor_up')", "Up"),
        Binding("down", "walk('cursor_down')", "Down"),
        Binding("pageup", "walk('page_up')", "Page up"),
        Binding("pagedown", "walk('page_down')", "Page down"),
    ]

    def __init__(self, player: Player, block: int) -> None:
        """`block` is the one that sounds now."""
        super().__init__()
        self._player = player
        self._entries = _entries(player.story)
        self._here = max((n for n, entry in enumerate(self._entries) if entry.block <= block), default=0)
        self._shown: list[int] = []  # indices of the entries listed
        self._fold = Folding().fold

    def compose(self) -> ComposeResult:
        """Yield the filter, a line for each chapter, and keys."""
        with Vertical(classes="dialog", id="chapters"):
            typed = Input(placeholder="type to filter", compact=True)
            typed.cursor_blink = False
            yield typed
            chapters = OptionList()
            chapters.can_focus = False
            yield chapters
            yield KeyHints(("Enter", "play from there", "screen.accept"), ("Esc", "close", "screen.dismiss(None)"))

    def on_mount(self) -> None:
        """Let the listener type."""
        self.query_one(Input).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines; mark the chapter that sounds at first."""
        marked = self.query_one(OptionList).highlighted
        self._show(self._here if marked is None else self._shown[marked])

    @on(Input.Changed)
    def filter(self, message: Input.Changed) -> None:
        """List the chapters with what is typed in their titles."""
        marked = self.query_one(OptionList).highlighted
        self._show(self._here if marked is None else self._shown[marked])

    def _show(self, marked: int) -> None:
        """List the chapters that pass the filter; mark one, or the first if it is not among them."""
        wanted = self._fold(" ".join(self.query_one(Input).value.split()))
        self._shown = [
            n
            for n, entry in enumerate(self._entries)
            if wanted in self._fold(entry.title) or wanted == str(entry.number)
        ]
        chapters = self.query_one(OptionList)
        chapters.set_options(self._lines(max(min(self.size.width, _WIDEST) - _AROUND, 20)))
        self.query_one("#chapters").border_title = "Chapters" if self._shown else "No chapter's title has this"
        if self._shown:
            chapters.highlighted = self._shown.index(marked) if marked in self._shown else 0

    def _lines(self, width: int) -> Iterator[Content]:
        timeline, speed = self._player.timeline, self._player.transport.speed
        about = "" if timeline.exact else "≈ "
        rows: list[tuple[int, list[str]]] = []
        for n in self._shown:
            entry = self._entries[n]
            start = timeline.start(entry.block)
            length = (timeline.duration if entry.after is None else timeline.start(entry.after)) - start
            seconds = (start / timeline.rate, length / timeline.rate / speed)  # as on the transport bar
            rows.append((n, [*(f"{about}{clock(s)}" for s in seconds), f"{length / max(timeline.duration, 1):.0%}"]))
        widths = [max(map(len, column)) for column in zip(*(times for _, times in rows), strict=True)]
        digits = len(str(self._entries[-1].number))
        room = width - digits - 4 - _TITLE
        widths = [cells for n, cells in enumerate(widths, 1) if sum(widths[:n]) + 2 * n <= room]
        self.query_one("#chapters").border_subtitle = " · ".join(_COLUMNS[: len(widths)])
        for n, times in rows:
            entry = self._entries[n]
            mark, number = "▸ " if n == self._here else "  ", f"{entry.number:>{digits}}  "
            tail = "".join(f"  {time:>{cells}}" for time, cells in zip(times, widths, strict=False))
            room = max(width - len(mark) - len(number) - len(tail), 1)
            title = set_cell_size(shortened("  " * min(entry.level - 1, 4) + entry.title, room), room)
            yield Content.assemble((mark, "$primary"), (number, "$said"), title, (tail, "$said"))

    def action_walk(self, step: str) -> None:
        """Walk the list."""
        getattr(self.query_one(OptionList), f"action_{step}")()

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Return the chosen chapter."""
        self.dismiss(self._entries[self._shown[message.option_index]].block)

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Return the marked chapter."""
        self.query_one(OptionList).action_select()


def _entries(story: Story) -> list[_Entry]:
    """Return the chapters, with an entry for text before the first."""
    sections = story.sections
    found = []
    if any(block.kind is not BlockKind.HEADING for block in story.blocks[: sections[0].block]):
        found.append(_Entry(0, 0, "Beginning", 1, sections[0].block))
    for n, section in enumerate(sections):
        # A part lasts until the next part, and includes its chapters.
        after = (later.block for later in sections[n + 1 :] if later.level <= section.level)
        found.append(_Entry(n + 1, section.block, section.title, section.level, next(after, None)))
    return found
