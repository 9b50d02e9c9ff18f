"""What a worker and its host say to each other: one line of JSON, then as many raw bytes as it announces.

    host -> worker   {"engine": "...", "voice": "...", "language": "...", "options": {"rate": 150},
                      "patient": false}                             first of all
                     {"id": 7, "text": "Hello."}
                     {"id": 7, "text": ""}                          answered once the voice is loaded
    worker -> host   {"engine": "...", "version": "...", "voice": {...}, "only": true, "options": [...]}     the hello
                     {"id": 7, "rate": 22050, "estimated": false, "marks": [[0, 5, 0, 9000]], "loudness": [...],
                      "bytes": 20000}
                     {"id": 7, "error": "...", "hint": "...", "kind": "unspeakable"}         instead of any of them

A patient worker loads its voice only when something is asked. Options were set by the listener; one may be a password,
and arguments of a process are visible to every user of the machine.

Asked at first for the voices of some engines, a worker answers once for each, and ends:

    host -> worker   {"voices": {"...": {"rate": 150}, ...}}        {engine: its options}
    worker -> host   {"engine": "...", "version": "...", "voices": [...]}

An error's kind is "usage", "unspeakable" (the voice has no sound for this text), "busy" (it may be asked again after so
many "seconds"), or empty for a failure. One of "usage" has the "setting" and the "voice" of `UsageError`.

Plain data only, never pickle: a speech library gone wild can at worst send rubbish, which is refused.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, BinaryIO

from player.errors import EngineError
from player.speech.engine import Voice

Header = dict[str, Any]

_LONGEST_HEADER = 1 << 22
"""Bytes. Enough for 2000 voices, or for an utterance of 60 000 words."""
_MOST_BYTES = 1 << 29
"""Bytes of PCM in one answer: an hour and a half at 48 kHz."""


def write_message(stream: BinaryIO, header: Header, payload: bytes = b"") -> None:
    """Send a header and its payload. Raises OSError when the other side is gone."""
    line = json.dumps({**header, "bytes": len(payload)} if payload else header)
    stream.write(line.encode() + b"\n" + payload)
    stream.flush()


def read_message(stream: BinaryIO) -> tuple[Header, bytes] | None:
    """Return the next header and payload; None at the end of the stream, even within a message.

    Raises EngineError for anything but a message of this protocol.
    """
    line = stream.readline(_LONGEST_HEADER)
    if not line.endswith(b"\n"):
        return None
    try:
        header = json.loads(line)
        size = header.get("bytes", 0)
    except (ValueError, AttributeError) as e:
        raise EngineError("the speech engine's process answered in no known form") from e
    if not isinstance(size, int) or not 0 <= size <= _MOST_BYTES:
        raise EngineError(f"the speech engine's process announced {size!r} bytes")
    payload = stream.read(size) if size else b""
    return (header, payload) if len(payload) == size else None


def voice_to_json(voice: Voice) -> Header:
    """Return a voice as plain data."""
    return asdict(voice)


def voice_from_json(data: Header) -> Voice:
    """Return the voice from plain data. Raises EngineError when it is malformed."""
    try:
        return Voice(**{**data, "scripts": tuple(data.get("scripts", ()))})
    except TypeError as e:
        raise EngineError("the speech engine described a voice wrongly") from e
