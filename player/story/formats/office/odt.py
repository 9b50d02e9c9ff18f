"""ODT: what pandoc would lose or read out in error is set right in the markup before pandoc has it."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from itertools import islice
from typing import Any

from player.story.formats.office.marks import CODE_MARK, TITLE, Texts
from player.story.formats.office.pandoc import damaged
from player.story.formats.office.xml import (
    local,
    move_behind,
    outermost,
    parsed,
    picture,
    removed,
    take_metadata,
    value,
    without_marks,
    written,
)
from player.story.formats.office.zip import locked
from player.story.reading.draft import Draft

_MARKS = {"Title": TITLE, "Preformatted_20_Text": CODE_MARK, "Source_20_Code": CODE_MARK}
"""By the names of styles, which are the same in every language."""
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_GROUP = 200
"""Paragraphs, or marks in one."""
_ITEMS, _MOST_HEADINGS = 500, 2_000
"""Of one list or table, and of a document."""
_MARKUP = ("span", "a", "bookmark", "bookmark-start", "bookmark-end", "soft-page-break")
_DEEPEST = 20
"""Styles that one may be derived from, so that a circle of them ends."""


def prepare(found: dict[str, bytes], draft: Draft, name: str, texts: Texts) -> None:
    """Takes the metadata, and changes the content of a package in its place. Raises SourceError."""
    manifest = found.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifest or b"encrypted-package" in manifest:
        raise locked(name)
    if "content.xml" not in found:
        raise damaged(name)
    take_metadata(found.get("meta.xml"), draft, name)
    root = parsed(found["content.xml"], name)
    without_marks(root)
    parents = _parents(root)
    if "styles.xml" in found:
        styles = parsed(found["styles.xml"], name)
        parents = _parents(styles) | parents
        draft.language = draft.language or _language(styles)
    _drop_hidden(root)
    _free_frames(root)
    for paragraph in root.iter("{*}p", "{*}h"):
        if mark := _mark(value(paragraph, "style-name"), parents):
            paragraph.text = mark + (paragraph.text or "")
    for line in root.iter("{*}p", "{*}h", "{*}span", "{*}a"):
        line.text = texts.short(line.text or "")
        for part in line:
            part.tail = texts.short(part.tail or "")
    _spare_pandoc(root)
    found["content.xml"] = written(root)


def _parents(root: Any) -> dict[str, str]:
    """The style that each paragraph style is derived from."""
    return {
        value(style, "name"): value(style, "parent-style-name")
        for style in root.iter("{*}style")
        if value(style, "family") == "paragraph"
    }


def _mark(style: str, parents: dict[str, str]) -> str:
    for _ in range(_DEEPEST):
        if style in _MARKS:
            return _MARKS[style]
        style = parents.get(style, "")
    return ""


def _language(styles: Any) -> str:
    for properties in styles.iterfind(".//{*}default-style/{*}text-properties"):
        language, country = value(properties, "language"), value(properties, "country")
        if language not in ("", "none", "zxx"):
            return f"{language}-{country}" if country not in ("", "none") else language
    return ""


def _drop_hidden(root: Any) -> None:
    """Hidden text; what deletions have taken out and comments pandoc leaves out itself."""
    hidden = {
        value(style, "name")
        for style in root.iter("{*}style")
        if any(value(p, "display") == "none" for p in style.iterchildren("{*}text-properties"))
    }
    for element in list(root.iter("{*}span", "{*}p")):
        if value(element, "style-name") in hidden:
            removed(element)


def _free_frames(root: Any) -> None:
    """The text of boxes and the descriptions of pictures, behind the paragraphs that they are tied to."""
    for frame in reversed(list(root.iter("{*}frame"))):
        anchor = outermost(frame, ("p", "h"))
        anchor = frame if anchor is None else anchor
        box = frame.find("{*}text-box")
        if box is not None:
            move_behind(anchor, box)
            removed(frame)
        elif frame.find("{*}image") is not None:
            described = (frame.findtext("{*}desc"), frame.findtext("{*}title"))
            if text := next(filter(None, (picture(one or "") for one in described)), ""):
                paragraph = frame.makeelement(f"{{{_TEXT}}}p")
                paragraph.text = text
                move_behind(anchor, [paragraph])
            removed(frame)


def _spare_pandoc(root: Any) -> None:
    """pandoc's time grows with the square of what stands side by side: spans, items, headings, paragraphs."""
    for line in root.iter("{*}p", "{*}h"):
        if len(line) > _GROUP:
            _strip(line)
    for heading in islice(list(root.iter("{*}h")), _MOST_HEADINGS, None):
        heading.tag = f"{{{_TEXT}}}p"
    for items in list(root.iter("{*}list")):
        _split(items, ())
    for table in list(root.iter("{*}table")):
        _split(table, table.findall("{*}table-column") + table.findall("{*}table-header-rows"))
    _group(root)


def _strip(line: Any) -> None:
    """Takes the marks, but not their words, out of a paragraph that has hundreds."""
    from lxml import etree

    etree.strip_tags(line, *(f"{{*}}{name}" for name in _MARKUP))


def _split(whole: Any, heads: Sequence[Any]) -> None:
    """Makes several of a very long list or table, each with the same heads."""
    while len(whole) > _ITEMS:
        rest = whole.makeelement(whole.tag, dict(whole.attrib))
        rest.extend(whole[(len(whole) - 1) // _ITEMS * _ITEMS :])
        for n, head in enumerate(heads if len(heads) < _ITEMS else ()):
            rest.insert(n, deepcopy(head))
        rest.tail, whole.tail = whole.tail, None
        whole.addnext(rest)


def _group(root: Any) -> None:
    """Paragraphs that follow one another in sections, which change nothing: for each that stands beside so many
    others pandoc looks at them all, which is seconds in a book."""
    for text in list(root.iter("{*}text")):
        section: Any = None
        for child in list(text):
            if local(child) not in ("p", "h"):
                section = None
                continue
            if section is None or len(section) == _GROUP:
                section = child.makeelement(f"{{{_TEXT}}}section", {f"{{{_TEXT}}}name": "group"})
                child.addprevious(section)
            section.append(child)
