"""Telling where something is served: in words, and to phones as a QR code."""

from __future__ import annotations

import sys

from player.publish.serving.http import is_only_here


def tell_address(line: str, url: str) -> None:
    """Print a line; on a terminal also an address as a QR code, if other machines can reach it."""
    print(line, flush=True)
    if sys.stdout.isatty() and not is_only_here(url):
        import segno  # 0.02 s

        segno.make(url, error="l", micro=False).terminal(compact=True)
        sys.stdout.flush()
