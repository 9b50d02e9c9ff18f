"""Jupyter notebooks, by pandoc: their text; code is announced, and what it gave is left out."""

from __future__ import annotations

from player.story.pandoc.texts import read_text
from player.story.reading.draft import Draft
from player.story.reading.raw_source import RawSource


def read(raw: RawSource) -> Draft:
    """Return the draft of a text. Raises SourceError, and ModuleNotFoundError without pypandoc."""
    return read_text(raw, "ipynb")
