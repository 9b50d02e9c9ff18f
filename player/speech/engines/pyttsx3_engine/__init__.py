"""pyttsx3: the bundled espeak-ng on Linux, the system's voices elsewhere. The fallback for every language."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from player.speech.kit import EVERY_LANGUAGE, Engine, Manner, Option, Profile, Reads, Speech, Voice

if TYPE_CHECKING:
    from player.speech.engines.pyttsx3_engine.avspeech import AVSpeechVoices
    from player.speech.engines.pyttsx3_engine.espeak import BundledEspeak
    from player.speech.engines.pyttsx3_engine.onecore import OneCoreVoices
    from player.speech.engines.pyttsx3_engine.system_voices import SystemVoices

    Backend = BundledEspeak | SystemVoices | OneCoreVoices | AVSpeechVoices

_logger = logging.getLogger(__name__)

_SYSTEM: str = sys.platform
_IS_ESPEAK = _SYSTEM not in {"darwin", "win32"}
"""True if the voices are espeak-ng's, not the system's."""
_READERS = {
    "Latin": "en-us", "Greek": "el", "Cyrillic": "ru", "Armenian": "hy", "Hebrew": "he", "Arabic": "ar",
    "Devanagari": "hi", "Bengali": "bn", "Gurmukhi": "pa", "Gujarati": "gu", "Odia": "or", "Tamil": "ta",
    "Telugu": "te", "Kannada": "kn", "Malayalam": "ml", "Sinhala": "si", "Thai": "th", "Burmese": "my",
    "Georgian": "ka", "Hangul": "ko", "Ethiopic": "am", "Kana": "ja", "Han": "cmn",
}  # fmt: skip
"""Script -> an espeak-ng voice that reads it."""


_RATE = 175
"""Words a minute: espeak-ng's own default, within the 150 to 180 of audiobooks."""


class Pyttsx3Engine(Engine):
    """The engine for every language: a hundred voices on Linux, the installed ones on macOS and Windows."""

    name = "pyttsx3"
    profile = Profile(
        languages={EVERY_LANGUAGE: 10},
        readers=_READERS if _IS_ESPEAK else {},
        options=(
            Option("rate", _RATE, "Words a minute.", low=80, high=450),
            Option("driver", "", "Driver of pyttsx3 to use in place of the bundled or the system's own voices."),
        ),
        speed=500,
        loudness=-20.5 if _IS_ESPEAK else None,
        manner=Manner(frozenset({Reads.IT, Reads.LEADING_ZEROS, Reads.POINT_ZERO})),
    )

    def __init__(self, *, rate: int = _RATE, driver: str = "") -> None:
        self._backend = _backend(self.name, rate, driver)
        self.version = self._backend.version

    def voices(self) -> Sequence[Voice]:
        """Return every installed voice, the best for each language first."""
        return self._backend.voices()

    def load(self, voice: Voice) -> None:
        """Prepare a voice. Raises EngineError."""
        self._backend.load(voice)

    def render(self, text: str, voice: Voice) -> Speech:
        """Return the speech of one utterance. Raises EngineError."""
        return self._backend.render(text, voice)


def _backend(name: str, rate: int, driver: str) -> Backend:
    """Return the implementation for this platform. Raises EngineError when it does not work here."""
    if _IS_ESPEAK:
        from player.speech.engines.pyttsx3_engine.espeak import BundledEspeak, binding

        if not driver:
            return BundledEspeak(name, rate)
        binding()  # makes pyttsx3 find the bundled library
    from player.speech.engines.pyttsx3_engine.system_voices import SystemVoices

    timed = None if driver else _with_word_times(name, rate)
    return timed or SystemVoices(name, rate, driver or None)


def _with_word_times(name: str, rate: int) -> Backend | None:
    """Return the system's voices with their own word times; None without the extra `system`, or on an older system."""
    try:
        if _SYSTEM == "win32":
            from player.speech.engines.pyttsx3_engine.onecore import OneCoreVoices

            return OneCoreVoices(name, rate)
        if _SYSTEM == "darwin":
            from player.speech.engines.pyttsx3_engine.avspeech import AVSpeechVoices

            return AVSpeechVoices(name, rate)
    except (ImportError, OSError, AttributeError):
        _logger.info("the system's voices give no word times here", exc_info=True)
    return None
