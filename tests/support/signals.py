"""Signals as a terminal's user sends them."""

from __future__ import annotations

import signal


def heed_interrupts() -> None:
    """Let Ctrl-C and Ctrl-\\ reach what is started from here on: a shell that starts tests in the background has them
    ignored, and programs inherit that."""
    for name, usual in (("SIGINT", signal.default_int_handler), ("SIGQUIT", signal.SIG_DFL)):
        number = getattr(signal, name, None)  # Windows has no SIGQUIT
        if number is not None and signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, usual)
