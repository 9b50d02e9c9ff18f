"""The voices that the listener chose while listening, one for each language, kept in a small file.

They speak where the settings name none.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

from player import atomic
from player.story.language_tag import folded

_logger = logging.getLogger(__name__)

NAME = "voices.json"
"""Name of the file, in the folder of the library: {"en": "engine:voice"}."""


def chosen_voice(file: Path, language: str) -> str:
    """Return the voice ("engine:name") chosen for a language (BCP 47); empty when none was, or the file is unusable."""
    return _read(file).get(_key(language), "")


def keep_voice(file: Path, language: str, voice: str) -> None:
    """Keep a voice for a language. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    atomic.write(file, json.dumps({**_read(file), _key(language): voice}, indent=1, sort_keys=True).encode())


def _key(language: str) -> str:
    return folded(language) or "en"


def _read(file: Path) -> dict[str, str]:
    try:
        found = json.loads(file.read_text("utf-8"))
        return {str(language): str(voice) for language, voice in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError):
        _logger.warning("%s cannot be read", file, exc_info=True)
        return {}
