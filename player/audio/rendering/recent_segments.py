"""The segments at hand, decoded: those read ahead, and a few that were heard last."""

from __future__ import annotations

from collections import OrderedDict

from player.audio.rendering.fallback import Where
from player.audio.segment import Segment

_KEPT = 16
"""Segments kept in addition to those read ahead, so that these never push out what is about to sound."""
_KEPT_BYTES = 10_000_000
"""Bytes of sound from which on none of them are kept: long sentences would take more and more memory."""


class RecentSegments:
    """Segments by their places. The caller sees to it that one thread at a time uses it."""

    def __init__(self, ahead: int) -> None:
        """`ahead` is how many may be read ahead."""
        self._ahead = ahead
        self._held: OrderedDict[Where, Segment] = OrderedDict()
        self._bytes = 0

    def put(self, where: Where, segment: Segment) -> None:
        """Hold a segment, and drop those that were used longest ago beyond the limits."""
        self._bytes += len(segment.pcm) - len(self._held[where].pcm if where in self._held else b"")
        self._held[where] = segment
        self._held.move_to_end(where)
        while (more := len(self._held) - self._ahead) > _KEPT or (more > 0 and self._bytes > _KEPT_BYTES):
            self._bytes -= len(self._held.popitem(last=False)[1].pcm)

    def get(self, where: Where) -> Segment | None:
        """Return the segment at a place; None when it is not held."""
        found = self._held.get(where)
        if found is not None:
            self._held.move_to_end(where)
        return found

    def __contains__(self, where: Where) -> bool:
        return where in self._held

    def __len__(self) -> int:
        return len(self._held)
