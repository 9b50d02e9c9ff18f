"""A dictionary searched by bisection in its text: nothing is built when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

_REMEMBERED = 8192
"""Look-ups cached: the same words come again and again."""


class Part(NamedTuple):
    """A part of a file's bytes, which are not copied: it takes 5 ms for 10 MB."""

    whole: bytes
    start: int
    end: int


class SortedText:
    """Entries `key MIDDLE value`, sorted by the keys' bytes and separated by BETWEEN. 15 µs a look-up."""

    def __init__(
        self, text: Part, between: bytes, middle: bytes, key: Callable[[str], bytes], value: Callable[[bytes], Any]
    ) -> None:
        """`key` turns a key into its bytes, `value` turns found bytes into the result."""
        self._text = text
        self._between = between
        self._middle = middle
        self._key = key
        self._value = value
        self.get = lru_cache(_REMEMBERED)(self._find)
        """(key) -> its value, or None."""

    def _find(self, asked: str) -> Any:
        (text, low, last), between, middle, wanted = self._text, self._between, self._middle, self._key(asked)
        high = last
        while low < high:
            start = text.rfind(between, low, (low + high) // 2)
            start = low if start < 0 else start + len(between)
            key_end = text.index(middle, start)
            key = text[start:key_end]
            end = text.find(between, key_end, last)
            end = last if end < 0 else end
            if key == wanted:
                return self._value(text[key_end + len(middle) : end])
            if key < wanted:
                low = end + len(between)
            else:
                high = start
        return None
