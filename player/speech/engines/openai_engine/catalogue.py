"""The voices of a server: as it lists them, or those that OpenAI names."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from player.speech.engines.openai_engine.answers import RATE
from player.speech.engines.openai_engine.server import Answer
from player.speech.kit import Voice
from player.speech.listed_voices import voice

_logger = logging.getLogger(__name__)

OPENAI = ("alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse")
"""The names in OpenAI's reference, which servers in its place often know."""
_MOST = 1000
_LONGEST_NAME = 100
_KOKORO = re.compile(r"([abefhijpz])([fm])_\w+")
_LANGUAGES = {
    "a": "en-US", "b": "en-GB", "e": "es", "f": "fr", "h": "hi", "i": "it", "j": "ja", "p": "pt-BR", "z": "zh",
}  # fmt: skip
"""First letter of a Kokoro voice -> its language."""
_GENDERS = {"f": "female", "m": "male"}


def openai_voices(engine: str) -> list[Voice]:
    """Return OpenAI's voices, which speak all its languages."""
    return [voice(engine, name, "", RATE) for name in OPENAI]


def voices_in(engine: str, answer: Answer) -> list[Voice]:
    """Return the voices of a server's list, [] if it is none: names, or objects with a name, in a list or an object."""
    try:
        told = answer.json()
    except ValueError:
        return []
    if isinstance(told, dict):
        told = next((told[name] for name in ("voices", "data") if isinstance(told.get(name), list)), [])
    found: dict[str, Voice] = {}
    for one in told[:_MOST] if isinstance(told, list) else []:
        for name, language, gender in _described(one):
            found.setdefault(name.casefold(), voice(engine, name, language, RATE, gender))
    return list(found.values())


def _described(one: Any) -> Iterator[tuple[str, str, str]]:
    """Yield the name, language and gender of one entry, if it is a voice."""
    about = one if isinstance(one, dict) else {"name": one}
    names = (about.get(key) for key in ("id", "voice_id", "voice", "name"))
    name = next((name for name in names if isinstance(name, str) and name), "")
    if not name.isprintable() or not 0 < len(name) <= _LONGEST_NAME:
        return
    told = next((about[key] for key in ("language", "lang", "locale") if isinstance(about.get(key), str)), "")
    kokoro = _KOKORO.fullmatch(name)
    language = told or (_LANGUAGES[kokoro[1]] if kokoro else "")
    yield name, language, _GENDERS[kokoro[2]] if kokoro else ""
