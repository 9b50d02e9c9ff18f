"""What a new listener reads above the bundled story."""

from __future__ import annotations

from textual.content import Content

_LINES = (
    ("Welcome.", "Stories are read to you here, each word lit as it is said."),
    ("Enter", "plays the story below"),
    ("^O", "opens your own: a file, an address, a feed, the clipboard"),
    ("space", "pauses, and goes on"),
    ("← →", "sentence back and forth;  ↑ ↓ paragraphs"),
    ("[ ]", "slower and faster"),
    ("o", "comes back here"),
    ("?", "shows all keys;  q keeps your place, and quits"),
)


def welcome() -> Content:
    """Return the keys that matter, a line for each."""
    return Content("\n").join(Content.assemble((f"{key:>8}", "bold $primary"), f"  {what}") for key, what in _LINES)
