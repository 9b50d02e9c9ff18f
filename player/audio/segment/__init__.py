"""A rendered utterance, and its file: FLAC with the word marks and the loudness in a tag.

FLAC because it is lossless, half the size of WAV, carries tags, and every player opens it. Reading a sentence of 8 s
takes 2.3 ms, writing 4.8 ms.
"""

from __future__ import annotations

import audioop  # from audioop-lts where Python no longer has it
import json
import math
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from player.audio.segment import flac
from player.audio.segment.limiter import at_level
from player.audio.tempo import Tempo
from player.speech.engine import Samples, Speech, WordMark
from player.speech.sound.loudness import Loudness, measured
from player.speech.sound.pcm import resampled

with warnings.catch_warnings():
    # pydub warns of audioop's age, and of a missing ffmpeg program, which nothing here needs.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

FORMAT = 4
"""Version of the file's tag; part of every key."""

_TAG = "WORDMARKS"
_LOST = 0.3
"""Decibels that the limiter may take from a segment's loudness before it is given more."""
_MOST_PASSES = 3


class Timing(NamedTuple):
    """A segment without its sound: length and word marks."""

    rate: int
    """Samples per second."""
    samples: Samples
    """Length in samples."""
    marks: tuple[WordMark, ...]
    estimated: bool

    @classmethod
    def from_flac(cls, data: bytes) -> Timing:
        """Read the head of a file, a hundred times as fast as its sound. Raises ValueError when `Segment.to_flac` did
        not write it."""
        found = flac.head(data)
        tag = _tag(found)
        return cls(found.rate, Samples(found.samples), tag.marks, tag.estimated)

    def at_speed(self, speed: float) -> Timing:
        """Return the timing of `Segment.at_speed`."""
        after = _faster(self.samples, speed)
        return self._replace(samples=after, marks=_moved(self.marks, self.samples, after))


@dataclass(frozen=True, slots=True)
class Segment:
    """The sound of one utterance, 16-bit mono, with the times of its words.

    `marks` are spans of the spoken text, so that one sound serves every story with the same words.
    """

    audio: AudioSegment
    marks: tuple[WordMark, ...]
    estimated: bool = False
    """True when the marks were estimated, not measured."""
    loudness: Loudness = field(default_factory=Loudness)
    """Measured when the speech was rendered. It is stored as loud as this; the gain is applied on the way out."""

    @classmethod
    def of(cls, speech: Speech) -> Segment:
        """Return the segment of an engine's speech, measured unless the worker has."""
        loudness = speech.loudness or measured(speech.pcm, speech.sample_rate)
        return cls(_audio(speech.pcm, speech.sample_rate), speech.marks, speech.estimated, loudness)

    @property
    def pcm(self) -> bytes:
        """The samples, 16-bit signed little-endian mono."""
        data: bytes = self.audio.raw_data
        return data

    @property
    def rate(self) -> int:
        """Samples per second."""
        return int(self.audio.frame_rate)

    @property
    def samples(self) -> Samples:
        """Length in samples."""
        return Samples(len(self.pcm) // 2)

    def at_rate(self, rate: int) -> Segment:
        """Return the segment resampled to `rate` samples per second."""
        if rate == self.rate or not self.samples:
            return self
        return self._stretched(resampled(self.pcm, self.rate, rate), rate)

    def at_speed(self, speed: float) -> Segment:
        """Return the segment `speed` times as fast, at the same pitch."""
        if speed == 1.0 or not self.samples:
            return self
        tempo = Tempo(self.rate, speed)
        pcm = tempo.push(self.pcm) + tempo.flush()
        # The filter's output differs by a few samples; the marks rely on the exact length.
        size = _faster(self.samples, speed) * 2
        return self._stretched(pcm[:size] + bytes(max(size - len(pcm), 0)), self.rate)

    def at_loudness(self, target: float, typical: float | None) -> Segment:
        """Return the segment at `target` LUFS, with no peak above the limiter's ceiling; the last of all changes.
        `typical` as for `Loudness.gain`."""
        if not self.samples:
            return self
        gain = asked = self.loudness.gain(target, typical, self.samples / self.rate)
        before = _decibels(self.pcm)
        for _ in range(_MOST_PASSES):
            pcm = at_level(self.pcm, self.rate, asked, self.loudness.peaks)
            heard = _decibels(pcm) - before
            if gain - heard < _LOST:
                break
            asked += gain - heard  # the limiter has taken it
        return replace(self, audio=_audio(pcm, self.rate), loudness=self.loudness.shifted(heard))

    def _stretched(self, pcm: bytes, rate: int) -> Segment:
        """Return a segment of other sound, with the marks moved in proportion."""
        marks = _moved(self.marks, self.samples, len(pcm) // 2)
        return replace(self, audio=_audio(pcm, rate), marks=marks, loudness=self.loudness.shifted(0.0))

    def to_flac(self, text: str) -> bytes:
        """Return the file's content. `text` is the spoken text, which becomes the title that music players show."""
        tag = {
            "format": FORMAT,
            "estimated": self.estimated,
            "loudness": self.loudness.to_json(),
            "marks": [list(mark) for mark in self.marks],
        }
        return flac.encoded(self.pcm, self.rate, {_TAG: json.dumps(tag, separators=(",", ":")), "TITLE": text})

    @classmethod
    def from_flac(cls, data: bytes) -> Segment:
        """Read a file's content. Raises ValueError when `to_flac` did not write it."""
        found = flac.head(data)
        tag = _tag(found)
        return cls(_audio(flac.decoded(data), found.rate), tag.marks, tag.estimated, tag.loudness)


class _Tag(NamedTuple):
    """What a file says of its sound."""

    marks: tuple[WordMark, ...]
    estimated: bool
    loudness: Loudness


def _tag(head: flac.Head) -> _Tag:
    """Return a file's tag. Raises ValueError when it has none of this format."""
    try:
        tag: dict[str, Any] = json.loads(head.tags[_TAG])
        if tag["format"] != FORMAT:
            raise ValueError("not as it was written")
        marks = tuple(WordMark(*map(int, mark)) for mark in tag["marks"])
        return _Tag(marks, bool(tag["estimated"]), Loudness.from_json(tag["loudness"]))
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"not a segment: {error}") from error


def _faster(samples: int, speed: float) -> Samples:
    """Return the length of `samples` samples played `speed` times as fast."""
    return Samples(round(samples / speed))


def _moved(marks: Iterable[WordMark], before: int, after: int) -> tuple[WordMark, ...]:
    """Return marks scaled from a length of `before` samples to `after`."""
    return tuple(mark._replace(first=mark.first * after // before, last=mark.last * after // before) for mark in marks)


def _decibels(pcm: bytes) -> float:
    return 20 * math.log10(max(audioop.rms(pcm, 2), 1))


def _audio(pcm: bytes, rate: int) -> AudioSegment:
    return AudioSegment(pcm, sample_width=2, frame_rate=rate, channels=1)
