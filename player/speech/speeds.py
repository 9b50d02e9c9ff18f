"""How fast voices are on this machine: seen whenever they speak, and kept."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from math import inf
from pathlib import Path

from player import kept_values
from player.speech.choosing.registry import highest, names, profile
from player.speech.engine import Speech, Voice
from player.speech.options import Options

_logger = logging.getLogger(__name__)

SLOW = 8.0
"""Seconds of speech rendered per second. A slower voice takes a notable part of a sentence's length to say it, and
reads ahead with all its workers: the listener may play at triple speed, and skip."""
_TELLING = 1.0
"""Seconds of speech from which an utterance tells a voice's speed: what each costs besides weighs in short ones."""
_NOTABLE = 1.1
"""Times faster than before from which it is worth keeping."""


class Watch:
    """How fast a voice was seen to be: with its fastest utterance, as others may have used the processor meanwhile."""

    def __init__(self) -> None:
        self._spoke = False
        self.fastest = 0.0
        """Seconds of speech rendered per second; 0 while unknown."""

    def took(self, seconds: float, speech: Speech) -> bool:
        """Note how long an utterance took; return True if it was the fastest. The first counts for nothing: it waits
        for the voice to be loaded."""
        length = speech.samples / speech.sample_rate
        faster = self._spoke and length >= _TELLING and length > self.fastest * seconds
        if faster:
            self.fastest = length / max(seconds, 1e-6)
        self._spoke = True
        return faster


def known() -> Mapping[str, float]:
    """Return {voice ("engine:name"): seconds of speech rendered per second}."""
    found = kept_values.read(_file())
    return {voice: float(speed) for voice, speed in found.items() if isinstance(speed, int | float)}


def keep(voice: Voice, speed: float) -> None:
    """Keep how fast a voice was on this machine, if it never was that fast before."""
    try:
        if speed > _NOTABLE * known().get(voice.id, 0.0):
            kept_values.add(_file(), {voice.id: round(speed, 2)})
    except OSError:
        _logger.info("the speed of %s is not kept", voice.id, exc_info=True)


def least(voice: Voice) -> float:
    """Return how many seconds of speech a voice renders per second: what its engine says of itself, or less if it is
    known to be slower here."""
    return min(profile(voice.engine).speed, known().get(voice.id, inf))


def is_slow(voice: Voice) -> bool:
    """Return True for a voice that takes notable time to render a sentence."""
    return least(voice) < SLOW


def quicker(language: str, options: Mapping[str, Options], *, but: str) -> str:
    """Return the best installed engine for a language (BCP 47), `but` one, that is not slow, given options by engine;
    "" when there is none. Of one whose voices were heard here, the fastest of them counts."""
    heard: dict[str, float] = {}
    for voice, speed in known().items():
        engine = voice.partition(":")[0]
        heard[engine] = max(speed, heard.get(engine, 0.0))
    slow = {name for name in names() if min(profile(name).speed, heard.get(name, inf)) < SLOW}
    return highest(language, options, but={but, *slow})


def _file() -> Path:
    from platformdirs import PlatformDirs  # 0.01 s

    return Path(PlatformDirs("listen-to-story", appauthor=False).user_cache_dir) / "speeds.json"
