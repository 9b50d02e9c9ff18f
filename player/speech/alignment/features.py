"""Sound as vectors, one for 10 ms: what a sound is (cepstrum), how it changes, and whether it is loud."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

STEP = 0.01
"""Seconds between two vectors."""
_WINDOW = 0.025
_BANDS, _COEFFICIENTS = 26, 13
_LOWEST, _HIGHEST = 80.0, 7600.0
"""Frequencies that are compared, in Hz."""
_RANGE = 8.0
"""Natural logarithm of the energy range that counts, below the loudest parts."""
_SPEECH = 0.3
"""Part of that range above which a frame counts as speech."""
_CHANGE, _REACH = 0.8, 3
"""Weight of the change, and over how many frames to either side it is measured."""
_LOUDNESS = 2.0
_AT_ONCE = 1000
"""Frames whose spectra are computed at once: 8 MB."""

Vectors = NDArray[np.float64]


def features(pcm: bytes, rate: int, stretch: float = 1.0) -> Vectors:
    """Return a vector for each 10 ms of 16-bit mono sound, independent of loudness and recording.

    `stretch` multiplies its frequencies: a shorter vocal tract has higher formants.
    """
    bands, energy = _spectra(pcm, rate, stretch)
    loud = np.clip((energy - np.percentile(energy, 95) + _RANGE) / _RANGE, 0.0, 1.2)
    voiced = loud > _SPEECH
    bands = np.maximum(bands, np.percentile(bands, 95) - 10.0)
    angles = np.pi / _BANDS * (np.arange(_BANDS) + 0.5)
    cepstrum = bands @ np.cos(angles[:, None] * np.arange(1, _COEFFICIENTS)[None])
    spoken = cepstrum[voiced]
    cepstrum = (cepstrum - spoken.mean(0)) / (spoken.std(0) + 1e-3)
    cepstrum *= np.clip(loud / _SPEECH, 0.0, 1.0)[:, None]  # silence is like silence, whatever its noise
    change = _change(cepstrum)
    change *= _CHANGE / (change.std(0) + 1e-3)
    scale = np.sqrt(cepstrum.shape[1])
    return np.concatenate([cepstrum / scale, change / scale, _LOUDNESS * loud[:, None]], axis=1)


def is_silence(vectors: Vectors) -> NDArray[np.bool_]:
    """Return for each vector whether it is that of a pause."""
    quiet: NDArray[np.bool_] = vectors[:, -1] < _SPEECH * _LOUDNESS
    return quiet


def _change(vectors: Vectors) -> Vectors:
    padded = np.pad(vectors, ((_REACH, _REACH), (0, 0)), mode="edge")
    count = len(vectors)
    slopes = (k * (padded[_REACH + k :][:count] - padded[_REACH - k :][:count]) for k in range(1, _REACH + 1))
    return np.asarray(sum(slopes))


def _spectra(pcm: bytes, rate: int, stretch: float) -> tuple[Vectors, Vectors]:
    """Return the logarithm of each frame's energy in mel bands, and of its whole energy."""
    sound = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
    sound[1:] -= 0.97 * sound[:-1]
    count = max(int(len(sound) / (rate * STEP)), 1)
    length = int(rate * _WINDOW)
    size = 1 << (length - 1).bit_length()
    window = np.hanning(length).astype(np.float32)
    padded = np.pad(sound, (length // 2, length))
    starts = ((np.arange(count) + 0.5) * rate * STEP).astype(int)
    bank = _bank(rate, size, stretch)
    bands, energy = [], []
    for i in range(0, count, _AT_ONCE):
        frames = padded[starts[i : i + _AT_ONCE, None] + np.arange(length)] * window
        bands.append(np.log(np.abs(np.fft.rfft(frames, size)) ** 2 @ bank + 1e-7))
        energy.append(np.log((frames**2).sum(1) + 1e-7))
    return np.concatenate(bands), np.concatenate(energy)


def _bank(rate: int, size: int, stretch: float) -> NDArray[Any]:
    """Return the weights of the spectrum's lines in each mel band."""
    lines = _mel(np.fft.rfftfreq(size, 1 / rate) * stretch)[:, None]
    edges = np.linspace(_mel(_LOWEST), _mel(min(_HIGHEST, rate / 2)), _BANDS + 2)
    width = edges[1] - edges[0]
    weights: NDArray[Any] = np.maximum(0.0, 1.0 - np.abs(lines - edges[1:-1]) / width)
    return weights


def _mel(hertz: Any) -> Any:
    return 2595 * np.log10(1 + hertz / 700)
