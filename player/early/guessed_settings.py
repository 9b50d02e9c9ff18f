"""Settings guessed from the arguments, the environment and the settings file, before the command line is parsed."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from platformdirs import PlatformDirs

from player.speech.choosing.by_language import named_for


class GuessedSettings:
    """Settings by name, as far as they can be guessed."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self.file = _settings_file()
        """The settings file's content."""
        self._arguments = arguments

    def __getitem__(self, name: str) -> str:
        """Return a setting as text; empty when unset."""
        flag = f"--{name}"
        for n, word in enumerate(self._arguments):
            if word == flag:
                return next(iter(self._arguments[n + 1 : n + 2]), "")
            if word.startswith(f"{flag}="):
                return word.removeprefix(f"{flag}=")
        return os.environ.get(f"LISTEN_{name.upper()}") or str(self.file.get(name, ""))

    def has_options(self, engine: str) -> bool:
        """Return True if the settings file has a table for an engine, or is wrong about engines."""
        tables = self.file.get("engines", {})
        return not isinstance(tables, dict) or engine in tables

    def voice_for(self, language: str) -> str:
        """Return the settings file's voice for a language; empty when there is none."""
        table = self.file.get("voices")
        known = table if isinstance(table, dict) else {}
        return named_for({tag: str(voice) for tag, voice in known.items()}, language)


def _settings_file() -> dict[str, Any]:
    """Return the settings file's content; empty when it is missing, or unreadable, which is reported later."""
    folder = PlatformDirs("listen-to-story", appauthor=False).user_config_dir
    try:
        return tomllib.loads(Path(folder, "settings.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
