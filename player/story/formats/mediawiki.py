"""Wikitext, as Wikipedia's articles are written in, by pandoc: without templates and categories."""

from __future__ import annotations

from player.story.pandoc.texts import read_text
from player.story.reading.draft import Draft
from player.story.reading.raw_source import RawSource


def read(raw: RawSource) -> Draft:
    """Return the draft of a text. Raises SourceError, and ModuleNotFoundError without pypandoc."""
    return read_text(raw, "mediawiki")
