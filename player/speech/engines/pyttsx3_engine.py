"""The default engine: pyttsx3, with the bundled espeak-ng on Linux and the system's voices elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from player.speech.engine import Engine, Speech, Voice
from player.speech.profile import EVERY_LANGUAGE, Profile
from player.utterance.manner import Manner, Reads

_IS_ESPEAK = sys.platform not in {"darwin", "win32"}
"""Whether the voices are espeak-ng's, not the system's."""
_READERS = {
    "Latin": "en-us", "Greek": "el", "Cyrillic": "ru", "Armenian": "hy", "Hebrew": "he", "Arabic": "ar",
    "Devanagari": "hi", "Bengali": "bn", "Gurmukhi": "pa", "Gujarati": "gu", "Odia": "or", "Tamil": "ta",
    "Telugu": "te", "Kannada": "kn", "Malayalam": "ml", "Sinhala": "si", "Thai": "th", "Burmese": "my",
    "Georgian": "ka", "Hangul": "ko", "Ethiopic": "am", "Kana": "ja", "Han": "cmn",
}  # fmt: skip
"""Script -> a voice of espeak-ng that reads it."""


class Pyttsx3Engine:
    """Every language a little: a hundred voices on Linux, whatever is installed on macOS and Windows."""

    name = "pyttsx3"
    profile = Profile(
        languages={EVERY_LANGUAGE: 10},
        readers=_READERS if _IS_ESPEAK else {},
        speed=500,
        manner=Manner(frozenset({Reads.IT, Reads.LEADING_ZEROS, Reads.POINT_ZERO})),
    )

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
    if _IS_ESPEAK:
        from player.speech.espeak import BundledEspeak

        return BundledEspeak(name)
    from player.speech.system_voices import SystemVoices

    return SystemVoices(name)
