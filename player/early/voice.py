"""The voice that was started early, until a story takes it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from subprocess import Popen

from platformdirs import PlatformDirs

from player.early.guessed_settings import GuessedSettings
from player.early.played_before import PlayedBefore
from player.errors import PlayerError
from player.speech.choosing.chosen import NAME, chosen_voice
from player.speech.choosing.registry import choose
from player.speech.process.host import Worker
from player.story.language_tag import comparable

_logger = logging.getLogger(__name__)

USUAL = "en"
"""Language assumed before the story is known."""


class EarlyVoice:
    """A worker for a guessed engine, voice and language."""

    def __init__(
        self,
        engine: str,
        voice: str,
        language: str,
        begun: PlayedBefore | None = None,
        process: Popen[bytes] | None = None,
    ) -> None:
        """Start the worker, in a process that waits for that if there is one. `engine` and `voice` are names from
        `choose`. It loads its voice when it is needed if the story has `begun` before, and so can begin from the
        cache."""
        self._wanted = engine, voice
        self._language = language
        self._begun = begun
        patient = begun is not None and begun.before()
        self._worker: Worker | None = Worker.start(engine, voice, language, patient=patient, process=process)

    def played(self, audio_cache: str) -> None:
        """Remember that this story's beginning is in a cache of rendered speech."""
        if self._begun is not None:
            self._begun.keep(audio_cache)

    def take(self, engine: str, voice: str, language: str) -> Worker | None:
        """Return the worker, once, if one started for these arguments would speak the same; else end it and return
        None."""
        worker, self._worker = self._worker, None
        if worker is None or ((engine, voice) == self._wanted and self._speaks(worker, language)):
            return worker
        worker.kill()
        return None

    def close(self) -> None:
        """End the worker, unless it was taken."""
        if self._worker is not None:
            self._worker.kill()

    def _speaks(self, worker: Worker, language: str) -> bool:
        if comparable(language) == comparable(self._language):
            return True
        try:
            hello = worker.hello()
        except PlayerError:
            _logger.info("the voice that was started early does not work", exc_info=True)
            return False
        return hello.is_only or comparable(hello.voice.language) == comparable(language)


def guessed_voice(arguments: Sequence[str], process: Popen[bytes]) -> EarlyVoice | None:
    """Return the likely voice, in a process that waits for its first request. Ends it, and returns None, when the guess
    is impossible."""
    given = GuessedSettings(arguments)
    language = given["language"] or USUAL
    try:
        voice = given["voice"]
        if not voice and not given["engine"]:
            voice = given.voice_for(language) or chosen_voice(_chosen_voices(), language)
        engine, name = choose(given["engine"] or None, voice or None, language)
        if not given["log"] and not given.has_options(engine):  # must be known before a worker starts
            return EarlyVoice(engine, name, language, PlayedBefore(arguments), process)
    except PlayerError:
        _logger.debug("the error appears when the voice is chosen", exc_info=True)
    with process:
        process.kill()
    return None


def _chosen_voices() -> Path:
    return Path(PlatformDirs("listen-to-story", appauthor=False).user_data_dir, NAME)
