"""The default engine: pyttsx3, with the bundled espeak-ng on Linux and the system's voices elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from player.speech.engine import Engine, Speech, Voice


class Pyttsx3Engine:
    """Every language a little: a hundred voices on Linux, whatever is installed on macOS and Windows."""

    name = "pyttsx3"

    def __init__(self) -> None:
        self._backend = _backend(self.name)
        self.version = self._backend.version

    def voices(self) -> Sequence[Voice]:
        """Every voice installed, the best for each language first."""
        return self._backend.voices()

    def load(self, voice: Voice) -> None:
        """Make ready. Raises EngineError."""
        self._backend.load(voice)

    def render(self, text: str, voice: Voice) -> Speech:
        """Say one utterance. Raises EngineError."""
        return self._backend.render(text, voice)


def _backend(name: str) -> Engine:
    if sys.platform in {"darwin", "win32"}:
        from player.speech.system_voices import SystemVoices

        return SystemVoices(name)
    from player.speech.espeak import BundledEspeak

    return BundledEspeak(name)
