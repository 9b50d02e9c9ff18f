"""What an engine says of itself before it is made: a value at its class, so that choosing one loads no library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec

from player.speech.options import Option
from player.utterance.manner import ANY, Manner

EVERY_LANGUAGE = "*"
"""Stands for all languages that a profile does not name."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What is known of an engine without making it. All of it may be left out."""

    languages: Mapping[str, int] = field(default_factory=dict)
    """How good it is in a language, 1 to 100: {"en": 60, "en-GB": 80, "*": 10}. The installed engine that is best for
    a story's language speaks when none was asked for; one without languages is only used when it is asked for."""
    voices: tuple[str, ...] = ()
    """Voices so well known that their name alone means this engine, as in `--voice heart`."""
    readers: Mapping[str, str] = field(default_factory=dict)
    """Script, as player.speech.scripts names it -> the voice to recommend for it."""
    needs: tuple[str, ...] = ()
    """Packages to import without which it cannot work."""
    install: str = ""
    """What to do when one of them is missing: one line, such as a pip command."""
    options: tuple[Option, ...] = ()
    """What can be set of it; the class is called with what was set, as keyword arguments."""
    speed: float = 20.0
    """Seconds of speech that one worker renders in a second."""
    most_workers: int = 2
    """Worker processes at a time that are worth their memory."""
    manner: Manner = ANY
    """How it reads: what it needs no help with, and which mistakes are its own."""

    def rank(self, language: str) -> int:
        """How good it is in a language (BCP 47), 0 to 100; a story in no known language counts as English."""
        ranks = {name.casefold(): rank for name, rank in self.languages.items()}
        tag = language.casefold().replace("_", "-") or "en"
        return ranks.get(tag, ranks.get(tag.split("-")[0], ranks.get(EVERY_LANGUAGE, 0)))

    @property
    def missing(self) -> tuple[str, ...]:
        """The packages it needs that are not installed. Looks for them only: 0.1 ms each."""
        return tuple(package for package in self.needs if not _is_installed(package))


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):  # the package that it is in is missing, or half-way removed
        return False
