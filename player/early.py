"""An early start for the voice that will most likely speak: beside the import of the command line, which takes as long.

The arguments are only guessed at here. The voice is chosen when the story is open, and a worker that was started for
another is ended.
"""

from __future__ import annotations

import logging
import os
import tomllib
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import PlatformDirs

from player import kept_values
from player.errors import PlayerError
from player.speech.by_language import named_for
from player.speech.chosen import NAME, chosen_voice
from player.speech.host import Worker
from player.speech.registry import choose
from player.story.language_tag import folded

if TYPE_CHECKING:
    from player.speech.survey import Survey

_logger = logging.getLogger(__name__)

_SILENT_COMMANDS = frozenset(
    (
        "add",
        "cache",
        "completion",
        "ctl",
        "feed",
        "follow",
        "lexicon",
        "notes",
        "publish",
        "recent",
        "refresh",
        "script",
        "serve",
        "voices",
    )
)
_OTHER_THAN_LISTING = frozenset(("add", "remove", "preview"))
"""Commands of `listen voices` that ask no engine."""
_SILENT_FLAGS = frozenset(("--help", "-h", "--version"))
USUAL = "en"
"""Language assumed before the story is known."""
_LARGEST = 50_000
"""Bytes of what is remembered of stories that were played: some hundreds."""


class EarlyVoice:
    """A worker for a guessed engine, voice and language."""

    def __init__(self, engine: str, voice: str, language: str, begun: Begun | None = None) -> None:
        """Start the worker. `engine` and `voice` are names from `choose`. It loads its voice when it is needed if the
        story has `begun` before, and so can begin from the cache."""
        self._wanted = engine, voice
        self._language = language
        self._begun = begun
        patient = begun is not None and begun.before()
        self._worker: Worker | None = Worker.start(engine, voice, language, patient=patient)

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
        if language == self._language:
            return True
        try:
            hello = worker.hello()
        except PlayerError:
            _logger.info("the voice that was started early does not work", exc_info=True)
            return False
        return hello.is_only or folded(hello.voice.language) == folded(language)


class Begun:
    """What is remembered of a command: where the sound is with which its story began."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = arguments
        self._file = Path(PlatformDirs("listen-to-story", appauthor=False).user_cache_dir, "begun.json")

    def before(self) -> bool:
        """Return True if the story was played before, and its sound is still there."""
        try:
            folder = kept_values.read(self._file).get(self._name())
            return isinstance(folder, str) and any(entry.is_dir() for entry in os.scandir(folder))
        except OSError:
            return False

    def keep(self, audio_cache: str) -> None:
        """Remember a folder of rendered speech; most that was remembered before is forgotten in time."""
        try:
            if self._file.exists() and self._file.stat().st_size > _LARGEST:
                self._file.unlink()
            kept_values.add(self._file, {self._name(): audio_cache})
        except OSError:
            _logger.info("that the story was played is not remembered", exc_info=True)

    def _name(self) -> str:
        """Return what tells the command from others, and nothing about it. Raises OSError without a working folder."""
        words = "\0".join((str(Path.cwd()), *self._arguments))
        return blake2b(words.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def early_voice(arguments: Sequence[str]) -> EarlyVoice | None:
    """Start the likely voice; return None when nothing will be spoken, or the guess is impossible."""
    if not arguments:  # the library comes first
        return None
    command = next((word for word in arguments if not word.startswith("-")), "")
    if command in _SILENT_COMMANDS or not _SILENT_FLAGS.isdisjoint(arguments):
        return None
    given = _Given(arguments, os.environ)
    if given["log"]:  # must be known before a worker starts, as an engine's options must
        return None
    language = given["language"] or USUAL
    try:
        voice = given["voice"]
        if not voice and not given["engine"]:
            voice = given.voice_for(language) or chosen_voice(_chosen_voices(), language)
        engine, name = choose(given["engine"] or None, voice or None, language)
        return None if given.has_options(engine) else EarlyVoice(engine, name, language, Begun(arguments))
    except PlayerError:
        return None  # the error appears when the voice is chosen


def early_survey(arguments: Sequence[str]) -> Survey | None:
    """Start the survey with which `listen voices` asks every engine; None for other commands, for one engine only, and
    when engines have options."""
    if (
        arguments[:1] != ["voices"]
        or not _OTHER_THAN_LISTING.isdisjoint(arguments)
        or not _SILENT_FLAGS.isdisjoint(arguments)
    ):
        return None
    from player.speech.survey import Survey  # for this command alone

    given = _Given(arguments, os.environ)
    return None if given["log"] or given["engine"] or "engines" in given.file else Survey()


class _Given:
    """Settings as far as they can be guessed: flags, the environment, the settings file."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self.file = _settings_file()
        self._arguments = arguments
        self._environment = environment

    def __getitem__(self, name: str) -> str:
        """Return a setting as text; empty when unset."""
        flag = f"--{name}"
        for n, word in enumerate(self._arguments):
            if word == flag:
                return next(iter(self._arguments[n + 1 : n + 2]), "")
            if word.startswith(f"{flag}="):
                return word.removeprefix(f"{flag}=")
        return self._environment.get(f"LISTEN_{name.upper()}") or str(self.file.get(name, ""))

    def has_options(self, engine: str) -> bool:
        """Return True if the settings file has a table for an engine, or is wrong about engines."""
        tables = self.file.get("engines", {})
        return not isinstance(tables, dict) or engine in tables

    def voice_for(self, language: str) -> str:
        """Return the settings file's voice for a language; empty when there is none."""
        table = self.file.get("voices")
        known = table if isinstance(table, dict) else {}
        return named_for({tag: str(voice) for tag, voice in known.items()}, language)


def _chosen_voices() -> Path:
    return Path(PlatformDirs("listen-to-story", appauthor=False).user_data_dir, NAME)


def _settings_file() -> dict[str, Any]:
    """Return the settings file's content; empty when it is missing, or unreadable, which is reported later."""
    folder = PlatformDirs("listen-to-story", appauthor=False).user_config_dir
    try:
        return tomllib.loads(Path(folder, "settings.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
