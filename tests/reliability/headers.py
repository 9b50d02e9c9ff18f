"""How long MP3s last, as five programs say: for every sample rate and bit rate that can be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from player.export.sound.mp3_frames import Layout
from player.export.sound.mp3_sound import BITRATE
from tests.reliability.tally import Tally
from tests.support.mp3 import RATES, durations, write_tone, wrong_durations
from tests.support.stories import story_of
from tests.support.studio import export

_ENGINES = {"pyttsx3": 22_050, "hibari": 24_000}
"""Engine -> samples per second of its voices."""


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """See Trial."""
    yield _table(folder, long)
    yield _voices(folder, long)


def _table(folder: Path, long: bool) -> Tally:
    tally = Tally("the length of an MP3, in five programs")
    file = folder / "a.mp3"
    for rate in RATES:
        bitrates = Layout.of(rate).bitrates
        for kbits in bitrates if long else (bitrates[0], BITRATE):
            tally.trials += 1
            meant = write_tone(file, rate, kbits, 30 if long else 8)
            tally.losses += wrong_durations(file, rate, kbits, len(meant) / rate)
    return tally


def _voices(folder: Path, long: bool) -> Tally:
    tally = Tally("the length of a story, in five programs")
    story = story_of("The lamp was lit at six, as it was every evening.", "Nobody came.")
    for engine, rate in (_ENGINES if long else {"hibari": _ENGINES["hibari"]}).items():
        tally.trials += 1
        file = folder / f"{engine}.mp3"
        seconds = export(story, file, folder / "cache", engine).seconds
        tally.losses += wrong_durations(file, rate, BITRATE, seconds)
        told = ", ".join(f"{said:.2f}" for said in durations(file, rate).values())
        tally.note += f"{engine} {seconds:.2f} s: {told}  "
    return tally
