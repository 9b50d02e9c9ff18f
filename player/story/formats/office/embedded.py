"""DOCX that holds nothing but a web page, as programs write it that export HTML (html-docx-js); Word shows the page."""

from __future__ import annotations

import posixpath

from player.story.formats.office.docx import main_part
from player.story.formats.office.package import parsed, value
from player.story.reading.inside import Inside
from player.story.reading.raw_source import RawSource


def page_in(parts: dict[str, bytes], raw: RawSource) -> Inside | None:
    """Return the page in a document's parts; None for a document with words of its own. Raises SourceError."""
    main = main_part(parts, raw.name)
    if b"altChunk" not in parts[main]:
        return None
    root = parsed(parts[main], raw.name)
    names = {value(chunk, "id") for chunk in root.iter("{*}altChunk")}
    if any((words.text or "").strip() for words in root.iter("{*}t")):
        return None
    folder, name = posixpath.split(main)
    for relation in parsed(parts.get(f"{folder}/_rels/{name}.rels", b"<none/>"), raw.name):
        page = parts.get(posixpath.normpath(posixpath.join("/", folder, value(relation, "Target"))).lstrip("/"), b"")
        if value(relation, "Id") in names and page:
            kind = "web" if page.lstrip()[:1] == b"<" else "saved_page"
            return Inside(kind, RawSource(page, raw.name, "text/html"))
    return None
