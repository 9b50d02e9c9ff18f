"""Loudness, compared with FFmpeg's meter."""

from __future__ import annotations

import re
import subprocess
import wave
from array import array
from collections.abc import Callable
from math import pi, sin
from pathlib import Path
from random import Random

import pytest

from player.speech.sound.loudness import integrated, windows
from tests.support.programs import require

SECONDS = 8


def hum(rate: int) -> array[int]:
    """A hum that the high pass weakens, with an offset that it removes."""
    return array("h", (3000 + round(12000 * sin(2 * pi * 45 * n / rate)) for n in range(rate * SECONDS)))


def hiss(rate: int) -> array[int]:
    """White noise."""
    random = Random(5)
    return array("h", (random.randint(-9000, 9000) for _ in range(rate * SECONDS)))


def full_scale(rate: int) -> array[int]:
    """A tone at full scale, which exceeds 16 bits once it is weighted."""
    return array("h", (round(32767 * sin(2 * pi * 3000 * n / rate)) for n in range(rate * SECONDS)))


@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
@pytest.mark.parametrize("sound", [hum, hiss, full_scale])
def test_loudness_is_what_a_meter_tells(sound: Callable[[int], array[int]], rate: int, tmp_path: Path) -> None:
    require("ffmpeg")
    samples = sound(rate).tobytes()
    with wave.open(str(tmp_path / "sound.wav"), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(samples)
    meter = ["ffmpeg", "-hide_banner", "-i", str(tmp_path / "sound.wav"), "-af", "ebur128", "-f", "null", "-"]
    told = subprocess.run(meter, capture_output=True, text=True, check=True).stderr
    expected = float(re.findall(r"I:\s+(-?[\d.]+) LUFS", told)[-1])
    assert integrated(windows(samples, rate)) == pytest.approx(expected, abs=0.15)


def test_silence_and_what_is_too_short_have_no_loudness() -> None:
    assert integrated(windows(b"", 22_050)) is None
    assert integrated(windows(bytes(22_050 * 2), 22_050)) is None
    assert integrated(windows(hiss(22_050).tobytes()[:16_000], 22_050)) is None
