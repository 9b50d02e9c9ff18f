"""Makes the style tables of the Kokoro engine from the published ones, and prints how far they are from them.

    npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz
    python -m tests.benchmarks.kokoro_styles package/voices

A published table has a style of 256 numbers for each of 510 lengths of an utterance. The lengths differ little from one
another, so a table is kept as its mean and its eight strongest directions (a singular value decomposition), in 16 bits:
25 kB in place of 522. The rows are in the order of `voices.tsv`, one a voice: 256 numbers of the mean, 8 × 256 of the
directions, 510 × 8 of their strengths.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from player.speech.engines.kokoro_engine import catalogue, styles

Floats = NDArray[np.float32]


def main() -> None:
    """Write `styles.npy`."""
    parser = ArgumentParser(description="Makes the style tables of the Kokoro engine.")
    parser.add_argument("voices", type=Path, help="folder with a .bin for each voice")
    folder: Path = parser.parse_args().voices
    names = [entry.name for entry in catalogue.entries()]
    tables = [np.fromfile(folder / f"{name}.bin", "<f4").reshape(styles.LENGTHS, styles.WIDTH) for name in names]
    np.save(styles.FILE, np.stack([reduced(table) for table in tables]))
    worst = max(float(np.abs(styles.table(name) - full).max()) for name, full in zip(names, tables, strict=True))
    print(f"{len(tables)} voices, {styles.FILE.stat().st_size} bytes, largest error {worst:.5f}")


def reduced(table: Floats) -> NDArray[np.float16]:
    """The numbers kept of one table."""
    mean = table.mean(0)
    left, strengths, directions = np.linalg.svd(table - mean, full_matrices=False)
    rank = styles.RANK
    parts = (mean, directions[:rank].ravel(), (left[:, :rank] * strengths[:rank]).ravel())
    return np.concatenate(parts).astype("<f2")


if __name__ == "__main__":
    main()
