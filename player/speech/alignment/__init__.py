"""Word times for engines that give none: their sound is aligned with espeak-ng's of the same text, whose times are
known.

Both sounds become spectra of 10 ms each, one is stretched along the other at the lowest cost (dynamic time warping),
and the beginnings of the words move along. The cost tells whether both say the same: above a threshold, the
proportional estimate of `player.speech.aligner` remains, and is flagged.

Measured against the durations of two neural voices (`python -m tests.benchmarks alignment`): median error 20 ms, 95th
percentile below 90 ms; takes a hundredth of the speech's duration.
"""

from __future__ import annotations

import logging
from array import array
from dataclasses import replace
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

from player.errors import EngineError
from player.speech.engine import Speech, WordMark
from player.speech.espeak.word_marks import Timed, word_marks
from player.speech.sound.trimming import peaks

if TYPE_CHECKING:
    from player.speech.espeak.library import Spoken
    from player.speech.espeak.reference import Reference

_logger = logging.getLogger(__name__)

_DEAREST = 0.845
"""Cost of a step up to which an alignment is trusted. Measured: 0.65 to 0.84 for the same sentence (2 in 100 are above,
short ones), above 0.842 for 99 in 100 of other sentences of similar length."""
_LATE = 0.033
"""Seconds by which espeak-ng's words begin before they are heard: in the closure of a stop, in the end of the word
before. 28 and 40 ms against the two voices."""
_SHORTEST = 0.15
"""Seconds of sound below which nothing is aligned."""
_USUAL_RATE, _SLOWEST_RATE, _FASTEST_RATE = 175, 80, 450
"""Words a minute."""
_NEAR = 1.3
"""Ratio of the two lengths from which espeak-ng speaks again, at the voice's own rate."""
_MARGIN = 0.03
"""Seconds of near-silence left at both ends, as engines' sounds have it."""
_AUDIBLE = 150
"""Amplitude of 32768."""
_FAILURES_AT_MOST = 3


class Aligner:
    """Aligns the speech of one language. Starts espeak-ng in a process of its own when it is first needed."""

    def __init__(self, language: str) -> None:
        """`language` in BCP 47; for one that espeak-ng lacks all estimates remain."""
        self._language = language
        self._reference: Reference | None = None
        self._failures = 0
        self._can_align = find_spec("numpy") is not None

    def improved(self, text: str, speech: Speech) -> Speech:
        """Return speech with measured word times in place of estimated ones, where they can be trusted."""
        if not (speech.estimated and self._can_align):
            return speech
        try:
            marks = self._aligned(text, speech)
        except EngineError:
            self._failures += 1
            self._can_align = self._failures < _FAILURES_AT_MOST
            _logger.info("nothing to align with", exc_info=True)
            return speech
        return replace(speech, marks=marks, estimated=False) if marks else speech

    def close(self) -> None:
        """End the process."""
        if self._reference is not None:
            self._reference.close()

    def _aligned(self, text: str, speech: Speech) -> tuple[WordMark, ...]:
        """Return measured marks, or () when they are not to be trusted. Raises EngineError without a reference."""
        from player.speech.alignment.warping import warp  # numpy, 0.2 s

        rate = speech.sample_rate
        begin, end = _audible(speech.pcm, rate)
        if end - begin < _SHORTEST * rate:
            return ()
        spoken = self._said_as_fast(text, speech)
        first, last = _audible(spoken.pcm, spoken.rate)
        if last - first < _SHORTEST * spoken.rate:
            return ()
        found = warp((spoken.pcm[2 * first : 2 * last], spoken.rate), (speech.pcm[2 * begin : 2 * end], rate))
        _logger.debug("aligned at a cost of %.3f", found.cost)
        if found.cost > _DEAREST:
            return ()

        def place(sample: int) -> int:
            """Return the sample of the speech at which that of the reference is heard."""
            seconds = (min(max(sample, first), last) - first) / spoken.rate
            return min(begin + round((found.place(seconds) + _LATE) * rate), end)

        events = [event for clause in spoken.clauses for event in clause if not event.silent]
        edges = [*(place(event.sample) for event in events), end]
        timed = (Timed(e.start, e.length, a, max(a, b)) for e, (a, b) in zip(events, pairwise(edges), strict=True))
        return word_marks(text, timed)

    def _said_as_fast(self, text: str, speech: Speech) -> Spoken:
        """Return espeak-ng's sound of a text, at about the speed of the speech."""
        from player.speech.espeak.reference import Reference  # ctypes and subprocess, 0.01 s

        reference = self._reference = self._reference or Reference(self._language)
        spoken = reference.say(text, _USUAL_RATE)
        ratio = len(spoken.pcm) / 2 / spoken.rate / (speech.samples / speech.sample_rate)
        if 1 / _NEAR <= ratio <= _NEAR:
            return spoken
        return reference.say(text, min(max(round(_USUAL_RATE * ratio), _SLOWEST_RATE), _FASTEST_RATE))


def _audible(pcm: bytes, rate: int) -> tuple[int, int]:
    """Return the first sample of the sound and the one behind its last, without silence at its ends."""
    samples, block, margin = array("h", pcm), max(rate // 200, 1), round(_MARGIN * rate)
    before = next((i * block for i, peak in enumerate(peaks(samples, block)) if peak > _AUDIBLE), len(samples))
    samples.reverse()
    after = next((i * block for i, peak in enumerate(peaks(samples, block)) if peak > _AUDIBLE), 0)
    return max(before - margin, 0), len(samples) - max(after - margin, 0)
