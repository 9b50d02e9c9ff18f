"""Text that is written from right to left, and the terminals that draw it so."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping

from player.story.model import Block

_LOOKED_AT = 200
"""Characters at the beginning in which the first letter is looked for."""
_FIRST_VTE = 5800
"""Version of GNOME's terminal widget since which it orders letters."""

NOTE = (
    "This terminal may draw right-to-left text in the wrong order. GNOME Terminal, Konsole, mlterm and Apple's Terminal"
    " draw it right."
)


def is_right_to_left(text: str) -> bool:
    """Return True if the first letter belongs to a script that is written from right to left."""
    if text.isascii():
        return False
    kinds = (unicodedata.bidirectional(character) for character in text[:_LOOKED_AT])
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def note_for(blocks: Iterable[Block], environment: Mapping[str, str] = os.environ) -> str:
    """Return a line for the listener if the terminal cannot be trusted with the story's script; else empty."""
    return NOTE if not _orders(environment) and any(is_right_to_left(block.text) for block in blocks) else ""


def _orders(environment: Mapping[str, str]) -> bool:
    """Return True for terminals that are known to order letters; within tmux and screen none does."""
    if environment.get("TMUX") or environment.get("STY"):
        return False
    vte = environment.get("VTE_VERSION", "")
    return (
        (vte.isdecimal() and int(vte) >= _FIRST_VTE)
        or "KONSOLE_VERSION" in environment
        or "MLTERM" in environment
        or environment.get("TERM_PROGRAM") == "Apple_Terminal"
    )
