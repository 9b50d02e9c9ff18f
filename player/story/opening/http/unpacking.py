"""Unpacking the body of an answer: all of it, or an error."""

from __future__ import annotations

import zlib

ASKED_FOR = "gzip, deflate"
"""The encodings that requests ask for. Brotli and Zstandard would need libraries."""

_MOST_LAYERS = 2


class UnknownPacking(ValueError):
    """The encoding was not asked for; the message names it."""


class Damaged(ValueError):
    """The content is invalid; the message is one or two words: damaged, or cut short."""


class TooLarge(ValueError):
    """The unpacked content is over the limit."""


def unpacked(data: bytes, packing: str, largest: int) -> bytes:
    """Return the unpacked content, at most `largest` bytes; `packing` as in the header Content-Encoding.

    Raises UnknownPacking, TooLarge or Damaged.
    """
    layers = [name for name in (part.strip().lower() for part in packing.split(",")) if name not in ("", "identity")]
    if len(layers) > _MOST_LAYERS:
        raise UnknownPacking(packing)
    for name in reversed(layers):
        if name not in ("gzip", "x-gzip", "deflate"):
            raise UnknownPacking(name)
        data = _inflated(data, largest, gzip=name != "deflate") if data else data
    return data


def _inflated(data: bytes, largest: int, *, gzip: bool) -> bytes:
    """Return inflated content. gzip may have several members; trailing garbage is ignored, as in browsers."""
    parts: list[bytes] = []
    left = largest
    while not parts or (gzip and data.startswith(b"\x1f\x8b")):
        unpacker = zlib.decompressobj(_window(data, gzip))
        try:
            part = unpacker.decompress(data, left + 1)
        except zlib.error as error:
            raise Damaged("damaged") from error
        left -= len(part)
        if left < 0:
            raise TooLarge
        if not unpacker.eof:
            raise Damaged("cut short")
        parts.append(part)
        data = unpacker.unused_data
    return b"".join(parts)


def _window(data: bytes, gzip: bool) -> int:
    """Return zlib's `wbits`. Content called deflate should have zlib's header, but may lack it."""
    if gzip:
        return 16 + zlib.MAX_WBITS
    headed = len(data) > 1 and data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0
    return zlib.MAX_WBITS if headed else -zlib.MAX_WBITS
