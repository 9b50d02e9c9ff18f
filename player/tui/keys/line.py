"""The bottom line: the most useful keys, as many as fit; at a story's end, what can come next. Each can be clicked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from player.tui.colours.styles import Styles
from player.tui.keys.table import Key

_MARGIN = 2
_BETWEEN = 2


class _Entry(NamedTuple):
    keys: tuple[tuple[str, str], ...]
    """Pairs of (key shown, action)."""
    word: str
    rank: int

    @property
    def width(self) -> int:
        return len(" ".join((*(shown for shown, _ in self.keys), self.word)))


def _entries(keys: Iterable[Key]) -> tuple[_Entry, ...]:
    shown = [key for key in keys if key.word and key.shown]
    found = []
    for word, group in groupby(shown, key=lambda key: key.word):
        keys = list(group)
        found.append(_Entry(tuple((key.shown.split()[0], key.action) for key in keys), word, keys[0].rank))
    return tuple(found)


class KeyLine(Widget):
    """The keys; on a narrow terminal the least useful disappear first."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--word", "keys--lead"}

    def __init__(self, keys: Iterable[Key]) -> None:
        super().__init__()
        self._keys = tuple(keys)
        self._entries = self._usual = _entries(self._keys)
        self._offered: object = None
        self._lead = ""
        self._looks = Styles(self, "keys--")

    def offer(self, lead: str = "", words: Mapping[str, str] | None = None) -> None:
        """Show a few keys only, after the words `lead`: a label for each id, the most useful first; without them, the
        usual keys. Repeating it costs nothing."""
        if (lead, words) != self._offered:
            self._offered = (lead, words)
            self._lead = f"{lead}   " if lead else ""
            by_id = {key.id: key for key in self._keys}
            chosen = enumerate((words or {}).items())
            few = [replace(by_id[name], word=word, rank=rank) for rank, (name, word) in chosen]
            self._entries = self._usual if words is None else _entries(few)
            self.refresh()

    def notify_style_update(self) -> None:
        """Restyle after a change of theme."""
        self._looks.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        parts = (Segment(text, self._looks[look]) for text, look, _ in self._parts())
        return Strip(parts).adjust_cell_length(self.size.width, self._looks["word"])

    async def on_click(self, event: events.Click) -> None:
        """Act as if the clicked key had been pressed."""
        x = 0
        for text, _, action in self._parts():
            x += len(text)
            if event.x < x:
                if action:
                    await self.app.run_action(action)
                return

    def _parts(self) -> Iterator[tuple[str, str, str]]:
        """Yield (text, style, action when clicked or empty), from left to right."""
        yield " " * _MARGIN, "word", ""
        if self._lead:
            yield self._lead, "lead", ""
        for entry in self._fitting():
            for shown, action in entry.keys:
                yield shown, "key", action
                yield " ", "word", ""
            yield entry.word, "word", entry.keys[-1][1]
            yield " " * _BETWEEN, "word", ""

    def _fitting(self) -> list[_Entry]:
        room = self.size.width - 2 * _MARGIN - len(self._lead)
        chosen = set()
        for entry in sorted(self._entries, key=lambda entry: entry.rank):
            room -= entry.width + _BETWEEN
            if room + _BETWEEN < 0:
                break
            chosen.add(entry)
        return [entry for entry in self._entries if entry in chosen]
