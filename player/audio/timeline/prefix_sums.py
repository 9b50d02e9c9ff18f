"""Sums of the first k of many changing numbers; each sum and each change takes O(log n) (a Fenwick tree).

A book has tens of thousands of blocks, whose lengths become known one by one, and every frame of the screen asks where
one begins: adding them up takes 5 ms each time, this 5 µs.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence


class PrefixSums:
    """A list of integers with fast prefix sums (Fenwick, 1994)."""

    __slots__ = ("_tree", "_values")

    def __init__(self, values: Sequence[int]) -> None:
        self._values = array("q", values)  # most numbers are set to what they were expected to be
        self._tree = array("q", [0, *values])  # 8 bytes a number, where a list takes 40
        for i in range(1, len(self._tree)):
            parent = i + (i & -i)
            if parent < len(self._tree):
                self._tree[parent] += self._tree[i]

    @property
    def total(self) -> int:
        """Sum of all numbers."""
        return self.before(len(self._tree) - 1)

    def set(self, index: int, value: int) -> None:
        """Replace one number."""
        delta = value - self._values[index]
        if not delta:
            return
        self._values[index] = value
        i = index + 1
        while i < len(self._tree):
            self._tree[i] += delta
            i += i & -i

    def before(self, index: int) -> int:
        """Return the sum of numbers 0 … index - 1."""
        total, i = 0, index
        while i:
            total += self._tree[i]
            i &= i - 1
        return total
