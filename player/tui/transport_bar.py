"""The transport bar: clickable progress, times at the current speed, and the state of playing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from player.audio.clock import clock
from player.playback.position import Position, State
from player.speech.registry import manner
from player.tui.messages import BarClicked, BarResized
from player.tui.styles import Styles

_STATES = {
    State.PLAYING: ("▶", "playing"),
    State.PAUSED: ("‖", "paused"),
    State.WAITING: ("◌", "rendering"),
    State.ENDED: ("■", "the end"),
}

_PARTS = " ▏▎▍▌▋▊▉█"
"""A cell filled by this many eighths."""

_MARGIN = 2
"""Empty cells at either side."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the bar shows. Equal values look the same."""

    state: State
    elapsed: str
    remaining: str
    share: float
    """Place in the story, 0 to 1."""
    speed: float
    volume: float
    silent: bool
    """True while sound is lost."""
    following: bool
    exporting: int | None
    """Progress of an export in percent, or None."""
    hint: str = ""
    """A key for what just happened, as in "u: back"; or empty."""
    muted: bool = False

    @property
    def progress(self) -> tuple[object, ...]:
        """What the first line shows."""
        return self.elapsed, self.remaining, self.share

    @property
    def state_line(self) -> tuple[object, ...]:
        """What the second line shows."""
        return self.state, self.speed, self.volume, self.silent, self.following, self.exporting, self.hint, self.muted

    @classmethod
    def of(
        cls,
        position: Position,
        *,
        rate: int,
        speed: float,
        volume: float,
        silent: bool,
        following: bool,
        exporting: float | None,
        hint: str = "",
        muted: bool = False,
    ) -> Shown:
        """Return it for what sounds; `rate` in samples per second."""
        per_second = rate * speed
        elapsed = int(position.elapsed / per_second)
        left = clock(max(int(position.duration / per_second) - elapsed, 0))
        # While playing, all moving parts change together, so that the line is redrawn once.
        place = elapsed * per_second if position.state is State.PLAYING else position.elapsed
        return cls(
            position.state,
            clock(elapsed),
            f"-{left}" if position.exact else f"≈ -{left}",
            min(place / max(position.duration, 1), 1.0),
            speed,
            volume,
            silent,
            following,
            None if exporting is None else round(100 * exporting),
            hint,
            muted,
        )


class TransportBar(Widget):
    """Two lines: elapsed time, progress and remaining time; state, voice, speed and volume."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bar--text",
        "bar--strong",
        "bar--quiet",
        "bar--filled",
        "bar--track",
        "bar--tick",
        "bar--tick-filled",
    }

    def __init__(self, voice: str) -> None:
        """`voice` is a voice's id."""
        super().__init__()
        self.voice = voice
        self.shown: Shown | None = None
        self._ticks: Sequence[float] = ()
        self._looks = Styles(self, "bar--")

    def show(self, shown: Shown) -> None:
        """Repaint what changed: the bar grows by eighths of a cell, once a second at most."""
        before, self.shown = self.shown, shown
        first, last = self.track
        steps = (last - first) * len(_PARTS[1:])
        self.shown = replace(shown, share=(int(shown.share * steps) + 0.5) / steps)
        if before is None:
            self.refresh()
            return
        if self.shown.progress != before.progress:
            self.refresh(Region(0, 0, self.size.width, 1))
        if self.shown.state_line != before.state_line:
            self.refresh(Region(0, 1, self.size.width, 1))

    def show_voice(self, voice: str) -> None:
        """Show a voice's id."""
        if voice != self.voice:
            self.voice = voice
            self.refresh()

    def show_ticks(self, ticks: Sequence[float]) -> None:
        """Show ticks for paragraphs or headings: sorted shares of the story, 0 to 1."""
        if ticks != self._ticks:
            self._ticks = ticks
            self.refresh()

    @property
    def track(self) -> tuple[int, int]:
        """The cells [first, last) of the progress bar."""
        if self.shown is None:
            return 0, 0
        first = _MARGIN + len(self.shown.elapsed) + 2
        return first, max(self.size.width - _MARGIN - len(self.shown.remaining) - 2, first + 1)

    def on_resize(self) -> None:
        """Report the new size."""
        self.post_message(BarResized())

    def on_click(self, event: events.Click) -> None:
        """Go to the clicked place."""
        first, last = self.track
        if event.y == 0 and first <= event.x < last:
            self.post_message(BarClicked((event.x - first) / (last - first)))

    def notify_style_update(self) -> None:
        """Restyle after a change of theme."""
        self._looks.clear()
        super().notify_style_update()

    # -- drawing -------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return the first or the second line."""
        if self.shown is None or y > 1:
            return Strip.blank(self.size.width, self._looks["text"])
        segments = self._progress(self.shown) if y == 0 else self._state(self.shown)
        return Strip(segments).adjust_cell_length(self.size.width, self._looks["text"])

    def _progress(self, shown: Shown) -> list[Segment]:
        plain = self._looks["text"]
        first, last = self.track
        return [
            Segment(" " * _MARGIN, plain),
            Segment(shown.elapsed, self._looks["strong"]),
            Segment("  ", plain),
            *self._bar(shown.share, last - first),
            Segment("  ", plain),
            Segment(shown.remaining, plain),
        ]

    def _bar(self, share: float, width: int) -> list[Segment]:
        full, eighths = divmod(int(share * width * 8), 8)
        ticks = {int(tick * width) for tick in self._ticks}
        cells = []
        for cell in range(width):
            if cell == full and eighths:
                cells.append((_PARTS[eighths], "filled"))
            elif cell in ticks:
                cells.append(("▏", "tick-filled" if cell < full else "tick"))
            else:
                cells.append(("█", "filled") if cell < full else (" ", "track"))
        return [
            Segment("".join(char for char, _ in run), self._looks[look])
            for look, run in groupby(cells, key=lambda cell: cell[1])
        ]

    def _state(self, shown: Shown) -> list[Segment]:
        glyph, word = _STATES[shown.state]
        left = [(f"{glyph} {word}", "strong")]
        left.append(("  following", "quiet") if shown.following else ("  f: back to the sound", "text"))
        if shown.hint:
            left.append((f"  {shown.hint}", "text"))
        if shown.exporting is not None:
            left.append((f"  exporting {shown.exporting}%", "text"))
        right = [
            ("silent  " if shown.silent else "", "quiet"),
            (f"{_shown(self.voice)}  ", "quiet"),
            (f"{shown.speed:.4g}×  ", "text" if shown.speed == 1 else "strong"),
            ("muted" if shown.muted else f"vol {shown.volume:.0%}", "strong" if shown.muted else "text"),
        ]
        room = self.size.width - 2 * _MARGIN
        while right and _cells(left) + _cells(right) + 2 > room:
            right.pop(0)
        space = max(room - _cells(left) - _cells(right), 0)
        parts = [(" " * _MARGIN, "text"), *left, (" " * space, "text"), *right]
        return [Segment(text, self._looks[look]) for text, look in parts]


def _cells(parts: Sequence[tuple[str, str]]) -> int:
    return sum(cell_len(text) for text, _ in parts)


def _shown(voice: str) -> str:
    """Return what is shown for a voice's id: for a recorded book, its narrator."""
    engine, _, name = voice.partition(":")
    return f"narrated by {name}" if manner(engine).recorded else voice
