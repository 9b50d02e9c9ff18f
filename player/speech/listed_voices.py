"""Voices that the listener lists in the settings, for engines that cannot list them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from player.errors import UsageError
from player.speech.engine import ANY_LANGUAGE, Voice
from player.speech.scripts import every_script, scripts_of
from player.story.language_tag import formatted

VOICES_HELP = 'Names of voices, each with its language if it has only one: ["alloy", "thorsten=de-DE"].'
"""Help for an option with such a list."""


def listed(engine: str, text: str, rate: int) -> list[Voice]:
    """Return the voices of a list such as "alloy, thorsten=de-DE", in its order. `rate` in samples a second.

    Raises UsageError for a voice without a name.
    """
    return [voice(engine, name, language, rate) for name, language in _entries(engine, text)]


def voice(engine: str, name: str, language: str, rate: int, gender: str = "") -> Voice:
    """Return a voice that reads its language's scripts; one without a language reads all."""
    tag = formatted(language) if language else ANY_LANGUAGE
    scripts: Sequence[str] = sorted(every_script() if tag == ANY_LANGUAGE else scripts_of(tag))
    return Voice(engine, name, tag, rate, gender, scripts=tuple(scripts))


def _entries(engine: str, text: str) -> Iterator[tuple[str, str]]:
    known: set[str] = set()
    for entry in filter(None, map(str.strip, text.split(","))):
        name, _, language = (part.strip() for part in entry.partition("="))
        if not name:
            message = f"{entry!r} among voices in [engines.{engine}] names no voice"
            raise UsageError(message, VOICES_HELP, setting=("engines", engine, "voices"))
        if name.casefold() not in known:
            known.add(name.casefold())
            yield name, language
