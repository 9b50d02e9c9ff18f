"""What is asked for speech: a worker. Here it is a process (`player.speech.host`); another may be elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from player.speech.engine import Speech, Voice
from player.speech.options import OptionValue


@dataclass(frozen=True, slots=True)
class Hello:
    """What a worker says first: who will speak."""

    engine: str
    version: str
    """Of the engine: part of the cache key."""
    voice: Voice
    is_only: bool = False
    """Whether the engine has no other."""
    options: tuple[tuple[str, OptionValue], ...] = ()
    """Of the engine, which change the sound and are not as by default: part of the cache key."""


class SpeechWorker(Protocol):
    """Somebody who speaks with one voice, wherever that is. Its methods may be called from any thread."""

    def hello(self) -> Hello:
        """Who speaks; it may come before the voice is loaded. Asking again costs nothing.

        Raises UsageError for an unknown engine or voice, EngineError when the engine does not work, WorkerDied when
        the worker is gone.
        """

    def render(self, text: str) -> Speech:
        """Say one utterance; a text of nothing is answered with no sound, as soon as the voice is loaded.

        Raises EngineError when it cannot be said (the worker goes on), Unspeakable when the voice has no sound for it,
        WorkerDied when the worker is gone: start another.
        """

    def kill(self) -> None:
        """End it at once; who waits for an answer gets WorkerDied. May be called again."""


StartWorker = Callable[[str, str, str], SpeechWorker]
"""Starts a worker for an engine, a voice and a language (names, as `registry.choose` gives them); returns at once."""
