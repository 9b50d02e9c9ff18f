"""Sums of the first k of many changing numbers; each sum and each change takes O(log n) (a Fenwick tree).

A book has tens of thousands of blocks, whose lengths become known one by one, and every frame of the screen asks where
one begins: adding them up takes 5 ms each time, this 5 µs.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence


class PrefixSums:
    """A list of integers with fast prefix sums (Fenwick, 1994)."""

    __slots__ = ("_tree",)

    def __init__(self, values: Sequence[int]) -> None:
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
        delta = value - self._at(index)
        i = index + 1
        while delta and i < len(self._tree):
            self._tree[i] += delta
            i += i & -i

    def _at(self, index: int) -> int:
        """Return one number: a node of the tree, less the numbers before this one in it; two steps on average."""
        i = index + 1
        value, first = self._tree[i], i & (i - 1)
        i -= 1
        while i != first:
            value -= self._tree[i]
            i &= i - 1
        return value

    def before(self, index: int) -> int:
        """Return the sum of numbers 0 … index - 1."""
        total, i = 0, index
        while i:
            total += self._tree[i]
            i &= i - 1
        return total
