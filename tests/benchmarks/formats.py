"""Exporting 20 minutes of speech in each format, cold and warm, beside the shell pipeline that one would write."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from statistics import median

from tests.benchmarks.export import clock
from tests.benchmarks.measuring import article_times

RUNS = 3
PEERS = {
    ".mp3": "ffmpeg -y -v error -i - -b:a 64k {out}",
    ".m4b": "ffmpeg -y -v error -i - -c:a aac -b:a 64k -movflags +faststart -f ipod {out}",
    ".opus": "ffmpeg -y -v error -i - -c:a libopus -b:a 32k -application voip {out}",
    ".flac": "ffmpeg -y -v error -i - {out}",
    ".wav": "cat > {out}",
}
"""What reads `espeak-ng --stdout`. Texts with times have no such peer: they are set beside the MP3's."""
FORMATS = (".mp3", ".m4b", ".opus", ".flac", ".wav", ".epub", ".html", ".vtt", ".srt", ".lrc", ".json")


def run(folder: Path) -> None:
    """Print the figures: median seconds, and median of the ratios to the peer."""
    story = article_times(8, folder)
    for suffix in FORMATS:
        peer = PEERS.get(suffix, PEERS[".mp3"]).format(out=folder / f"theirs{suffix if suffix in PEERS else '.mp3'}")
        export = [sys.executable, "-m", "player", "export", str(story), "-o", str(folder / f"ours{suffix}")]
        export += ["--engine", "pyttsx3"]
        cold, warm, peers = [], [], []
        for _ in range(RUNS):
            cache = folder / "cache"
            shutil.rmtree(cache, ignore_errors=True)
            peers.append(clock(f"espeak-ng -f {story} --stdout | {peer}"))
            cold.append(clock(export, cache))
            warm.append(clock(export, cache))
        ratios = [median(a / b for a, b in zip(times, peers, strict=True)) for times in (cold, warm)]
        print(
            f"{suffix}: peer {median(peers):.2f} s, cold {median(cold):.2f} s ({ratios[0]:.2f} x), "
            f"warm {median(warm):.2f} s ({ratios[1]:.2f} x)",
            flush=True,
        )
