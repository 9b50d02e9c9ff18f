"""The operating system's voices, through pyttsx3's public interface.

A driver writes a sound file without word times, so the marks are estimated. `onecore` and `avspeech` have exact ones,
where their packages are installed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from player.speech.kit import EngineError, Speech, Voice, finish
from player.speech.sound.pcm import decoded
from player.story.language_tag import formatted

_SAMPLE_RATE = 22_050
"""Samples per second of most of these voices. The true rate of an utterance is in its Speech."""
_SECONDS_AT_MOST = 60.0


class SystemVoices:
    """A pyttsx3 driver: the platform's own, or the one called `driver`."""

    def __init__(self, name: str, rate: int, driver: str | None = None) -> None:
        """`rate` in words a minute. Raises EngineError when the driver does not work on this machine."""
        from importlib.metadata import version

        try:
            import pyttsx3

            self._pyttsx3 = pyttsx3.init(driver)
        except (ImportError, RuntimeError, OSError) as e:
            raise EngineError(f"pyttsx3 cannot speak on this machine ({e})", "reinstall pyttsx3") from e
        self.name = name
        self._rate = rate
        self._driver: str = self._pyttsx3.driver_name
        self._ids: dict[str, str] = {}
        self.version = f"pyttsx3 {version('pyttsx3')} {self._driver} {_system()}"

    def voices(self) -> Sequence[Voice]:
        """Return all voices of the driver, the system's default first."""
        current = self._pyttsx3.getProperty("voice")
        listed = sorted(self._pyttsx3.getProperty("voices"), key=lambda v: v.id != current)
        self._ids.clear()
        for voice in listed:
            name = voice.name if voice.name not in self._ids else f"{voice.name} ({voice.id})"
            self._ids[name] = voice.id
        return [
            Voice(self.name, name, _language(v), _SAMPLE_RATE, _gender(v))
            for name, v in zip(self._ids, listed, strict=True)
        ]

    def load(self, voice: Voice) -> None:
        """Choose a voice. pyttsx3 only queues properties, so that errors appear when rendering."""
        self._pyttsx3.setProperty("voice", self._ids[voice.name])
        self._pyttsx3.setProperty("rate", self._rate)

    def render(self, text: str, voice: Voice) -> Speech:
        """Return the speech of a text, through a private file. Raises EngineError."""
        from player.atomic import temporary_folder  # 0.01 s, needed by this engine alone

        with temporary_folder() as folder:
            path = folder / ("speech.aiff" if self._driver == "nsss" else "speech.wav")
            self._say(text, path)
            if not path.exists():
                raise EngineError(f"the {self._driver} voices wrote no sound")
            pcm, rate = decoded(str(path))
        return finish(pcm, rate, text)

    def _say(self, text: str, path: Path) -> None:
        """Run the driver until the file is written. Raises EngineError with the driver's own message."""
        from threading import Event

        errors: list[Exception] = []
        finished = Event()
        tokens = [
            self._pyttsx3.connect("error", lambda name, exception: errors.append(exception)),
            self._pyttsx3.connect("finished-utterance", lambda name, completed: finished.set()),
        ]
        self._pyttsx3.save_to_file(text, str(path))
        self._pyttsx3.runAndWait()
        if self._driver == "espeak":  # its loop ends before the file is complete
            finished.wait(_SECONDS_AT_MOST)
        for token in tokens:
            self._pyttsx3.disconnect(token)
        if errors:
            raise EngineError(f"the {self._driver} voices failed ({errors[0]})") from errors[0]


def _language(voice: Any) -> str:
    listed = voice.languages or [""]
    first = listed[0].decode(errors="ignore") if isinstance(listed[0], bytes) else str(listed[0] or "")
    return formatted(first.strip("\x05\x02"))


def _gender(voice: Any) -> str:
    """Return the gender: "VoiceGenderFemale" (macOS), "Female" (Windows) -> "female"."""
    text = str(voice.gender or "").casefold()
    return "female" if "female" in text else "male" if "male" in text else ""


def _system() -> str:
    """Return the system's name and version: updates change the voices, so this is part of their version."""
    import platform

    return platform.mac_ver()[0] if sys.platform == "darwin" else platform.version()
