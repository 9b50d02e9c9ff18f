"""Terminals without colours: how they are known, and what they are sent."""

from __future__ import annotations

import logging

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_logger = logging.getLogger(__name__)

_STDERR = 2


class WithoutColours(LineFilter):
    """Leaves bold, underline and the like."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return what is drawn, without its colours."""
        return [Segment(text, style and style.without_color, control) for text, style, control in segments]


def has_colours(terminal: str) -> bool:
    """Return False for a terminal that terminfo describes as one without colours, by its name in TERM: "vt220".

    Python's library describes the first terminal that it is asked about in a process.
    """
    try:
        import curses

        curses.setupterm(terminal, _STDERR)
        return curses.tigetnum("colors") >= 0
    except Exception:  # no such library, or no such description: taken for an ordinary terminal
        _logger.debug("%s is not described", terminal, exc_info=True)
        return True
