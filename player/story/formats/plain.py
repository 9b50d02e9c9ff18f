"""Plain text, of which all is read. Of a long one the beginning is given first."""

from __future__ import annotations

from player.story.plain_text import read_text
from player.story.reading.draft import Draft
from player.story.reading.lines.plain_paragraphs import is_contents
from player.story.reading.raw_source import RawSource

_BEGINNING = 60_000
"""Characters that are read before the beginning of a long text is played: an hour of speech. Of their blocks the last
third is left out, which might go on, or be recognised by what follows."""


def read(raw: RawSource) -> Draft:
    """Return the draft of a plain text."""
    text = raw.text
    if raw.begun is not None and len(text) > 2 * _BEGINNING:
        head = text[:_BEGINNING]
        # The entries of a table of contents are known by the headings that come later.
        if not any(is_contents(line.strip()) for line in head.splitlines()):
            beginning = _draft(head)
            del beginning.blocks[len(beginning.blocks) * 2 // 3 :]
            raw.begun(beginning)
    return _draft(text)


def _draft(text: str) -> Draft:
    draft = Draft()
    read_text(text, draft)
    return draft
