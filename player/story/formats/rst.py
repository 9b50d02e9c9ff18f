"""reStructuredText, by pandoc, without what it takes from other files."""

from __future__ import annotations

import re
from dataclasses import replace

from player.story.pandoc.texts import read_text
from player.story.reading.draft import Draft
from player.story.reading.raw_source import RawSource

_INCLUDED = re.compile(
    r"^[ \t]*\.\. (?:\|[^|\n]+\| )?(?:(?:literal)?include::.*|(?:raw|csv-table)::.*\n(?:[ \t]+:.*\n)*?"
    r"[ \t]+:(?:file|url):.*)"
    r"(?:\n[ \t]+:.*)*$",
    re.MULTILINE,
)
"""Directives that name a file: pandoc's sandbox takes them for errors."""


def read(raw: RawSource) -> Draft:
    """Return the draft of a text. Raises SourceError, and ModuleNotFoundError without pypandoc."""
    text = _INCLUDED.sub("", raw.text.replace("\r\n", "\n"))
    return read_text(replace(raw, data=text.encode("utf-8", "replace"), charset="utf-8"), "rst")
