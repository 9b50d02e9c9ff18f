"""What is remembered of stories that were played: where their beginnings are kept as sound."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from platformdirs import PlatformDirs

from player import kept_values

_logger = logging.getLogger(__name__)

_LARGEST = 50_000
"""Bytes of what is remembered: some hundreds of stories."""


class PlayedBefore:
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
