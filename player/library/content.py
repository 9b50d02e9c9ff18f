"""Recognising a story by its text: a few hashes of its paragraphs stand for it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from player.story.model import Story

_SKETCH = 16
"""Hashes kept of a story. Of longer stories those that are smallest as numbers: the same in every edition."""
_AROUND = 8
"""Paragraphs before and after a place that are kept, so that it is found near an edited one."""


def digest(text: str) -> str:
    """Return a hash of a paragraph's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def digests(story: Story) -> list[str]:
    """Return the hash of every block."""
    return [digest(block.text) for block in story.blocks]


def sketch(hashes: Sequence[str]) -> list[str]:
    """Return the hashes that stand for a story with these blocks."""
    return sorted(set(hashes))[:_SKETCH]


def alike(one: Collection[str], other: Collection[str]) -> bool:
    """Return True if the sketches of two texts have at least half of their hashes in common."""
    return 2 * len(set(one) & set(other)) >= max(len(one), len(other))


def around(hashes: Sequence[str], block: int) -> str:
    """Return the hashes around a place as text, for `nearest`."""
    first = max(block - _AROUND, 0)
    return f"{block - first} {' '.join(hashes[first : block + _AROUND + 1])}"


def nearest(hashes: Sequence[str], kept: str, block: int) -> int | None:
    """Return the unchanged block nearest to a place that was kept as `around` in block `block`: itself, else one before
    it, else one after it; None if none is unchanged."""
    at, *there = kept.split()
    middle = int(at)
    for index in sorted(range(len(there)), key=lambda i: (abs(i - middle), i)):
        same = [n for n, found in enumerate(hashes) if found == there[index]]
        if same:
            expected = block + index - middle
            return min(same, key=lambda n: abs(n - expected))
    return None


def is_at(kept: str, digest: str) -> bool:
    """Return True if a place that was kept as `around` is in a block with this hash."""
    at, *there = kept.split()
    return there[int(at)] == digest
