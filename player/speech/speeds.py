"""How fast voices are on this machine: measured once, and kept."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from pathlib import Path

from player import kept_values
from player.errors import PlayerError
from player.speech.engine import Voice
from player.speech.options import Options
from player.speech.process.host import Worker
from player.speech.sample_sentences import sample_sentence
from player.story.language_tag import language_of

_logger = logging.getLogger(__name__)

_ENGLISH = "The keeper climbed one hundred and twenty steps every evening, and the windows along the quay went dark."
"""What is said where English is known, else names, which every voice can say."""


def known() -> Mapping[str, float]:
    """Return {voice ("engine:name"): seconds of speech rendered per second}."""
    found = kept_values.read(_file())
    return {voice: float(speed) for voice, speed in found.items() if isinstance(speed, int | float)}


def measured(voice: Voice, options: Mapping[str, Options]) -> float:
    """Return how many seconds of speech the voice renders per second on one core, and keep it.

    Takes as long as loading the voice and saying a sentence. Raises EngineError, WorkerDied.
    """
    text = _ENGLISH if language_of(voice.language) == "en" else sample_sentence("")
    with Worker.start(voice.engine, voice.name, voice.language, options.get(voice.engine)) as worker:
        worker.render("")
        worker.render(text)  # the first time, memory is taken
        began = time.perf_counter()
        speech = worker.render(text)
        speed = speech.samples / speech.sample_rate / (time.perf_counter() - began)
    try:
        kept_values.add(_file(), {voice.id: round(speed, 2)})
    except OSError:
        _logger.info("the speed of %s is not kept", voice.id, exc_info=True)
    return speed


def measure_if_new(voice: Voice, options: Mapping[str, Options]) -> float | None:
    """Return the speed of a voice, measured now if it never was; None when that fails."""
    try:
        return known().get(voice.id) or measured(voice, options)
    except PlayerError:
        _logger.info("the speed of %s cannot be measured", voice.id, exc_info=True)
        return None


def _file() -> Path:
    from platformdirs import PlatformDirs  # 0.01 s

    return Path(PlatformDirs("listen-to-story", appauthor=False).user_cache_dir) / "speeds.json"
