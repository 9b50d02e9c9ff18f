"""The styles that make the network speak in a voice: one for each length of an utterance, counted in phonemes.

`tests/benchmarks/kokoro_styles.py` made the file, and tells its layout.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from player.speech.engines.kokoro_engine.catalogue import entries

FILE = Path(__file__).with_name("styles.npy")
LENGTHS, WIDTH, RANK = 510, 256, 8
"""Lengths that a voice has a style for (0 to 509 phonemes), numbers in a style, directions kept."""


def table(voice: str) -> Any:
    """Return a voice's styles: float32, one row of 256 numbers a length. Raises OSError."""
    import numpy as np

    row = [entry.name for entry in entries()].index(voice)
    numbers = np.load(FILE, mmap_mode="r")[row].astype(np.float32)
    mean, directions, strengths = np.split(numbers, [WIDTH, WIDTH + RANK * WIDTH])
    return strengths.reshape(LENGTHS, RANK) @ directions.reshape(RANK, WIDTH) + mean
