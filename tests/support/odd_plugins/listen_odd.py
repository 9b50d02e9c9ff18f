"""Engines that no user has: they break their promises."""

from __future__ import annotations

import os
from collections.abc import Sequence

from player.speech.kit import Engine, Speech, Voice, WordMark


class Liar(Engine):
    """Its word marks lie outside of the text."""

    name = "liar"
    version = "1"

    def voices(self) -> Sequence[Voice]:
        return (Voice("liar", "liar", "en", 16_000),)

    def load(self, voice: Voice) -> None:
        pass

    def render(self, text: str, voice: Voice) -> Speech:
        return Speech(b"\0\0" * 100, 16_000, (WordMark(0, len(text) + 1, 0, 100),))


class Raises(Engine):
    """Fails with an error of its own kind as soon as it is made."""

    def __init__(self) -> None:
        raise ValueError("no licence file")


class Dies(Engine):
    """Ends its process."""

    def __init__(self) -> None:
        os._exit(3)
