"""The interface of a speech engine. Authors of engines import these names from `player.speech.kit`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, NewType, Protocol

from player.speech.profile import Profile
from player.speech.sound.loudness import Loudness

Samples = NewType("Samples", int)
"""A number of PCM samples, or a position counted in them."""
Seconds = NewType("Seconds", float)
"""Used only for what a person reads or types."""
ANY_LANGUAGE = "mul"
"""BCP 47 for a voice that speaks several languages."""


class WordMark(NamedTuple):
    """The time of a word: spoken characters [start, end) sound during samples [first, last) of the speech."""

    start: int
    end: int
    first: int
    last: int = 0
    """May be left out by an engine that knows only when words begin; `finish` in `player.speech.kit` fills it in."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of an engine."""

    engine: str
    """Name of the engine."""
    name: str
    """The engine's own name for it, e.g. "en-us"."""
    language: str
    """BCP 47, e.g. "en-US"."""
    sample_rate: int
    """Samples per second of its speech."""
    gender: str = ""
    """"female", "male" or empty when unknown."""
    licence: str = ""
    """SPDX expression of the voice's licence, or empty."""
    description: str = ""
    scripts: tuple[str, ...] = ()
    """Scripts it can read, named as in player.speech.scripts; empty: those of its language."""
    revision: str = ""
    """Changes with the voice's own files, where these are the listener's: part of the audio cache's key."""
    quality: str = ""
    """One or two words, such as "high" or "grade A"; empty when unknown."""
    size: int = 0
    """Bytes of the files that it needs, shared ones included; 0 when unknown."""

    @property
    def id(self) -> str:
        """Return the voice as `--voice` takes it: "engine:name"."""
        return f"{self.engine}:{self.name}"

    @property
    def about(self) -> str:
        """Return what lists tell of it: "neural, American English, high quality"."""
        return ", ".join(filter(None, (self.description, quality_in_words(self.quality))))


def quality_in_words(quality: str) -> str:
    """Return how lists name a voice's quality: "high quality", "grade A"; empty when unknown."""
    return f"{quality} quality" if quality and " " not in quality else quality


@dataclass(frozen=True, slots=True)
class Speech:
    """The sound of one utterance. Empty PCM means that the text has nothing to say, or cannot be said."""

    pcm: bytes = field(repr=False)
    """16-bit signed little-endian mono samples."""
    sample_rate: int
    marks: tuple[WordMark, ...]
    """In order of `first`, as spans of the spoken text; never overlapping. An engine may skip words; a worker's marks
    cover every word, with no length for a word that is not said."""
    estimated: bool = False
    """True when the marks are estimated, not measured by the engine."""
    loudness: Loudness | None = None
    """Measured by the worker: an engine leaves it out."""

    @property
    def samples(self) -> Samples:
        """Length in samples."""
        return Samples(len(self.pcm) // 2)


class Engine(Protocol):
    """Renders text with its voices. Subclasses are announced by an entry point.

    Instances live in a worker process of their own, in one thread. The player imports the class, too, to read its
    profile: so import slow libraries in `load`, not in the module. The constructor takes the profile's options as
    keyword arguments with defaults.
    """

    name: str
    """As `--engine` takes it; the same as the entry point's name."""
    version: str
    """Part of the cache key: must change whenever the sound may change. Read after construction."""
    profile: ClassVar[Profile] = Profile()
    """What the player knows before constructing the engine."""

    def voices(self) -> Sequence[Voice]:
        """Return every installed voice, the best default first. Must be quick: load no model."""
        ...

    def load(self, voice: Voice) -> None:
        """Prepare a voice, for up to some seconds. Raises EngineError."""

    def render(self, text: str, voice: Voice) -> Speech:
        """Return the speech of one utterance: one line with a letter or a digit, at most a few hundred characters.

        Raises EngineError when that fails, or Unspeakable when the voice has no sound for the text.
        """
        ...
