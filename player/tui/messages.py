"""Messages from widgets and threads to the app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from player.errors import Unsaid
    from player.export import Summary
    from player.library.notes import Note
    from player.story.searching import Hit, Hits


@dataclass
class WordClicked(Message):
    """A character of the transcript was clicked."""

    block: int
    character: int


@dataclass
class PassageSelected(Message):
    """Text of the transcript was selected with the mouse."""

    text: str


@dataclass
class BarClicked(Message):
    """The progress bar was clicked."""

    share: float
    """Place in the story, 0 to 1."""


@dataclass
class BarResized(Message):
    """The progress bar has a new size."""


@dataclass
class NotesRead(Message):
    """The story's notes are here."""

    notes: list[Note]


@dataclass
class Found(Message):
    """A search has ended."""

    query: str
    hits: Hits
    hit: Hit | None
    """The first place after the one that it began at."""


@dataclass
class ExportProgressed(Message):
    """An export has progressed."""

    share: float
    """Share of the work done, 0 to 1."""

    def can_replace(self, message: Message) -> bool:
        """Replace any older one: only the latest matters."""
        return isinstance(message, ExportProgressed)


@dataclass
class ExportFinished(Message):
    """The exported file is complete."""

    summary: Summary


@dataclass
class ExportFailed(Message):
    """An export failed; there is no file."""

    reason: str
    """A sentence for the listener; empty when cancelled."""
    unsaid: Unsaid | None = None
    """The error that tells of sentences that cannot be said, if that is the reason."""
