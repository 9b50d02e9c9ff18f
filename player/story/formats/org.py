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
_DONE = re.compile(r"^(\*+ .*?)[ \t]?\[\d*(?:/\d*|%)\]", re.MULTILINE)
"""How much of an outline is done: "* Boats [2/3]"."""
_TIME = re.compile(r"[<\[](\d{4}-\d\d-\d\d)(?: [^\W\d]{2,4}\.?)?((?: \d\d:\d\d)?)[^<>\[\]\n]{0,20}[>\]]")
_LINK = re.compile(r"\[\[(?=[^\[\]\n]*\\[\[\]])(?:\\.|[^\[\]\n\\])*\]\[([^\[\]\n]+)\]\]")
"""A link to a heading with a link in it, whose brackets are escaped."""
_UNNAMED = re.compile(r"(?<![ \t])[ \t]*\[\[(?:id|roam|attachment):[^\[\]\n]*\]\]")
"""A link to a note by its number only."""
_MACRO = re.compile(r"\{\{\{[^{}\n]*\}\}\}")


def read(raw: RawSource) -> Draft:
    """Return the draft of a text. Raises SourceError, and ModuleNotFoundError without pypandoc."""
    text = _DONE.sub(r"\1", _PRIORITY.sub(r"\1", _PLANNING.sub("", raw.text)))
    text = _MACRO.sub("", _TIME.sub(r"\1\2", _LINK.sub(r"\1", _UNNAMED.sub("", text))))
    return read_text(replace(raw, data=text.encode("utf-8", "replace"), charset="utf-8"), "org")
