"""Org, the outlines of Emacs, by pandoc: without their states, tags, dates and drawers."""

from __future__ import annotations

import re
from dataclasses import replace

from player.story.pandoc.texts import read_text
from player.story.reading.draft import Draft
from player.story.reading.raw_source import RawSource

_PLANNING = re.compile(r"^[ \t]*(?:(?:SCHEDULED|DEADLINE|CLOSED): *[<\[][^<>\[\]\n]*[>\]] *)+$", re.MULTILINE)
_PRIORITY = re.compile(r"^(\*+ (?:[A-Z]{3,} )?)\[#\w{1,2}\] ", re.MULTILINE)
"""Of a heading: "* TODO [#A] Morning"."""


def read(raw: RawSource) -> Draft:
    """Return the draft of a text. Raises SourceError, and ModuleNotFoundError without pypandoc."""
    text = _PRIORITY.sub(r"\1", _PLANNING.sub("", raw.text))
    return read_text(replace(raw, data=text.encode("utf-8", "replace"), charset="utf-8"), "org")
