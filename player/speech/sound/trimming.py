"""Measurements on 16-bit mono PCM, and trimming of silence. Standard library only."""

from __future__ import annotations

import audioop  # from audioop-lts where Python no longer has it
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from player.errors import EngineError, Unspeakable
from player.speech.engine import Speech, WordMark

_MARGIN_SECONDS = 0.03
"""Near-silence left at each end: enough for a soft consonant, and to join without a click."""
_NEAR_SILENCE = 100
"""Amplitude of 32768, about -50 dB: below the quietest sound of engines of usual loudness, and above the noise of the
neural ones."""
_OF_LOUDEST = 1 / 100
"""The same as a part of the loudest sample, for quieter engines: a voice at -40 LUFS would lose the f of "fish" and the
th of "Seth"."""
_SLOWEST_RATE, _FASTEST_RATE = 4_000, 192_000
"""Allowed samples per second."""
_LOUDEST = 32768 // 2
"""Root mean square above which sound is noise: speech that loud would be clipped everywhere."""
_MOST_SECONDS, _SECONDS_PER_CHARACTER = 10.0, 2.0
"""Speech is no longer than the sum of these: "1,000,000" takes 0.1 s for each character, a drawled sign 1."""
_CHARACTERS_PER_SECOND = 200.0
"""Speech is no faster: the quickest voices say 40."""


def check(speech: Speech, text: str) -> Speech:
    """Return the same speech. Raises EngineError when it breaks Speech's promises."""
    if len(speech.pcm) % 2 or not _SLOWEST_RATE <= speech.sample_rate <= _FASTEST_RATE:
        message = f"the speech engine returned {len(speech.pcm)} bytes at {speech.sample_rate} Hz, not 16-bit sound"
        raise EngineError(message)
    end = first = 0
    for mark in speech.marks:
        if not (end <= mark.start < mark.end <= len(text) and first <= mark.first <= mark.last <= speech.samples):
            raise EngineError("the speech engine returned word marks out of order")
        end, first = mark.end, mark.last
    return speech


def plausible(speech: Speech, text: str) -> Speech:
    """Return the same speech. Raises EngineError when it cannot be this text: noise, or far too long or too short."""
    said = sum(map(str.isalnum, text))
    if not said or not speech.pcm:
        return speech
    seconds = speech.samples / speech.sample_rate
    if not said / _CHARACTERS_PER_SECOND <= seconds <= _MOST_SECONDS + _SECONDS_PER_CHARACTER * len(text):
        raise EngineError(f"the speech engine returned {seconds:.2f} s of sound for {len(text)} characters")
    if audioop.rms(speech.pcm, 2) > _LOUDEST:
        raise EngineError("the speech engine returned noise in place of speech")
    return speech


def peaks(samples: Sequence[int], block: int) -> Iterator[int]:
    """Yield the largest absolute sample of each block, the last of which may be shorter."""
    for i in range(0, len(samples), block):
        yield _peak(samples[i : i + block])


def _peak(part: Sequence[int]) -> int:
    return max(max(part), -min(part))  # noqa: PLW3301  flat, it would be eight times slower


def trimmed(pcm: bytes, rate: int, marks: Iterable[WordMark]) -> Speech:
    """Return speech without the near-silence at its ends, so that all pauses are the timeline's.

    The marks move with the sound; those entirely in the trimmed parts are dropped.
    """
    loudest = audioop.max(pcm, 2) if pcm else 0
    if loudest <= _NEAR_SILENCE:
        return Speech(b"", rate, ())
    limit = min(_NEAR_SILENCE, loudest * _OF_LOUDEST)
    samples = array("h", pcm)
    block = max(rate // 200, 1)
    before = block * _quiet(peaks(samples, block), limit)
    margin = round(_MARGIN_SECONDS * rate)
    first = max(before - margin, 0)
    ends = range(len(samples), 0, -block)
    behind = block * _quiet((_peak(samples[max(end - block, 0) : end]) for end in ends), limit)
    last = len(samples) - max(behind - margin, 0)
    kept = (
        WordMark(m.start, m.end, min(max(m.first, first), last) - first, min(max(m.last, first), last) - first)
        for m in marks
    )
    return Speech(pcm[2 * first : 2 * last], rate, tuple(m for m in kept if m.first < m.last))


def _quiet(loudest: Iterable[int], limit: float) -> int:
    """Return the number of peaks before the first one above a limit."""
    return sum(1 for _ in takewhile(lambda peak: peak <= limit, loudest))


def audible(speech: Speech, text: str) -> Speech:
    """Return the same speech. Raises Unspeakable when it is silent for a text with letters or digits."""
    silent = not speech.pcm or audioop.max(speech.pcm, 2) <= _NEAR_SILENCE
    if silent and any(c.isalnum() for c in text):
        raise Unspeakable("this voice has no sound for these letters", "choose a voice of the text's language")
    return speech
