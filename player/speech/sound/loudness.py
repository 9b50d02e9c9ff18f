"""Loudness of speech by ITU-R BS.1770-4, measured in pieces, so that known pieces need not be decoded again."""

from __future__ import annotations

import audioop  # from audioop-lts where Python no longer has it
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from player.speech.sound.pcm import frame_of, pcm_of
from player.speech.sound.peaks import Peaks, peaks

_ABSOLUTE_GATE = -70.0
"""LUFS; quieter windows are silence (BS.1770-4, 2.8)."""
_RELATIVE_GATE = -10.0
"""LU below the loudness of what passed the absolute gate."""
_OFFSET = -0.691
"""Added to the decibels of the mean square (BS.1770-4, 2.5)."""
_HOPS = 4
"""Windows per window length: 400 ms long, one every 100 ms."""

_HEADROOM = 0.5
"""Factor of the weighted samples, against clipping: the shelf raises some to 1.6 times."""

REFERENCE = -18.0
"""Target in LUFS of ReplayGain 2.0."""
R128_REFERENCE = -23.0
"""Target in LUFS of Opus's R128_TRACK_GAIN (RFC 7845, 5.2.1)."""
TARGET = -19.0
"""LUFS of a mono voice that sounds as loud as -16 LUFS in stereo, which podcasts have (Apple; AES TD1008)."""
_MOST_GAIN = 20.0
"""Decibels. Speech that is quieter is more likely noise."""
_TRUSTED_SECONDS = 1.5
"""Speech as long as this tells how loud a voice is; the loudness of a shorter one depends on its few words."""
_IN_PAUSES = 0.3
"""Seconds by which a sentence adds more to the measured length of a story than it lasts: windows around its beginning
and end reach into the pauses."""
_SHORTEST = 0.6
"""Seconds. A shorter sentence is made no louder for its pauses: a cry would stand out."""
_LIMITED = 13.0
"""Decibels above the loudness from which peaks are measured: at TARGET, those from 13.6 on may need a limiter. A louder
target measures again: from 10 on, which it needs, would take every sentence twice the time."""
_MARGIN = _HOPS - 1
"""Hops of silence around speech in which a window still touches it."""


class Loudness(NamedTuple):
    """The loudness of one utterance."""

    lufs: float | None = None
    """Loudness of the speech, without the windows that reach into the silence around it; None for silence."""
    seconds: float = 0.0
    """Length of the speech that was measured."""
    windows: Mapping[int, int] = MappingProxyType({})
    """See `windows`, with silence on both sides, as in a story: their sum is the story's."""
    peaks: Peaks = Peaks()
    """Where a limiter may be needed."""

    def gain(self, target: float, typical: float | None, seconds: float) -> float:
        """Return the decibels that bring a story of such speech, `seconds` long as it is played, to `target` LUFS.

        A story is quieter than its sentences, for its windows that reach into pauses: by 0.2 LU where they are long, by
        2 where they are of one word. `typical` is the usual loudness of the voice, if it is known: a short exclamation
        keeps what makes it louder or quieter than that.
        """
        if self.lufs is None:
            return 0.0
        trust = 1.0 if typical is None else min(self.seconds / _TRUSTED_SECONDS, 1.0)
        loudness = trust * self.lufs + (1 - trust) * (typical or 0.0)
        pauses = 10 * math.log10(1 + _IN_PAUSES / max(seconds, _SHORTEST))
        return round(min(target + pauses - loudness, _MOST_GAIN), 2)

    def shifted(self, decibels: float) -> Loudness:
        """Return the loudness after a change of level, without the peaks."""
        tenths = round(decibels * 10)
        moved = Counter({window + tenths: n for window, n in self.windows.items()})
        return Loudness(None if self.lufs is None else self.lufs + decibels, self.seconds, moved)

    def to_json(self) -> list[Any]:
        """Return plain data."""
        return [self.lufs, self.seconds, sorted(self.windows.items()), self.peaks.to_json()]

    @classmethod
    def from_json(cls, data: Any) -> Loudness:
        """Return what `to_json` made plain. Raises TypeError or ValueError when it did not."""
        lufs, seconds, counts, told = data
        found = Counter({int(window): int(n) for window, n in counts})
        return cls(None if lufs is None else float(lufs), float(seconds), found, Peaks.from_json(told))


def measured(pcm: bytes, rate: int) -> Loudness:
    """Return the loudness of one utterance, 16-bit mono."""
    hop = rate // 10
    hops = -(-len(pcm) // (2 * hop))
    around = bytes(_MARGIN * hop * 2)
    padded = around + pcm + bytes(hops * hop * 2 - len(pcm)) + around
    found = _momentary(padded, rate)
    inside = found[_MARGIN : len(pcm) // (2 * hop)]
    seconds = len(pcm) / 2 / rate
    lufs = integrated(_counted(inside))
    if lufs is None and (loudest := integrated(_counted([max(found, default=-math.inf)]))) is not None:
        # Too short for a window, which is then partly silence.
        lufs = loudest + 10 * math.log10(max(_HOPS * 0.1 / seconds, 1.0))
    if lufs is None:
        return Loudness(None, round(seconds, 2), _counted(found))
    high = peaks(pcm, rate, 32768 * 10 ** ((lufs + _LIMITED) / 20))
    return Loudness(round(lufs, 2), round(seconds, 2), _counted(found), high)


def prepare() -> None:
    """Import what `measured` needs: 0.06 s."""
    import av.filter  # noqa: F401


def windows(pcm: bytes | bytearray, rate: int) -> Counter[int]:
    """Return the number of 400 ms windows by loudness, in tenths of LUFS. `pcm` is 16-bit mono.

    3400 times real time; FFmpeg's `ebur128`, which also does what is not needed here, 1300 times. (One convolution by
    `afir` in place of the two filters takes twice the time and three times the memory.)
    """
    return _counted(_momentary(pcm, rate))


def _momentary(pcm: bytes | bytearray, rate: int) -> list[float]:
    """Return the loudness of every window in LUFS."""
    hop = rate // 10
    weighted = memoryview(_weighted(pcm, rate) if pcm else b"")
    powers = [
        (audioop.rms(weighted[at : at + 2 * hop], 2) / (_HEADROOM * 32768)) ** 2
        for at in range(0, len(weighted) - 2 * hop + 1, 2 * hop)
    ]
    means = (sum(powers[begin : begin + _HOPS]) / _HOPS for begin in range(len(powers) - _HOPS + 1))
    return [_OFFSET + 10 * math.log10(power) if power else -math.inf for power in means]


def _counted(momentary: Sequence[float]) -> Counter[int]:
    """Return the number of windows by tenths of LUFS, without silence."""
    return Counter(round(loudness * 10) for loudness in momentary if loudness > _ABSOLUTE_GATE)


def _weighted(pcm: bytes | bytearray, rate: int) -> bytes:
    """Return the sound weighted like hearing, times _HEADROOM."""
    from fractions import Fraction

    import av  # 0.06 s
    from av.filter import Graph

    graph = Graph()
    source = graph.add_abuffer(sample_rate=rate, format="s16", layout="mono", time_base=Fraction(1, rate))
    shelf = graph.add("biquad", _shelf(rate))
    high_pass = graph.add("biquad", _high_pass(rate))
    sink = graph.add("abuffersink")
    source.link_to(shelf)
    shelf.link_to(high_pass)
    high_pass.link_to(sink)
    graph.configure()
    graph.push(frame_of(pcm, rate))
    graph.push(None)
    out = graph.pull()
    assert isinstance(out, av.AudioFrame)
    return pcm_of([out])


def _shelf(rate: int) -> str:
    """Return the filter for the effect of the head (BS.1770-4, table 1) at any rate: a high shelf of 4 dB above 1682
    Hz, as in libebur128, times _HEADROOM."""
    k, q = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    passed = (high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k)
    return _biquad(tuple(_HEADROOM * each for each in passed), k, q)


def _high_pass(rate: int) -> str:
    """Return the filter that removes sound below 38 Hz (BS.1770-4, table 2)."""
    k, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    scale = 1 + k / q + k * k
    return _biquad((scale, -2 * scale, scale), k, q)


def _biquad(b: tuple[float, ...], k: float, q: float) -> str:
    """Return the options of FFmpeg's filter of second order."""
    a = (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k)
    names = zip(("b0", "b1", "b2", "a0", "a1", "a2"), b + a, strict=True)
    return ":".join(f"{name}={value / a[0]:.15f}" for name, value in names)


def integrated(counts: Counter[int]) -> float | None:
    """Return the loudness of all windows in LUFS; None for silence."""
    whole = _mean(counts)
    if whole is None:
        return None
    gate = whole + _RELATIVE_GATE
    return _mean(Counter({tenths: n for tenths, n in counts.items() if tenths / 10 > gate}))


def _mean(counts: Counter[int]) -> float | None:
    number = sum(counts.values())
    if not number:
        return None
    power = sum(n * 10 ** ((tenths / 10 - _OFFSET) / 10) for tenths, n in counts.items()) / number
    return _OFFSET + 10 * math.log10(power)
