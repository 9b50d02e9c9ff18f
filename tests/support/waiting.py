"""Waiting for something to become true, as a test may: on the condition itself, not for a length of time."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], object], what: str, at_most: float = 60.0) -> None:
    """Return as soon as the condition holds; fail after `at_most` seconds, which only a hang takes."""
    end = time.monotonic() + at_most
    while not condition():
        assert time.monotonic() < end, f"waited {at_most:g} s for {what}"
        time.sleep(0.005)
