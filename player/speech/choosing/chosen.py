"""The voices that the listener chose while listening, one for each language, kept in a small file.

They speak where the settings name none. What was chosen for a language as spoken in one country ("en-US") speaks it in
others as well, until another voice is chosen there.
"""

from __future__ import annotations

from pathlib import Path

from player import kept_values
from player.story.language_tag import comparable, folded, language_of, narrowest

NAME = "voices.json"
"""Name of the file, in the folder of the library: {"en": "engine:voice"}."""

_USUAL = "en"
"""Language of stories that name none."""


def chosen_voice(file: Path, language: str) -> str:
    """Return the voice ("engine:name") chosen for a language (BCP 47), or for a wider one; empty when none was, or the
    file is unusable."""
    return str(narrowest(kept_values.read(file), language or _USUAL) or "")


def keep_voice(file: Path, language: str, voice: str) -> None:
    """Keep a voice for a language. Raises OSError."""
    tag = folded(language or _USUAL)
    chosen = {language_of(tag), tag}
    spoken = set(map(comparable, chosen))
    chosen |= {key for key in kept_values.read(file) if comparable(key) in spoken}  # as "cmn", where this is "zh"
    kept_values.add(file, dict.fromkeys(chosen, voice))
