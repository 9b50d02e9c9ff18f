"""A queue of PCM, taken from the front in any length."""

from __future__ import annotations

from collections import deque


class Ring:
    """16-bit mono PCM. Callers hold the transport's lock."""

    def __init__(self) -> None:
        self.frames = 0
        """Number of frames in the queue."""
        self._parts: deque[bytes] = deque()

    def push(self, pcm: bytes) -> None:
        """Append PCM."""
        self._parts.append(pcm)
        self.frames += len(pcm) // 2

    def take(self, frames: int) -> bytes:
        """Remove and return `frames` frames from the front, or all if fewer."""
        parts = []
        while frames > 0 and self._parts:
            part = self._parts.popleft()
            if len(part) > frames * 2:
                self._parts.appendleft(part[frames * 2 :])
                part = part[: frames * 2]
            frames -= len(part) // 2
            self.frames -= len(part) // 2
            parts.append(part)
        return b"".join(parts)

    def clear(self) -> None:
        """Empty it."""
        self._parts.clear()
        self.frames = 0
