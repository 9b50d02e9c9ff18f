"""Times, sizes and speeds as text."""

from __future__ import annotations

_WHOLE = 9.95
"""A speed from which it is shown as a whole number."""


def clock(seconds: float) -> str:
    """Return a length of time for people: 3:07 or 1:02:33, in whole seconds, rounded down."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def timestamp(milliseconds: int, point: str = ".") -> str:
    """Return a time for files: 01:02:33.250."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def in_bytes(count: int) -> str:
    """Return a size as in "1.6 MB" or "67.0 kB"."""
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1e3:.1f} kB"


def in_times(speed: float) -> str:
    """Return a speed as times the real one, with one digit behind the point below 10: "0.4×", "120×"."""
    return f"{speed:.{1 if speed < _WHOLE else 0}f}×"
