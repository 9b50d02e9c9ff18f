"""The list of all keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from player.tui.dialog import Dialog
from player.tui.keys.table import Key

_TOPICS = {
    "Going": ("play", "sentence", "paragraph", "chapter", "chapters", "seconds", "story", "find", "go", "jump"),
    "Sound": ("speed", "volume", "mute", "voices", "pronounce", "repeat", "sleep"),
    "Text": ("note", "notes", "copy", "footnote", "page", "look", "follow", "read", "theme"),
}
"""Topics by the first part of a key's id."""
_REST = "Program"
_TWO_COLUMNS = 76
"""Cells from which on two columns fit."""
_OTHERS = {
    "Text": (("click", "Play from a word"), ("drag", "Select text, and copy it")),
    _REST: (("^p", "All of these, by name"),),
}


class HelpScreen(Dialog[None]):
    """The table of keys, by topic, in two columns where they fit. The story can be paused below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,f1", "dismiss", "Close"),
        Binding("space", "app.toggle_play", "Play or pause"),
    ]

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_TWO_COLUMNS, "-wide")]  # noqa: RUF012 (Textual's own way)

    def __init__(self, keys: Iterable[Key]) -> None:
        super().__init__()
        self._keys = list(keys)

    def compose(self) -> ComposeResult:
        """Yield the topics in two columns of about the same height."""
        topics = list(self._topics())
        half, lines = sum(map(len, topics)) / 2, 0
        columns: tuple[list[str | tuple[str, str]], ...] = ([], [])
        for topic in topics:
            columns[lines + len(topic) / 2 > half].extend(topic)
            lines += len(topic)
        with VerticalScroll(id="help", classes="dialog") as dialog:
            dialog.border_title = "Keys"
            dialog.border_subtitle = "Esc closes"
            with Horizontal(classes="columns"):
                for column in columns:
                    yield Static(_column(column), classes="keys")

    def on_mount(self) -> None:
        """Say how to see the rest when not all fit."""
        self.call_after_refresh(self._tell)

    def on_resize(self) -> None:
        """Say it again for the new size."""
        self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        dialog = self.query_one("#help", VerticalScroll)
        dialog.border_subtitle = "↓ scrolls · Esc closes" if dialog.max_scroll_y else "Esc closes"

    def _topics(self) -> Iterator[list[str | tuple[str, str]]]:
        """Yield each topic: its name, then (keys, what they do)."""
        for topic in (*_TOPICS, _REST):
            keys = [key for key in self._keys if key.shown and _topic(key) == topic]
            yield [topic, *_lines(keys), *_OTHERS.get(topic, ())]


def _column(lines: Sequence[str | tuple[str, str]]) -> Content:
    """Return lines below one another, what keys do behind the longest of them."""
    width = max((len(line[0]) for line in lines if not isinstance(line, str)), default=0)
    return Content("\n").join(
        Content.styled(line, "bold")
        if isinstance(line, str)
        else Content.assemble((f"{line[0]:>{width}}", "bold $primary"), f" {line[1]}")
        for line in lines
    )


def _topic(key: Key) -> str:
    first = key.id.partition(".")[0]
    return next((topic for topic, names in _TOPICS.items() if first in names), _REST)


def _lines(keys: Iterable[Key]) -> Iterator[tuple[str, str]]:
    """Yield (keys, what they do); two that undo each other share a line, so that all lines fit on 24."""
    for _, group in groupby(keys, key=lambda key: key.id.partition(".")[0]):
        several = list(group)
        for there, *back in (several[n : n + 2] for n in range(0, len(several), 2)):
            if back:
                yield f"{there.shown.split()[0]} {back[0].shown.split()[0]}", _both(there.title, back[0].title)
            else:
                yield there.shown, there.title


def _both(one: str, other: str) -> str:
    """Return two titles as one: "Previous, next sentence"."""
    first, second = one.split(), other.split()
    shared = 0
    while shared < min(len(first), len(second)) - 1 and first[-1 - shared] == second[-1 - shared]:
        shared += 1
    return f"{' '.join(first[: len(first) - shared])}, {other[0].lower()}{other[1:]}"
