"""What went wrong on the way, in words for the listener, until somebody shows it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable


class Notices(deque[str]):
    """Added by `append`, from any thread; taken out by whoever shows them."""

    on_notice: Callable[[], None] | None = None
    """Told of each, in the thread that added it. Returns at once."""

    def append(self, notice: str) -> None:
        """Add one, and tell of it."""
        super().append(notice)
        if self.on_notice is not None:
            self.on_notice()
