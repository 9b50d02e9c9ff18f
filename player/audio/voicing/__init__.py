"""A voice that is ready to speak."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from player.audio.segment import FORMAT
from player.speech.choosing.registry import manner
from player.speech.process.workers import Hello, SpeechWorker
from player.utterance.manner import Manner


@dataclass(frozen=True, slots=True)
class Voicing:
    """A voice, its worker's first answer, and how to start more workers for it."""

    hello: Hello
    start: Callable[[], SpeechWorker]
    first: SpeechWorker | None = None
    """A worker that is running already."""

    @property
    def manner(self) -> Manner:
        """How the engine reads text."""
        return manner(self.hello.engine)

    @property
    def rate(self) -> int:
        """Samples per second of its sound."""
        return self.hello.voice.sample_rate

    @property
    def identity(self) -> tuple[object, ...]:
        """Everything about the voice that changes its sound: part of the cache key."""
        voice = self.hello.voice
        return (FORMAT, self.hello.engine, self.hello.version, voice.name, self.rate, *self.hello.options)

    def fresh(self) -> Voicing:
        """Return a copy for another renderer, without the running worker."""
        return replace(self, first=None)
