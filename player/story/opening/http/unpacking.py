"""The body of an answer, unpacked: all of it or an error."""

from __future__ import annotations

import zlib

ASKED_FOR = "gzip, deflate"
"""What can be unpacked, as a request says it. Brotli and Zstandard would need libraries."""

_MOST_LAYERS = 2


class UnknownPacking(ValueError):
    """It was packed in a way that was not asked for; the message names it."""


class Damaged(ValueError):
    """It is not what it is said to be; the message is one or two words: damaged, or cut short."""


class TooLarge(ValueError):
    """More comes out of it than is wanted."""


def unpacked(data: bytes, packing: str, largest: int) -> bytes:
    """What was packed, of at most `largest` bytes; `packing` as the header Content-Encoding has it.

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
    """Several packed pieces may follow one another in gzip; what is not one is left alone, as browsers do."""
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
    """zlib's `wbits`. What is called deflate has zlib's head, as it should, or none."""
    if gzip:
        return 16 + zlib.MAX_WBITS
    headed = len(data) > 1 and data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0
    return zlib.MAX_WBITS if headed else -zlib.MAX_WBITS
