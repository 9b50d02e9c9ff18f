"""Notices: problems on the way, as sentences for the listener, kept until they are shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable


class Notices(deque[str]):
    """A queue of notices. `append` from any thread; whoever shows a notice removes it."""

    on_notice: Callable[[], None] | None = None
    """Called after each `append`, in its thread. Must return at once."""

    def append(self, notice: str) -> None:
        """Add a notice and call `on_notice`."""
        super().append(notice)
        if self.on_notice is not None:
            self.on_notice()
