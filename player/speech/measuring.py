"""Measuring how fast a voice is that has not spoken yet."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from player.errors import PlayerError
from player.speech import speeds
from player.speech.engine import Voice
from player.speech.options import Options
from player.speech.process.host import Worker
from player.speech.sample_sentences import sample_sentence
from player.story.language_tag import language_of

_logger = logging.getLogger(__name__)

_ENGLISH = "The keeper climbed one hundred and twenty steps every evening, and the windows along the quay went dark."
"""What is said where English is known, else names, which every voice can say."""


def measured(voice: Voice, options: Mapping[str, Options]) -> float:
    """Return how many seconds of speech the voice renders per second on one core; it is kept.

    Takes as long as loading the voice and saying a sentence twice. Raises EngineError, WorkerDied.
    """
    text = _ENGLISH if language_of(voice.language) == "en" else sample_sentence("")
    with Worker.start(voice.engine, voice.name, voice.language, options.get(voice.engine)) as worker:
        for _ in range(2):  # the first time, memory is taken
            worker.render(text)
        return worker.speed


def measure_if_new(voice: Voice, options: Mapping[str, Options]) -> float | None:
    """Return the speed of a voice, measured now if it never spoke here; None when that fails."""
    try:
        return speeds.known().get(voice.id) or measured(voice, options) or None
    except PlayerError:
        _logger.info("the speed of %s cannot be measured", voice.id, exc_info=True)
        return None
