"""Plain text, of which all is read."""

from __future__ import annotations

from player.story.plain_text import read_text
from player.story.reading.draft import Draft
from player.story.reading.raw_source import RawSource


def read(raw: RawSource) -> Draft:
    """Return the draft of a plain text."""
    draft = Draft()
    read_text(raw.text, draft)
    return draft
