"""How loud speech is, by ITU-R BS.1770-4: measured piece by piece, so that a part that is known need not be heard
again."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction

_ABSOLUTE_GATE = -70.0
"""LUFS; quieter windows are silence (BS.1770-4, 2.8)."""
_RELATIVE_GATE = -10.0
"""LU below the loudness of what passed the absolute gate."""
_OFFSET = -0.691
"""Of the loudness to the decibels of the mean square (BS.1770-4, 2.5)."""
_FILLED = 3
"""Windows of 400 ms begin every 100 ms; those before are not full yet."""

REFERENCE = -18.0
"""LUFS to which ReplayGain 2.0 brings a track."""


def windows(pcm: bytes | bytearray, rate: int) -> Counter[int]:
    """How many windows of 400 ms have which loudness, in tenths of LUFS. `pcm` is 16-bit mono.

    FFmpeg's `ebur128`, 1400 times real time.
    """
    if not pcm:
        return Counter()
    import av  # 0.06 s
    from av.filter import Graph

    graph = Graph()
    source = graph.add_abuffer(sample_rate=rate, format="s16", layout="mono", time_base=Fraction(1, rate))
    meter = graph.add("ebur128", "metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
    frame.sample_rate = rate
    frame.pts = 0
    frame.planes[0].update(bytes(pcm))
    graph.push(frame)
    graph.push(None)
    found: Counter[int] = Counter()
    number = 0
    while True:
        try:
            measured = graph.pull().metadata.get("lavfi.r128.M")
        except (av.error.BlockingIOError, av.error.EOFError):
            return found
        loudness = -math.inf if measured is None else float(measured)  # the last one is shorter, and has none
        if number >= _FILLED and math.isfinite(loudness) and loudness > _ABSOLUTE_GATE:
            found[round(loudness * 10)] += 1
        number += 1


def integrated(counts: Counter[int]) -> float | None:
    """The loudness of all windows together, in LUFS; None when there is nothing but silence."""
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
