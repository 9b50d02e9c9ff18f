"""The voices that the listener chose while listening, one for each language, kept in a small file.

They speak where the settings name none.
"""

from __future__ import annotations

from pathlib import Path

from player import kept_values
from player.story.language_tag import folded

NAME = "voices.json"
"""Name of the file, in the folder of the library: {"en": "engine:voice"}."""


def chosen_voice(file: Path, language: str) -> str:
    """Return the voice ("engine:name") chosen for a language (BCP 47); empty when none was, or the file is unusable."""
    return str(kept_values.read(file).get(_key(language), ""))


def keep_voice(file: Path, language: str, voice: str) -> None:
    """Keep a voice for a language. Raises OSError."""
    kept_values.add(file, {_key(language): voice})


def _key(language: str) -> str:
    return folded(language) or "en"
