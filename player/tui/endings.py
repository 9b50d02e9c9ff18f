"""Being asked to end from outside, by `kill` or by a terminal that goes away."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import Any

from textual.app import App

ENDED = 130
"""The app's return code then."""


def leave_when_told(app: App[Any]) -> None:
    """Leave as by a key: the place is kept, and the terminal is what it was before. To be called once it runs."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        with suppress(AttributeError, NotImplementedError, RuntimeError):  # not on Windows, nor beside the main thread
            loop.add_signal_handler(getattr(signal, name), lambda: app.exit(return_code=ENDED))
