"""What a new listener reads above the bundled story."""

from __future__ import annotations

from textual.content import Content

_LINES = (
    ("Welcome.", "Stories are read to you, each word lit."),
    ("Enter", "plays the story below"),
    ("^O", "opens yours: file, address, feed, clipboard"),
    ("space", "pauses, and goes on"),
    ("← →", "sentence back and forth;  ↑ ↓ paragraphs"),
    ("[ ]", "slower and faster"),
    ("o", "comes back here"),
    ("?", "all keys;  q keeps your place, and quits"),
)


def welcome() -> Content:
    """Return the keys that matter, a line for each."""
    return Content("\n").join(Content.assemble((f"{key:>8}", "bold $primary"), f"  {what}") for key, what in _LINES)
