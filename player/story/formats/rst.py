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
_ABOVE = re.compile(
    r"""\A(?: [ \t]*\n
          | \.\.[ ](?: _[^\n]*: | meta:: | highlight:: | default-[\w-]+:: | [^|\[\n:]*$)[^\n]*\n(?:[ \t]+\S.*\n)*
          | :(?:orphan|tocdepth|nosearch|hide-toc|og:\w+):.*\n )+""",
    re.MULTILINE | re.VERBOSE,
)
"""What stands above the title, which pandoc takes for one only at the very beginning."""
_VERSION = re.compile(
    r"^([ \t]*)\.\. (versionadded|versionchanged|deprecated):: *(\S+)[ \t]*(.*)(\n(?=\1[ \t]+\S))?", re.MULTILINE
)
_CHANGED = {"versionadded": "Added in", "versionchanged": "Changed in", "deprecated": "Deprecated since"}
"""What Sphinx writes for them."""
_DOCTEST = re.compile(r"^([ \t]*)>>> .*\n(?:\1\S.*\n)*", re.MULTILINE)
_COLONS = re.compile(r"^([ \t]*)(\S(?:.*\S)?)[ \t]+::[ \t]*$", re.MULTILINE)
"""A paragraph before code, of which the colons are not shown: pandoc leaves one."""
_HEAD = re.compile(r"\A(?=[A-Z]{2,5}: *\d+\n)(?:[A-Z][\w-]*:.*\n(?:[ \t]+\S.*\n)*){3,}")
"""The fields of a proposal, such as Python's: "PEP: 8"."""
_FIELD = re.compile(r"^([A-Z][\w-]*):(.*\n(?:[ \t]+\S.*\n)*)", re.MULTILINE)
_ADDRESS = re.compile(r"\s*<[^<>\s]+>")


def read(raw: RawSource) -> Draft:
    """Return the draft of a text. Raises SourceError, and ModuleNotFoundError without pypandoc."""
    text = _INCLUDED.sub("", raw.text.removeprefix("\ufeff").replace("\r\n", "\n"))
    text = _COLONS.sub(lambda found: found[0] if found[2] == ".." else f"{found[1]}{found[2]}\n\n{found[1]}::", text)
    text = _DOCTEST.sub(_example, _VERSION.sub(_change, _ABOVE.sub("", text)))
    head = _HEAD.match(text)
    if head is not None:
        text = text[head.end() :]
    draft = read_text(replace(raw, data=text.encode("utf-8", "replace"), charset="utf-8"), "rst+smart")
    if head is not None:
        fields = {name.lower(): " ".join(value.split()) for name, value in _FIELD.findall(head[0])}
        draft.title = fields.get("title", "") or draft.title
        draft.byline = _ADDRESS.sub("", fields.get("author", ""))
        draft.published = fields.get("created", "").replace("-", " ")
    return draft


def _change(note: re.Match[str]) -> str:
    """Return a note on a version as a paragraph."""
    indent, kind, version, said, below = note.groups()
    changed = f"{_CHANGED[kind]} version {version}{':' if said or below else '.'} {said}".rstrip()
    return f"{indent}.. container:: changed\n\n{indent}   {changed}{below or ''}"


def _example(lines: re.Match[str]) -> str:
    """Return a session of Python's prompt as the code that it is."""
    inside = re.sub("^", "   ", lines[0].rstrip("\n"), flags=re.MULTILINE)
    return f"{lines[1]}.. code-block:: python\n\n{inside}\n\n"
