"""MP3 files for tests, at every sample rate and bit rate, and their length according to other programs."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import numpy as np
from mutagen.mp3 import MP3

from player.export.sound.mp3_frames import Layout, info_frame
from player.export.sound.mp3_sound import QUALITY, _Coding, _encode, _silence
from tests.support.programs import require

RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
"""Sample rates of MP3."""


def write_tone(file: Path, rate: int, kbits: int, seconds: float = 0.0) -> np.ndarray[Any, np.dtype[np.int16]]:
    """Write a tone and a pause; return the samples meant to be heard: 69,120, or `seconds`."""
    layout = Layout.of(rate)
    time = np.arange(1152 * (int(seconds * rate / 1152) or 60))
    meant = (9000 * np.sin(time * 0.05) * (time < len(time) - 0.3 * rate)).astype(np.int16)
    count = len(meant) // layout.samples
    coding = _Coding(layout, kbits, QUALITY)
    end = _silence(coding, 1)
    stream = b"".join([*_encode(coding, meant.tobytes())[:count], *end])
    file.write_bytes(info_frame(layout, kbits, count + len(end), len(stream), len(meant)) + stream)
    return meant


def durations(file: Path, rate: int) -> dict[str, float]:
    """Return {program: length of a file in seconds}; 0 where a program does not know."""
    require("mediainfo", "ffprobe", "mpg123")
    import eyed3

    read: Any = eyed3.load(file)
    info: Any = MP3(file).info
    probe = ("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0")
    return {
        "mutagen": info.length,
        "eyeD3": read.info.time_secs if read is not None and read.info is not None else 0.0,
        "MediaInfo": float(_said("mediainfo", "--Output=General;%Duration%", str(file)).strip() or 0) / 1000,
        "ffprobe": float(_said(*probe, str(file)).strip() or 0),
        "mpg123": len(_said("mpg123", "-q", "-s", str(file))) / 2 / rate,
    }


def wrong_durations(file: Path, rate: int, kbits: int, seconds: float) -> list[str]:
    """Return the reports of programs that are off by more than 0.1 s, for a file of `seconds`. eyeD3 counts the first
    and the last frame as sound (0.14 s at 8 kHz), and ignores fractions of a byte per frame (0.23 % at 22.05 kHz and 64
    kbit/s), also for files made by LAME."""
    layout = Layout.of(rate)
    exact = 144_000 * kbits / rate  # as eyeD3 computes it, for MPEG-2 as for MPEG-1
    excess = 2 * layout.samples / rate + seconds * (exact / int(exact) - 1)
    wrong = []
    for program, said in durations(file, rate).items():
        allowed = max(0.1, excess + 0.01) if program == "eyeD3" else 0.1
        if abs(said - seconds) > allowed:
            wrong.append(f"{rate} Hz, {kbits} kbit/s: {program} says {said:.3f} s of {seconds:.3f}")
    return wrong


def _said(*command: str) -> bytes:
    return subprocess.run(command, capture_output=True).stdout
