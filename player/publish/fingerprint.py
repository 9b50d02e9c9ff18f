"""Hashes of what changes a published story besides its source: settings, files that they name, versions."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path

from player.errors import PlayerError
from player.publish.state import Published
from player.settings import Settings
from player.speech.choosing import registry
from player.speech.options import Options, identifying
from player.speech.process.host import Worker
from player.story.model import Story
from player.versions import version

_logger = logging.getLogger(__name__)

_FORMAT = 2
"""Raised when published files change for another reason."""
CHANGES_NO_FILE = frozenset((
    *("volume", "theme", "motion", "silent", "device", "when_sound_is_lost", "sentence_after", "paragraph_after"),
    *("next_story", "refresh_feeds", "at_end", "remote", "log", "keys", "sync", "cache_dir", "cache_limit"),
))  # fmt: skip
"""Settings that change neither what is read nor how it sounds. Any other, also one to come, makes stories anew."""
_HASHED_APART = frozenset(("cast", "pause", "pauses"))
"""Settings of which the file's content counts, or the lengths that they make together."""


def fingerprint(settings: Settings, *, story: str = "", **more: object) -> str:
    """Return a hash of all settings that change a story's text or sound, of the files behind them, of the engines that
    are installed, and of this version. `more`: what else changes the files.

    With the identity of a `story`, pronunciations of other stories do not count.
    """
    names = {setting.name for setting in fields(settings)} - CHANGES_NO_FILE - _HASHED_APART
    said = {name: getattr(settings, name) for name in names}
    told = {name: identifying(registry.profile(name).options, given) for name, given in settings.engines.items()}
    said["engines"] = {name: options for name, options in told.items() if options}
    lexicons = settings.lexicons
    own = [lexicons.file(Story("", (), identity=story))] if story else sorted(lexicons.stories.glob("*.toml"))
    files = [settings.chosen_voices, lexicons.user, *own]
    files += [settings.cast] if settings.cast else []
    engines = [(name, registry.profile(name).missing) for name in registry.names()]
    parts = (_FORMAT, version("listen-to-story"), said, asdict(settings.pause_lengths), engines, more)
    return hash_of(*parts, *map(_content, files))


class Versions:
    """Versions of engines, asked once each: in a process that loads no voice, in about 0.3 s."""

    def __init__(self, options: Mapping[str, Options]) -> None:
        """`options`: {engine: checked options}."""
        self._options = options
        self._known: dict[tuple[str, str], str | None] = {}

    def same(self, row: Published) -> bool:
        """Return True if the engine that spoke a story has the same version now; also if it tells none, because it
        speaks with options of the story's own, or is broken today."""
        engine, _, voice = row.voice.partition(":")
        key = (engine, voice)
        if key not in self._known:
            self._known[key] = self._asked(engine, voice, row.language)
        return self._known[key] in (None, row.engine)

    def _asked(self, engine: str, voice: str, language: str) -> str | None:
        try:
            with Worker.start(engine, voice, language, self._options.get(engine)) as worker:
                return worker.hello().version
        except PlayerError:
            _logger.info("the engine %s does not work now", engine, exc_info=True)
            return None


def story_hash(story: Story, settings: str) -> str:
    """Return a hash of a story as it was read, and of the settings' fingerprint."""
    about = (story.title, story.byline, story.published, story.language, story.source, story.sections, story.notes)
    return hash_of(settings, repr(about), repr(story.blocks), story.recorded_in)


def hash_of(*parts: object) -> str:
    """Return a hash of values that print well."""
    text = json.dumps(parts, default=repr, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def hash_of_bytes(*parts: bytes) -> str:
    """Return a hash of contents, in which it counts where one ends and the next begins."""
    seen = hashlib.blake2b(digest_size=16)
    for part in parts:
        seen.update(len(part).to_bytes(8, "little"))
        seen.update(part)
    return seen.hexdigest()


def _content(file: Path) -> tuple[str, str]:
    try:
        return file.name, hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return file.name, ""
