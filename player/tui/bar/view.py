"""The transport bar: progress, times, and the state of playing, all of which can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from player.tui.bar.contents import Condition, Times
from player.tui.bar.state_line import Part, parts
from player.tui.colours.styles import Styles
from player.tui.messages import BarClicked, BarResized

_PARTS = " ▏▎▍▌▋▊▉█"
"""A cell filled by this many eighths."""

_MARGIN = 2
"""Empty cells at either side."""

_SHOWS_PERCENT, _SHOWS_CHAPTER = 50, 76
"""Fewest cells of a bar that has space for the per cent, and for the chapter."""


class TransportBar(Widget):
    """Two lines: elapsed time, progress and what is left; state, voice, speed and volume."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bar--text",
        "bar--strong",
        "bar--quiet",
        "bar--filled",
        "bar--filled-rendered",
        "bar--track",
        "bar--rendered",
        "bar--tick",
        "bar--tick-rendered",
        "bar--tick-filled",
    }

    def __init__(self, voice: str) -> None:
        """`voice` is a voice's id."""
        super().__init__()
        self.voice = voice
        self.times: Times | None = None
        self.condition: Condition | None = None
        self._ticks: Sequence[float] = ()
        self._rendered = b""
        self._looks = Styles(self, "bar--")

    def show(self, times: Times, condition: Condition) -> None:
        """Repaint what changed: the bar grows by eighths of a cell, once a second at most."""
        before, self.times = self.times, times
        first, last = self.track
        steps = (last - first) * len(_PARTS[1:])
        self.times = replace(times, share=(int(times.share * steps) + 0.5) / steps)
        if self.times != before:
            self.refresh(Region(0, 0, self.size.width, 1))
        if self.condition != condition:
            self.condition = condition
            self.refresh(Region(0, 1, self.size.width, 1))

    def show_voice(self, voice: str) -> None:
        """Show a voice's id."""
        if voice != self.voice:
            self.voice = voice
            self.refresh()

    def show_story(self, ticks: Sequence[float], rendered: bytes) -> None:
        """Show ticks for paragraphs or chapters, as sorted shares of the story, 0 to 1; and which cells of the track
        are rendered: a byte each, 0 or 1."""
        if (ticks, rendered) != (self._ticks, self._rendered):
            self._ticks, self._rendered = ticks, rendered
            self.refresh(Region(0, 0, self.size.width, 1))

    @property
    def track(self) -> tuple[int, int]:
        """The cells [first, last) of the progress bar."""
        if self.times is None:
            return 0, 0
        first = _MARGIN + len(self.times.elapsed) + 2
        return first, max(self.size.width - _MARGIN - len(self._after_track(self.times)) - 2, first + 1)

    def on_resize(self) -> None:
        """Report the new size."""
        self.post_message(BarResized())

    async def on_click(self, event: events.Click) -> None:
        """Go to the clicked place, or do what the clicked part of the state line stands for."""
        first, last = self.track
        if event.y == 0 and first <= event.x < last:
            self.post_message(BarClicked((event.x - first) / (last - first)))
        elif event.y == 1:
            end = _MARGIN
            for part in self._state():
                start, end = end, end + cell_len(part.text)
                if start <= event.x < end and part.action:
                    await self.app.run_action(part.action)

    def notify_style_update(self) -> None:
        """Restyle after a change of theme."""
        self._looks.clear()
        super().notify_style_update()

    # -- drawing -------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return the first or the second line."""
        plain = self._looks["text"]
        if self.times is None or y > 1:
            return Strip.blank(self.size.width, plain)
        segments = [Segment(" " * _MARGIN, plain)]
        if y == 0:
            segments += self._progress(self.times)
        else:
            segments += [Segment(part.text, self._looks[part.look]) for part in self._state()]
        return Strip(segments).adjust_cell_length(self.size.width, plain)

    def _state(self) -> list[Part]:
        if self.condition is None:
            return []
        moving = self.app.animation_level != "none"
        return parts(self.condition, self.voice, self.size.width - 2 * _MARGIN, moving=moving)

    def _progress(self, times: Times) -> list[Segment]:
        plain = self._looks["text"]
        first, last = self.track
        return [
            Segment(times.elapsed, self._looks["strong"]),
            Segment("  ", plain),
            *self._bar(times.share, last - first),
            Segment("  ", plain),
            Segment(self._after_track(times), plain),
        ]

    def _after_track(self, times: Times) -> str:
        width = self.size.width
        shown = (
            times.percent if width >= _SHOWS_PERCENT else "",
            times.chapter if width >= _SHOWS_CHAPTER else "",
            times.left,
        )
        return "  ".join(filter(None, shown))

    def _bar(self, share: float, width: int) -> list[Segment]:
        full, eighths = divmod(int(share * width * 8), 8)
        ticks = {int(tick * width) for tick in self._ticks}
        cells = []
        for cell in range(width):
            rendered = cell < len(self._rendered) and self._rendered[cell]
            if cell == full and eighths:
                cells.append((_PARTS[eighths], "filled-rendered" if rendered else "filled"))
            elif cell in ticks:
                after = "tick-rendered" if rendered else "tick"
                cells.append(("▏", "tick-filled" if cell < full else after))
            elif cell < full:
                cells.append(("█", "filled"))
            else:
                cells.append((" ", "rendered" if rendered else "track"))
        return [
            Segment("".join(char for char, _ in run), self._looks[look])
            for look, run in groupby(cells, key=lambda cell: cell[1])
        ]
