"""Footnotes and endnotes of a book: taken out, with the marks that lead to them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

_MARK = re.compile(r"[\[({]?(?:\d{1,4}|[*†‡§¶]{1,4}|[a-z]|[ivxlc]{1,5})[\])}.]?")
_NOTES = frozenset(
    (
        *("footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "note", "noteref"),
        *("doc-footnote", "doc-endnotes", "doc-endnote", "doc-noteref"),
    )
)
"""In EPUB 3's structural vocabulary, and as roles (DPUB-ARIA)."""
_CLASSES = frozenset(("footnote", "footnotes", "endnote", "endnotes", "noteref", "fnanchor"))
_OPS = {"o": "http://www.idpf.org/2007/ops"}
_BLOCKS = frozenset(("p", "li", "div", "aside", "dd", "dt", "blockquote", "td"))
_LONGEST = 6000
"""Characters of a note; what is longer is a chapter that somebody links to."""


def drop_notes(pages: Mapping[str, Any]) -> None:
    """Take the notes out of pages (path -> tree), in reading order.

    They are known by what they are said to be (EPUB 3's and ARIA's words, common class names), or by a mark in the
    text that leads to a later place. A place before it is where a note leads back to.
    """
    order = {path: number for number, path in enumerate(pages)}
    targets: dict[str, list[str]] = {}
    for path, page in pages.items():
        for mark in _marks(page):
            file, _, anchor = mark.get("href").partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else path
            if order.get(target, -1) > order[path] or (target == path and _is_after(mark, anchor)):
                targets.setdefault(target, []).append(anchor)
                mark.set("class", "noteref")
    for path, page in pages.items():
        for anchor in targets.get(path, ()):
            _drop_note(page, anchor)
        for element in page.xpath("//*[@role or @class or @o:type or @*[name()='epub:type']]", namespaces=_OPS):
            if _is_note(element) and element.getparent() is not None and element.tag != "body":
                element.drop_tree()


def _marks(page: Any) -> list[Any]:
    """Links to a place, of which no more than a mark is seen."""
    links = page.xpath("//a[contains(@href, '#')]")
    return [link for link in links if _MARK.fullmatch("".join(link.itertext()).strip())]


def _is_after(mark: Any, anchor: str) -> bool:
    """Whether an anchor of the same page stands behind a mark."""
    return bool(mark.xpath("boolean(following::*[@id=$name or @name=$name])", name=anchor))


def _is_note(element: Any) -> bool:
    kinds = f"{element.get('{http://www.idpf.org/2007/ops}type', '')} {element.get('epub:type', '')}".split()
    classes = element.get("class", "").lower().split()
    return bool(_NOTES.intersection([*kinds, element.get("role", "")]) or _CLASSES.intersection(classes))


def _drop_note(page: Any, anchor: str) -> None:
    for element in page.xpath("//*[@id=$name or @name=$name]", name=anchor):
        note = element
        while note is not None and note.tag not in _BLOCKS:
            note = note.getparent()
        if note is not None and len("".join(note.itertext())) < _LONGEST:
            note.drop_tree()
        return
