"""Times for people."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """Return a time as in 3:07 or 1:02:33, in whole seconds, rounded down."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
