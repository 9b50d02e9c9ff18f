"""What the widgets and workers tell the app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from player.export import Summary


@dataclass
class WordClicked(Message):
    """A character of the transcript was clicked."""

    block: int
    character: int


@dataclass
class BarClicked(Message):
    """The progress bar was clicked."""

    share: float
    """How far into the story, 0 to 1."""


@dataclass
class BarResized(Message):
    """The progress bar has another size."""


@dataclass
class ExportProgressed(Message):
    """An export got further."""

    share: float
    """0 to 1."""

    def can_replace(self, message: Message) -> bool:
        """Only the latest matters."""
        return isinstance(message, ExportProgressed)


@dataclass
class ExportFinished(Message):
    """The file is there."""

    summary: Summary


@dataclass
class ExportFailed(Message):
    """There is no file."""

    reason: str
    """In words for the listener; empty when it was cancelled."""
