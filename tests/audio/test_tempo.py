"""Faster is shorter, at the same pitch."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

import pytest

from player.audio.tempo import Tempo

pytestmark = pytest.mark.quick

RATE = 22050


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.3, 2.0, 4.0])
def test_length_changes_and_pitch_does_not(speed: float) -> None:
    tone = array("h", [int(9000 * math.sin(2 * math.pi * 220 * i / RATE)) for i in range(RATE * 3)]).tobytes()
    tempo = Tempo(RATE, speed)
    out = b"".join(tempo.push(tone[i : i + 2000]) for i in range(0, len(tone), 2000)) + tempo.flush()
    samples = array("h", out)
    assert len(samples) == pytest.approx(RATE * 3 / speed, rel=0.02)
    middle = samples[len(samples) // 4 : -len(samples) // 4]
    crossings = sum(a < 0 <= b for a, b in pairwise(middle))
    assert crossings / (len(middle) / RATE) == pytest.approx(220, rel=0.03)
