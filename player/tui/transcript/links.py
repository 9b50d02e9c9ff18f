"""Links that the terminal opens (OSC 8)."""

from __future__ import annotations

import os
from collections.abc import Sequence

from rich.style import Style

from player.story.model import Styled

_WITHOUT = ("linux", "dumb", "vt100", "vt220")
"""Terminals (TERM) that write the sequence out instead."""


def linked(style: Style, styled: Sequence[Styled], at: int) -> Style:
    """Return the style of a character of a block, with the link that it is part of."""
    address = next((one.address for one in styled if one.address and one.start <= at < one.end), "")
    return style + Style(link=address) if address and os.environ.get("TERM") not in _WITHOUT else style
