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
_HEAD = re.compile(r"\A(?=[A-Z]{2,5}: *\d+\n)(?:[A-Z][\w-]*:.*\n(?:[ \t]+\S.*\n)*){3,}")
"""The fields of a proposal, such as Python's: "PEP: 8"."""
_FIELD = re.compile(r"^([A-Z][\w-]*):(.*\n(?:[ \t]+\S.*\n)*)", re.MULTILINE)
_ADDRESS = re.compile(r"\s*<[^<>\s]+>")


def read(raw: RawSource) -> Draft:
    """Return the draft of a text. Raises SourceError, and ModuleNotFoundError without pypandoc."""
    text = _INCLUDED.sub("", raw.text.replace("\r\n", "\n"))
    head = _HEAD.match(text)
    if head is not None:
        text = text[head.end() :]
    draft = read_text(replace(raw, data=text.encode("utf-8", "replace"), charset="utf-8"), "rst")
    if head is not None:
        fields = {name.lower(): " ".join(value.split()) for name, value in _FIELD.findall(head[0])}
        draft.title = fields.get("title", "") or draft.title
        draft.byline = _ADDRESS.sub("", fields.get("author", ""))
        draft.published = fields.get("created", "").replace("-", " ")
    return draft
