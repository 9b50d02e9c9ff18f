"""Loudness of speech by ITU-R BS.1770-4, measured in pieces, so that known pieces need not be decoded again."""

from __future__ import annotations

import audioop  # from audioop-lts where Python no longer has it
import math
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.filter.context import FilterContext

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
_SAMPLE_BYTES = {"s16": 2, "flt": 4}

_Biquad = tuple[float, float, float, float, float]
"""Coefficients of a filter of second order: b0, b1, b2, a1, a2."""

REFERENCE = -18.0
"""Target in LUFS of ReplayGain 2.0."""


def windows(pcm: bytes | bytearray, rate: int) -> Counter[int]:
    """Return the number of 400 ms windows by loudness, in tenths of LUFS. `pcm` is 16-bit mono.

    3000 times real time. FFmpeg's `biquad`, in which each sample waits for the one before, does 1300 times.
    """
    hop = rate // 10
    weighted = memoryview(_weighted(pcm, rate) if pcm else b"")
    powers = [
        (audioop.rms(weighted[at : at + 2 * hop], 2) / (_HEADROOM * 32768)) ** 2
        for at in range(0, len(weighted) - 2 * hop + 1, 2 * hop)
    ]
    found: Counter[int] = Counter()
    for begin in range(len(powers) - _HOPS + 1):
        power = sum(powers[begin : begin + _HOPS]) / _HOPS
        loudness = _OFFSET + 10 * math.log10(power) if power else -math.inf
        if loudness > _ABSOLUTE_GATE:
            found[round(loudness * 10)] += 1
    return found


def _weighted(pcm: bytes | bytearray, rate: int) -> bytes:
    """Return the sound weighted like hearing, times _HEADROOM: convolved with the impulse response of both filters."""
    from av.filter import Graph  # 0.06 s

    response = _response(rate)
    graph = Graph()
    if hasattr(graph, "threads"):  # PyAV 16 has no such choice
        graph.threads = 1
    sound, impulse = (
        graph.add_abuffer(sample_rate=rate, format=name, layout="mono", time_base=Fraction(1, rate))
        for name in ("s16", "flt")
    )
    convolved = graph.add("afir", f"irfmt=input:irnorm=-1:gtype=none:minp={len(response)}:maxp={len(response)}")
    rounded = graph.add("aformat", "sample_fmts=s16")
    sink = graph.add("abuffersink")
    sound.link_to(convolved, 0, 0)
    impulse.link_to(convolved, 0, 1)
    convolved.link_to(rounded)
    rounded.link_to(sink)
    graph.configure()
    _push(impulse, response.tobytes(), "flt", rate)
    _push(sound, pcm, "s16", rate)
    return b"".join(_pulled(sink))


def _push(source: FilterContext, data: bytes | bytearray, name: str, rate: int) -> None:
    """Give a source of a graph its only frame: mono samples in the format of this name."""
    import av

    frame = av.AudioFrame(format=name, layout="mono", samples=len(data) // _SAMPLE_BYTES[name])
    frame.sample_rate = rate
    frame.pts = 0
    frame.planes[0].update(bytes(data))
    source.push(frame)
    source.push(None)


def _pulled(sink: FilterContext) -> Iterator[bytes]:
    """Yield the 16-bit mono samples at the end of a graph."""
    import av

    with suppress(av.EOFError):
        while True:
            part = sink.pull()
            assert isinstance(part, av.AudioFrame)
            yield bytes(part.planes[0])[: 2 * part.samples]


@cache
def _response(rate: int) -> array[float]:
    """Return the impulse response of both filters, times _HEADROOM: 40 ms or more, after which it is below -80 dB."""
    response = array("f", [_HEADROOM]) + array("f", bytes(4 * ((1 << (rate // 25).bit_length()) - 1)))
    for b0, b1, b2, a1, a2 in (_shelf(rate), _high_pass(rate)):
        x1 = x2 = y1 = y2 = 0.0
        for n, x in enumerate(response):
            y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
            x1, x2, y1, y2 = x, x1, y, y1
            response[n] = y
    return response


def _shelf(rate: int) -> _Biquad:
    """Return the filter for the effect of the head (BS.1770-4, table 1) at any rate: a high shelf of 4 dB above 1682
    Hz, as in libebur128."""
    k, q = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    return _biquad((high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k), k, q)


def _high_pass(rate: int) -> _Biquad:
    """Return the filter that removes sound below 38 Hz (BS.1770-4, table 2)."""
    k, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    scale = 1 + k / q + k * k
    return _biquad((scale, -2 * scale, scale), k, q)


def _biquad(b: tuple[float, float, float], k: float, q: float) -> _Biquad:
    a0 = 1 + k / q + k * k
    return b[0] / a0, b[1] / a0, b[2] / a0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0


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
