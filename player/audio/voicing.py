"""A voice that is ready to speak."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from player.audio.segment import FORMAT
from player.speech.registry import profile
from player.speech.workers import Hello, SpeechWorker
from player.utterance.manner import Manner


@dataclass(frozen=True, slots=True)
class Voicing:
    """A voice with what its worker said of itself, and how to start another worker for it."""

    hello: Hello
    start: Callable[[], SpeechWorker]
    first: SpeechWorker | None = None
    """One that runs already."""

    @property
    def manner(self) -> Manner:
        """How the engine reads."""
        return profile(self.hello.engine).manner

    @property
    def identity(self) -> tuple[object, ...]:
        """All of the voicing that changes the sound."""
        voice = self.hello.voice
        return (FORMAT, self.hello.engine, self.hello.version, voice.name, voice.sample_rate, *self.hello.options)

    def fresh(self) -> Voicing:
        """The same one, for another renderer: with no worker that runs already."""
        return replace(self, first=None)
