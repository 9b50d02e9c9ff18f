"""What a new listener reads above the bundled story."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content

from player.tui.keys.table import Key

_FIRST = (
    ("Welcome.", "Stories are read to you, each word lit."),
    ("Enter", "plays the story below"),
    ("^O", "opens yours: file, address, feed, clipboard"),
)
"""The library's own keys."""

_LINES = (
    ((("play",), "pauses, and goes on"),),
    (
        (("sentence.back", "sentence.next"), "sentence back and forth"),
        (("paragraph.back", "paragraph.next"), "paragraphs"),
    ),
    ((("speed.down", "speed.up"), "slower and faster"),),
    ((("library",), "comes back here"),),
    ((("help",), "all keys"), (("quit",), "keeps your place, and quits")),
)
"""The lines below: ids of actions, and what they do."""

_NARROWEST = 8
"""Cells of the keys."""


def welcome(keys: Iterable[Key]) -> Content:
    """Return the keys that matter, a line for each. Actions without a key are left out."""
    shown = {key.id: key.shown.split()[0] for key in keys if key.shown}
    lines = list(_FIRST)
    for line in _LINES:
        parts = [(" ".join(shown[id] for id in ids), what) for ids, what in line if shown.keys() >= set(ids)]
        if parts:
            (first, what), *others = parts
            lines.append((first, ";  ".join((what, *(f"{key} {other}" for key, other in others)))))
    width = max(_NARROWEST, *(cell_len(key) for key, _ in lines))
    return Content("\n").join(
        Content.assemble((" " * (width - cell_len(key)) + key, "bold $primary"), f"  {what}") for key, what in lines
    )
