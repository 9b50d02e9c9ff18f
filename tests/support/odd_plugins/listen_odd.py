"""Engines that no user has: the system-voices code on espeak-ng, and some that break their promises."""

from __future__ import annotations

from collections.abc import Sequence

from player.speech.engine import Speech, Voice, WordMark
from player.speech.espeak import binding
from player.speech.system_voices import SystemVoices


class EspeakDriver(SystemVoices):
    """What runs on macOS and Windows, with the one pyttsx3 driver that runs everywhere."""

    def __init__(self) -> None:
        binding()  # makes the bundled library the one that pyttsx3 finds
        super().__init__("espeak-driver", "espeak")


class Liar:
    """Its word marks lie outside of the text."""

    name = "liar"
    version = "1"

    def voices(self) -> Sequence[Voice]:
        return (Voice("liar", "liar", "en", 16_000),)

    def load(self, voice: Voice) -> None:
        pass

    def render(self, text: str, voice: Voice) -> Speech:
        return Speech(b"\0\0" * 100, 16_000, (WordMark(0, len(text) + 1, 0, 100),))


class Raises:
    """Fails with an error of its own kind as soon as it is made."""

    def __init__(self) -> None:
        raise ValueError("no licence file")
