"""The voices that the listener chose while listening, one for each language, kept in a small file.

They speak where the settings name none. What was chosen for a language as spoken in one country ("en-US") speaks it in
others as well, until another voice is chosen there.
"""

from __future__ import annotations

from pathlib import Path

from player import kept_values
from player.story.language_tag import folded, language_of, widened

NAME = "voices.json"
"""Name of the file, in the folder of the library: {"en": "engine:voice"}."""

_USUAL = "en"
"""Language of stories that name none."""


def chosen_voice(file: Path, language: str) -> str:
    """Return the voice ("engine:name") chosen for a language (BCP 47), or for a wider one; empty when none was, or the
    file is unusable."""
    kept = kept_values.read(file)
    return str(next((kept[tag] for tag in widened(language or _USUAL) if tag in kept), ""))


def keep_voice(file: Path, language: str, voice: str) -> None:
    """Keep a voice for a language. Raises OSError."""
    tag = folded(language or _USUAL)
    kept_values.add(file, {language_of(tag): voice, tag: voice})
