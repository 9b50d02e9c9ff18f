"""The interface of a worker. `player.speech.process.host` has the local process; others may run elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from player.speech.engine import Speech, Voice
from player.speech.options import OptionValue


@dataclass(frozen=True, slots=True)
class Hello:
    """A worker's first message: who speaks."""

    engine: str
    version: str
    """The engine's version: part of the cache key."""
    voice: Voice
    is_only: bool = False
    """True if the engine has no other voice."""
    options: tuple[tuple[str, OptionValue], ...] = ()
    """The engine's options that change the sound and differ from their default: part of the cache key."""


class SpeechWorker(Protocol):
    """A source of speech in one voice, local or remote. Methods may be called from any thread."""

    def hello(self) -> Hello:
        """Return who speaks, maybe before the voice is loaded. Later calls return the same.

        Raises UsageError for an unknown engine or voice, EngineError when the engine does not work, WorkerDied when the
        worker is gone.
        """

    def render(self, text: str) -> Speech:
        """Return the speech of one utterance. For "" it is empty, and comes once the voice is loaded.

        Raises EngineError when it cannot be said (the worker goes on), Unspeakable when the voice has no sound for it,
        WorkerDied when the worker is gone: start another.
        """

    def kill(self) -> None:
        """End the worker at once; those who wait for an answer get WorkerDied. May be repeated."""


StartWorker = Callable[[str, str, str], SpeechWorker]
"""Starts a worker for (engine, voice, language), names as from `registry.choose`; returns at once."""
