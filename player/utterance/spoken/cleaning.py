"""What never reaches an engine: control characters, and more than one blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.spoken.composing import Edit

_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ud800-\udfff]+"
)
_BLANKS = re.compile(r"\s\s+|[^\S ]+")


def unclean(text: str) -> Iterator[Edit]:
    """Rewrites of control characters, and of blanks."""
    if text.isprintable() and "  " not in text and "\ufffc" not in text:
        return
    for match in _CONTROL.finditer(text):
        yield Edit(match.start(), match.end(), "", "control character")
    for match in _BLANKS.finditer(text):
        yield Edit(match.start(), match.end(), " ", "blank")
