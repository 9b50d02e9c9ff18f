"""Recorded speech as spoken text: what is said, followed by where its recording is, in private characters.

So a recorded utterance takes the way of any other, and its clip is part of the audio cache's key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from player.errors import EngineError
from player.story.model import Block, Clip

_PRIVATE = 0x10FE00
"""First of the private characters that encode ASCII; `clean` drops such characters from every story."""
_ENCODED = re.compile("[\U0010fe20-\U0010fe7f]+\\Z")
_NEAR = 700_000
"""Microseconds between two clips up to which they are one stretch of speech."""
_LATE = 60_000
"""Microseconds by which clips that follow one another may overlap."""


class TimedPart(NamedTuple):
    """Characters [start, end) of an utterance that begin to sound at a time of the audio file, in microseconds."""

    start: int
    end: int
    first: int


@dataclass(frozen=True, slots=True)
class Recording:
    """The recording of an utterance."""

    sound: str
    """See Clip.sound."""
    first: int
    last: int
    """[first, last) in microseconds."""
    exact: bool
    """True if there is no silence at its ends."""
    parts: tuple[TimedPart, ...]
    """Its clips."""


def recorded(text: str, clips: Sequence[Clip], start: int) -> str:
    """Return the spoken text of clips that follow one another; `text` begins at `start` of their block."""
    parts = ",".join(f"{clip.start - start}:{clip.end - start}:{clip.first}" for clip in clips)
    first, last = clips[0].speech or clips[0][3:5], clips[-1].speech or clips[-1][3:5]
    exact = int(clips[0].speech is not None and clips[-1].speech is not None)
    code = f"{clips[0].sound};{first[0]};{last[1]};{exact};{parts}"
    return f"{text} {''.join(chr(_PRIVATE + ord(c)) for c in code)}"


def said(spoken: str) -> str:
    """Return the words of a spoken text, without its recording.

    >>> said(recorded("Call me.", [Clip(0, 8, "0a-1", 0, 900)], 0))
    'Call me.'
    """
    return _ENCODED.sub("", spoken).rstrip() if spoken and ord(spoken[-1]) > _PRIVATE else spoken


def recording(spoken: str) -> Recording | None:
    """Return the recording of a spoken text; None when it has none."""
    found = _ENCODED.search(spoken)
    if found is None:
        return None
    sound, first, last, exact, parts = "".join(chr(ord(c) - _PRIVATE) for c in found[0]).split(";")
    timed = (TimedPart(*map(int, part.split(":"))) for part in parts.split(","))
    return Recording(sound, int(first), int(last), exact == "1", tuple(timed))


def with_clips(block: Block, blocks: Iterable[Block]) -> Block:
    """Return a block of a sentence of `blocks`, with the clips that those have of it. Raises EngineError when they have
    none."""
    for one in blocks:
        at = one.text.find(block.text) if one.clips else -1
        end = at + len(block.text)
        clips = [clip for clip in one.clips if 0 <= at <= clip.start and clip.end <= end]
        if clips:
            return replace(
                block, clips=tuple(clip._replace(start=clip.start - at, end=clip.end - at) for clip in clips)
            )
    raise EngineError("this sentence is not in the book's recording")


def stretches(text: str, clips: Sequence[Clip], sentence_ends: Sequence[int]) -> Iterator[list[Clip]]:
    """Yield the clips of a block, those together that follow one another within a sentence."""
    held: list[Clip] = []
    ends = iter((*sentence_ends, len(text)))
    end = next(ends)
    for clip in clips:
        if held and not (clip.end <= end and _follows(text, held[-1], clip)):
            yield held
            held = []
        while not held and end <= clip.start:
            end = next(ends, len(text) + 1)
        held.append(clip)
    if held:
        yield held


def _follows(text: str, before: Clip, clip: Clip) -> bool:
    between = text[before.end : clip.start]
    return (
        before.sound == clip.sound
        and before.first < clip.first
        and -_LATE <= clip.first - before.last <= _NEAR
        and not any(map(str.isalnum, between))
    )
