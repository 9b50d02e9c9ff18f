"""Facts about an engine that are known before it is constructed, so that choosing one loads no library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from types import MappingProxyType

from player.speech.addable import Addable
from player.speech.options import Option, Options, with_environment
from player.story.language_tag import narrowest
from player.utterance.manner import ANY, Manner

EVERY_LANGUAGE = "*"
"""Stands for all languages not named."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What the player knows of an engine without constructing it. Every field is optional."""

    languages: Mapping[str, int] = field(default_factory=dict)
    """Quality by language, 1 to 100: {"en": 60, "en-GB": 80, "*": 10}. Unless an engine is named, the one with the
    highest number for the story's language speaks; an engine without languages speaks only when named."""
    languages_with: Callable[[Options], Mapping[str, int]] | None = None
    """Returns `languages` as they are with some options, where these change them."""
    voices: tuple[str, ...] = ()
    """Voices whose bare name means this engine, as in `--voice heart`."""
    readers: Mapping[str, str] = field(default_factory=dict)
    """{script: voice to recommend for it}; scripts are named as in player.speech.scripts."""
    needs: tuple[str, ...] = ()
    """Importable packages that it cannot work without."""
    language_needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """{language: importable packages that it needs for that language only}: {"ja": ("pyopenjtalk",)}."""
    install: str = ""
    """One line for when one of them is missing, such as a pip command, or when the engine is not set up."""
    set_up_by: tuple[str, ...] = ()
    """Options of which at least one must be set before the engine can speak; empty if it works without."""
    options: tuple[Option, ...] = ()
    """Options that can be set; passed to the constructor as keyword arguments."""
    addable: Callable[[], Sequence[Addable]] = tuple
    """Returns the voices that `listen voices add` can fetch."""
    speed: float = 20.0
    """Seconds of speech that one worker renders per second."""
    most_workers: int = 2
    """Largest useful number of worker processes, considering their memory."""
    loudness: float | None = None
    """Usual loudness of its speech in LUFS, if all its voices are about as loud; then a short exclamation stays louder
    or quieter than that."""
    manner: Manner = ANY
    """How the engine reads text: what it needs no help with, and its own mistakes."""

    def rank(self, language: str, given: Options = MappingProxyType({})) -> int:
        """Return the quality for a language (BCP 47) with some options, 0 to 100; 0 when a package for it is not
        installed. An unknown language counts as English."""
        languages = self.languages_with(given) if self.languages_with else self.languages
        language = language or "en"
        if self.missing_for(language):
            return 0
        rank = narrowest(languages, language)
        return languages.get(EVERY_LANGUAGE, 0) if rank is None else rank

    def is_set_up(self, given: Options) -> bool:
        """Return True if the options, or their environment variables, have what the engine cannot speak without."""
        known = with_environment(self.options, given)
        return not self.set_up_by or any(known.get(name) for name in self.set_up_by)

    def missing_for(self, language: str) -> tuple[str, ...]:
        """Return the packages needed for one language (BCP 47) that are not installed."""
        needs = narrowest(self.language_needs, language) or ()
        return tuple(package for package in needs if not _is_installed(package))

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the needed packages that are not installed. Looks for them without importing: 0.1 ms each."""
        return tuple(package for package in self.needs if not _is_installed(package))


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):  # its parent package is missing, or half removed
        return False
