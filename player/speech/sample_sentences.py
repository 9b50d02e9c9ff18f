"""What a voice says to be heard: a sentence in its language."""

from __future__ import annotations

import tomllib
from pathlib import Path

from player.story.language_tag import comparable, language_of


def sample_sentence(language: str) -> str:
    """Return a sentence in a language (BCP 47); names, which every voice can say, where none is known."""
    known: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return known.get(language_of(comparable(language)), known["any"])
