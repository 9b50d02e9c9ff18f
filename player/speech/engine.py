"""What a speech engine is, and what it gives back. Authors of engines take these names from `player.speech.kit`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, NewType, Protocol

from player.speech.profile import Profile

Samples = NewType("Samples", int)
"""A number of PCM samples, or a place counted in them."""
Seconds = NewType("Seconds", float)
"""Only at the edges: what a person reads or types."""


class WordMark(NamedTuple):
    """When a word sounds: spoken characters [start, end) sound in samples [first, last) of the speech."""

    start: int
    end: int
    first: int
    last: int = 0
    """An engine that only knows when a word begins may leave it out, for `finish` in `player.speech.kit`."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that an engine can speak with."""

    engine: str
    """Name of the engine."""
    name: str
    """The engine's own name for it, e.g. "en-us"."""
    language: str
    """BCP 47, e.g. "en-US"."""
    sample_rate: int
    """Samples per second of what it renders."""
    gender: str = ""
    """"female", "male" or empty when unknown."""
    licence: str = ""
    """SPDX expression of what the voice may be used under, or empty."""
    description: str = ""
    scripts: tuple[str, ...] = ()
    """Scripts that it reads, as player.speech.scripts names them; empty: those its language is written in."""

    @property
    def id(self) -> str:
        """What `--voice` takes: "engine:name"."""
        return f"{self.engine}:{self.name}"


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine returns for an utterance. Empty PCM means that there was nothing to say, or no way to say it."""

    pcm: bytes = field(repr=False)
    """16-bit signed little-endian mono samples."""
    sample_rate: int
    marks: tuple[WordMark, ...]
    """In order of `first`; spans in the text as spoken. Marks may skip words but never overlap. (From a worker comes
    a mark for every word: one of no length for a word that is not said.)"""
    estimated: bool = False
    """True when the marks were not measured by the engine but estimated."""

    @property
    def samples(self) -> Samples:
        """How long it is, in samples."""
        return Samples(len(self.pcm) // 2)


class Engine(Protocol):
    """Renders text with its voices. Its class is announced by an entry point, and is a subclass of this one.

    Made in a worker process of its own, where one thread calls it. The class is imported in the player, too, to read
    its profile: so its module imports what takes time in `load`. Its constructor takes the options that its profile
    lists, as keyword arguments with defaults.
    """

    name: str
    """What `--engine` takes; the name of its entry point."""
    version: str
    """Changes whenever the sound may change: part of the cache key. Read after the engine is made."""
    profile: ClassVar[Profile] = Profile()
    """What is known of it before it is made."""

    def voices(self) -> Sequence[Voice]:
        """Every voice installed, the engine's own first choice first. Quick: no model is loaded for it.

        Raises EngineError when the engine cannot work on this machine.
        """
        ...

    def load(self, voice: Voice) -> None:
        """Make ready to render with a voice (it may take a second). Raises EngineError."""

    def render(self, text: str, voice: Voice) -> Speech:
        """Say one utterance's spoken text: one line with a letter or a digit, at most a few hundred characters.

        Raises EngineError when that fails, or Unspeakable when the voice has no sound for it.
        """
        ...
