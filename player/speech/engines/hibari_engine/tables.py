"""Dictionaries that are read where they lie: nothing is built when they are opened, a look-up takes 5 µs.

A table is many small JSON objects ("buckets") behind one another, and an index of where each begins; the checksum of
a key says which bucket it is in. Built as Python's own dictionaries, the same 280,000 entries take 0.3 s and 60 MB.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zlib import crc32

_IN_A_BUCKET = 2
"""Entries, on average: more would have to be parsed for each look-up, fewer make a larger index."""
_REMEMBERED = 4096
"""Look-ups of each table: the words of a text come again and again."""


class Table:
    """A mapping of strings that was packed."""

    def __init__(self, data: memoryview, buckets: int) -> None:
        """`data` is the index, `buckets` + 1 offsets of 4 bytes, and then the buckets."""
        self._index = data[: 4 * (buckets + 1)].cast("I")
        self._buckets = data[4 * (buckets + 1) :]
        self._count = buckets
        self.get = lru_cache(_REMEMBERED)(self._find)
        """(key) -> its value, or None."""

    def __contains__(self, key: str) -> bool:
        """Whether there is an entry (all have values other than None)."""
        return self.get(key) is not None

    def _find(self, key: str) -> Any:
        bucket = _bucket(key, self._count)
        text = str(self._buckets[self._index[bucket] : self._index[bucket + 1]], "utf-8")
        return json.loads(text).get(key)


def packed(tables: Mapping[str, Mapping[str, Any]], **small: Any) -> bytes:
    """Tables of JSON values by name, and whatever else of small values is to be kept with them.

    A line of JSON says where each is; the offsets in it are counted from the line's end.
    """
    parts, places, at = [], {}, 0
    for name, table in tables.items():
        count = len(table) // _IN_A_BUCKET + 1
        part = _packed(table, count)
        places[name] = (at, len(part), count)
        parts.append(part)
        at += len(part)
    line = json.dumps({"tables": places, "small": small}).encode()
    padding = b" " * (-(len(line) + 1) % 4)
    return b"".join((line, padding, b"\n", *parts))


def unpacked(data: bytes) -> tuple[dict[str, Table], dict[str, Any]]:
    """The tables and the small values again. Raises ValueError or KeyError for what `packed` did not make."""
    end = data.index(b"\n") + 1
    header = json.loads(data[:end])
    view = memoryview(data)[end:]
    tables = {name: Table(view[at : at + size], count) for name, (at, size, count) in header["tables"].items()}
    return tables, header["small"]


def _packed(table: Mapping[str, Any], count: int) -> bytes:
    buckets: list[dict[str, Any]] = [{} for _ in range(count)]
    for key, value in table.items():
        buckets[_bucket(key, count)][key] = value
    texts = [json.dumps(bucket, ensure_ascii=False, separators=(",", ":")).encode() for bucket in buckets]
    index = array("I", [0])
    for text in texts:
        index.append(index[-1] + len(text))
    body = b"".join((index.tobytes(), *texts))
    return body + b" " * (-len(body) % 4)  # so that the next table's index can be read in place


def _bucket(key: str, count: int) -> int:
    return crc32(key.encode("utf-8", "surrogatepass")) % count
