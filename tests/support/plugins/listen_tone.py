"""A second real engine: every word is a tone of its own, so that its marks are exact and its sound is known.

A word sounds for 20 ms a letter at a frequency that its letters choose; 20 ms of silence part two words.
Some words make it fail as real engines do:

    CRASHALWAYS   the process ends
    CRASHONCE     the process ends, the first time (a file in the folder $LISTEN_TONE_STATE remembers)
    HANG          nothing comes back
    REFUSE        EngineError
    BUSY…         EngineBusy for a moment, the first time
    FULL          EngineBusy for a moment, until there is a file "room" in that folder
    SILENT        no sound at all
    MUTE          no sound for this word
    ZEROS         samples that are all zero
    NOISE         noise at full scale
    ENDLESS       a minute of a tone
    BLIP          a few samples
    FLOATS        floating-point samples that are no numbers

Files in the folder $LISTEN_TONE_STATE make the whole voice fail: while "broken" is there, every utterance ends the
process, and while "limited" is, the text "1" is an EngineBusy; while "busy-voices" or "busy-load" is, listing or
loading voices is one (and "turned-away" is there afterwards); once "loaded" is there, which the first process makes, no
other gets past loading if $LISTEN_TONE_ALONE is set.

It prints on standard output all along, as some libraries do.
"""

from __future__ import annotations

import math
import os
import re
import threading
import zlib
from array import array
from collections.abc import Sequence
from pathlib import Path
from random import Random

from player.speech.kit import Engine, EngineBusy, EngineError, Option, Profile, Speech, Voice, WordMark, finish

RATE = 16_000
LETTER = RATE // 50
GAP = RATE // 50
SCRIPTS = ("Latin", "Greek", "Cyrillic", "Hebrew", "Arabic", "Devanagari", "Thai", "Hangul", "Kana", "Han")
"""Of the voice "sine"; the voice "octave" reads what English is written in."""
_WORD = re.compile(r"\w+")


def frequency(word: str) -> float:
    """In Hz; whole periods fit into a letter's 20 ms, so that every word starts and ends at zero."""
    return 50.0 * (6 + zlib.crc32(word.encode()) % 40)


class ToneEngine(Engine):
    name = "tone"
    profile = Profile(
        options=(
            Option("pitch", 1.0, "Factor of every frequency.", low=0.25, high=4.0),
            Option("shape", "sine", "Of the wave.", choices=("sine", "square")),
            Option("password", "", "For nothing.", changes_sound=False),
        ),
        languages_with=lambda given: {"de": 90} if given.get("shape") == "square" else {},
        speed=10,
    )

    def __init__(self, *, pitch: float = 1.0, shape: str = "sine", password: str = "") -> None:
        print("tone engine: made")
        self._pitch = pitch
        self._shape = shape
        # Changed by tests that need another version of the engine, and with it other keys.
        self.version = os.environ.get("LISTEN_TONE_VERSION", "tone 1")

    def voices(self) -> Sequence[Voice]:
        _turn_away("busy-voices")
        return (
            Voice(self.name, "sine", "en-US", RATE, licence="MIT", scripts=SCRIPTS),
            Voice(self.name, "octave", "en-GB", RATE, licence="MIT"),
        )

    def load(self, voice: Voice) -> None:
        _turn_away("busy-load")
        if os.environ.get("LISTEN_TONE_ALONE"):
            try:
                _state("loaded").touch(exist_ok=False)
            except FileExistsError:
                threading.Event().wait()
        print("tone engine: loaded")

    def render(self, text: str, voice: Voice) -> Speech:
        print("tone engine: renders", text)
        if "LISTEN_TONE_STATE" in os.environ and _state("broken").exists():
            os._exit(3)
        if text == "1" and "LISTEN_TONE_STATE" in os.environ and _state("limited").exists():
            raise EngineBusy("the tone engine allows no more for now", seconds=3600)
        if "SILENT" in text:
            return Speech(b"", RATE, ())
        for word, made in GARBAGE.items():
            if word in text:
                return made(text)
        pitch = self._pitch * (2.0 if voice.name == "octave" else 1.0)
        pcm = array("h")
        marks = []
        for match in _WORD.finditer(text):
            _misbehave(match[0])
            if match[0] == "MUTE":
                continue
            if pcm:
                pcm.extend([0] * GAP)
            first = len(pcm)
            step = 2 * math.pi * frequency(match[0]) * pitch / RATE
            wave = (math.sin(step * n) for n in range(LETTER * len(match[0])))
            pcm.extend(round(8000 * (math.copysign(1, w) if self._shape == "square" else w)) for w in wave)
            marks.append(WordMark(*match.span(), first, len(pcm)))
        return Speech(pcm.tobytes(), RATE, tuple(marks))


def _noise(count: int) -> array[int]:
    random = Random(1)
    return array("h", (random.choice((-32767, 32767)) for _ in range(count)))


GARBAGE = {
    "ZEROS": lambda text: Speech(bytes(2 * RATE), RATE, ()),
    "NOISE": lambda text: Speech(_noise(2 * RATE).tobytes(), RATE, ()),
    "ENDLESS": lambda text: Speech(array("h", [8000, -8000] * (60 * RATE)).tobytes(), RATE, ()),
    "BLIP": lambda text: Speech(array("h", [8000, -8000] * 20).tobytes(), RATE, ()),
    "FLOATS": lambda text: finish(array("f", [math.nan] * RATE), RATE, text),  # type: ignore[arg-type]
}


def _turn_away(name: str) -> None:
    if "LISTEN_TONE_STATE" in os.environ and _state(name).exists():
        _state("turned-away").touch()
        raise EngineBusy("the tone engine allows no more for now", seconds=0.1)


def _state(name: str) -> Path:
    return Path(os.environ["LISTEN_TONE_STATE"]) / name


class QuietToneEngine(ToneEngine):
    """One that says of itself that it is much quieter than others."""

    name = "quiet"
    profile = Profile(loudness=-32.0)


class SlowToneEngine(ToneEngine):
    """One that says of itself that it is slow. It waits with the word LATE until the file "go" is there."""

    name = "slow"
    profile = Profile(speed=1)

    def voices(self) -> Sequence[Voice]:
        return (Voice(self.name, "sine", "en-US", RATE, licence="MIT", scripts=SCRIPTS),)

    def render(self, text: str, voice: Voice) -> Speech:
        while "LATE" in text and not _state("go").exists():
            threading.Event().wait(0.01)
        return super().render(text, voice)


class LateToneEngine(SlowToneEngine):
    """One that is quick, and waits all the same."""

    name = "late"
    profile = Profile(speed=10)


class TardyToneEngine(LateToneEngine):
    """One that says of itself that it is quick, and needs a hundredth of a second for each letter."""

    name = "tardy"

    def render(self, text: str, voice: Voice) -> Speech:
        threading.Event().wait(len(text) / 100)
        return super().render(text, voice)


def _misbehave(word: str) -> None:
    if word == "REFUSE":
        raise EngineError("the tone engine does not say this")
    if word.startswith("BUSY"):
        asked = _state(f"{word}-asked")
        if not asked.exists():
            asked.write_text(str(os.getpid()))
            raise EngineBusy("the tone engine allows no more for now", seconds=0.3)
        _state(f"{word}-said").write_text(str(os.getpid()))
    if word == "FULL" and not _state("room").exists():
        _state("turned-away").touch()
        raise EngineBusy("the tone engine allows no more for now", seconds=0.1)
    if word == "HANG":
        threading.Event().wait()
    if word == "CRASHALWAYS":
        os.write(2, b"tone engine: about to crash\n")
        os._exit(3)
    if word == "CRASHONCE":
        seen = _state("crashed-once")
        if not seen.exists():
            seen.touch()
            os._exit(3)
