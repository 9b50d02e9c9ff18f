"""Sound in a server's answers."""

from __future__ import annotations

import re
from io import BytesIO

from player.speech.engines.openai_engine.server import Answer, CutAnswer
from player.speech.kit import EngineError
from player.speech.sound.pcm import decoded

RATE = 24_000
"""Samples a second of OpenAI's and Kokoro's sound, also where it has no header."""
_RAW = ("audio/pcm", "audio/l16", "audio/x-pcm", "audio/raw")
_OPEN_END = 1_000_000_000
"""A WAV file that is written while it is made gives sizes above this, or 0."""
_CONTAINERS = (b"RIFF", b"RF64", b"OggS", b"fLaC", b"ID3", b"FORM", b"caff", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1")


def sound_in(answer: Answer, asked: str) -> tuple[bytes, int]:
    """Return 16-bit mono PCM and its rate; `asked` is the format asked for, "wav" or "pcm". Raises CutAnswer for a part
    of a file, EngineError for no sound."""
    kind = answer.headers.get("content-type", "").lower()
    if "json" in kind or kind.startswith("text/"):
        raise EngineError("the server answers with text in place of sound", "check base_url in [engines.openai]")
    return sound(answer.body, kind, asked)


def sound(data: bytes, kind: str, asked: str) -> tuple[bytes, int]:
    """Return 16-bit mono PCM and its rate. `kind` is its media type, if known. Raises as `sound_in`."""
    if not data:
        raise CutAnswer("the server's answer is empty")
    if not data.startswith(_CONTAINERS) and (kind.startswith(_RAW) or asked == "pcm"):
        told = re.search(r"rate=(\d{4,6})\b", kind)
        return data[: len(data) // 2 * 2], int(told[1]) if told else RATE
    if not _is_whole(data):
        raise CutAnswer("the server's answer was cut off")
    return decoded(BytesIO(data))


def _is_whole(data: bytes) -> bool:
    """Return False for a WAV file that has less sound than its header says."""
    if data[:4] != b"RIFF":
        return True
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] == b"data":
            return size == 0 or size > _OPEN_END or at + 8 + size <= len(data)
        at += 8 + size + size % 2
    return False
