"""FLAC, as segments are kept: its head read without a library, its sound decoded by miniaudio.

A player that starts on what is in the cache waits for this. PyAV and mutagen are 0.06 s and 0.03 s of import; miniaudio
is needed for the loudspeaker anyway, and decodes a sentence of 8 s in 2 ms, PyAV in 3.
"""

from __future__ import annotations

import sys
from importlib import import_module
from io import BytesIO
from threading import Lock
from typing import Any, NamedTuple

from player.importing import postponed
from player.speech.sound.pcm import frame_of

_MAGIC = b"fLaC"
_STREAM_INFO, _VORBIS_COMMENT = 0, 4
"""Types of metadata blocks: RFC 9639, section 8.1."""
_ENCODER = {"max_partition_order": "4"}
"""A quarter quicker than FFmpeg's usual 8, and a thousandth larger."""
_one_at_a_time = Lock()
"""Each of FFmpeg's FLAC encoders takes 7 MB, for 5 ms: with many stories at once, all threads would have one."""


class Head(NamedTuple):
    """What a file says before its sound."""

    rate: int
    """Samples per second."""
    samples: int
    """Length of the sound."""
    tags: dict[str, str]
    """By their names in capitals."""


def library() -> Any:
    """Return the module miniaudio, imported without numpy. It would import numpy if installed (0.1 s and 17 MB), only
    to recognise numpy arrays, which are never passed to it here; and urllib's requests (0.02 s), for radio."""
    if "miniaudio" in sys.modules:
        return import_module("miniaudio")
    with postponed("urllib.request"):
        if "numpy" in sys.modules:
            return import_module("miniaudio")
        sys.modules["numpy"] = None  # type: ignore[assignment]
        try:
            return import_module("miniaudio")
        finally:
            del sys.modules["numpy"]


def head(data: bytes) -> Head:
    """Return the head of a file, which may end anywhere behind it. Raises ValueError when it is none."""
    rate = samples = -1
    tags: dict[str, str] = {}
    if data[:4] != _MAGIC:
        raise ValueError("not FLAC")
    at, last = 4, False
    while not last:
        kind, size = data[at] & 127 if at < len(data) else -1, int.from_bytes(data[at + 1 : at + 4])
        block = data[at + 4 : at + 4 + size]
        if kind < 0 or len(block) < size:
            raise ValueError("FLAC without its head")
        if kind == _STREAM_INFO:
            # 20 bits of rate, 3 of channels, 5 of depth, 36 of length, behind 10 bytes about frames.
            facts = int.from_bytes(block[10:18])
            rate, samples = facts >> 44, facts & (1 << 36) - 1
        elif kind == _VORBIS_COMMENT:
            tags = _comments(block)
        last = data[at] > 127
        at += 4 + size
    if rate <= 0:
        raise ValueError("FLAC of no known rate")
    return Head(rate, samples, tags)


def decoded(data: bytes) -> bytes:
    """Return a file's sound: 16-bit signed little-endian mono samples. Raises ValueError when it is damaged."""
    try:
        return bytes(library().flac_read_s16(data).samples)
    except library().DecodeError as error:
        raise ValueError(f"not FLAC: {error}") from error


def encoded(pcm: bytes, rate: int, tags: dict[str, str]) -> bytes:
    """Return a file of 16-bit mono sound at `rate` samples per second."""
    import av  # 0.06 s

    file = BytesIO()
    # No padding for more tags: FFmpeg would leave 8 kB, a fifteenth of a sentence.
    muxer = {"metadata_header_padding": "0"}
    with _one_at_a_time, av.open(file, "w", format="flac", options=muxer) as container:
        container.metadata.update(tags)
        stream = container.add_stream("flac", rate=rate, layout="mono", options=_ENCODER)
        container.mux(stream.encode(frame_of(pcm, rate)))
        container.mux(stream.encode(None))
    return file.getvalue()


def _comments(block: bytes) -> dict[str, str]:
    """Return the tags of a block: lengths of 32 bits, each before its UTF-8 text."""
    tags: dict[str, str] = {}
    at = 8 + int.from_bytes(block[:4], "little")  # behind the writer's name and the number of tags
    while at + 4 <= len(block):
        size = int.from_bytes(block[at : at + 4], "little")
        name, _, value = block[at + 4 : at + 4 + size].decode("utf-8").partition("=")
        tags[name.upper()] = value
        at += 4 + size
    return tags
