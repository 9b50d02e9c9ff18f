"""Word documents (DOCX), OpenDocument texts (ODT) and RTF.

Each becomes HTML, which the shared room for HTML reads: DOCX through pandoc; ODT and RTF here, because pandoc reads
them badly. Pictures, headers, footers, comments, deletions and tables of contents are left out; descriptions of
pictures are read.
"""

from __future__ import annotations

import re

from player.errors import SourceError
from player.story.dates import is_date_line
from player.story.formats.office import docx, odt, rtf
from player.story.formats.office.embedded import page_in
from player.story.formats.office.layout import take_title, understand
from player.story.formats.office.package import locked, unpacked
from player.story.html.blocks import blocks_of_tree
from player.story.html.markup import readable
from player.story.html.notes import keep_written_notes
from player.story.html.tree import html_tree
from player.story.model import BlockKind
from player.story.pandoc.program import converted
from player.story.pandoc.tree import Document
from player.story.reading.beginning import is_enough
from player.story.reading.blocks.announcements import code_of, is_code
from player.story.reading.draft import BY, Draft, same_words
from player.story.reading.inside import Inside
from player.story.reading.raw_source import RawSource

_WORD = "docx+styles"
"""pandoc's name of DOCX, with the extension that keeps names of styles."""
_OLE = b"\xd0\xcf\x11\xe0"
"""Begins an OLE file, in which Windows stores encrypted documents."""
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
"""Characters that lxml refuses."""
_BULLET = re.compile(r"[•‣▪●◦·\uf0b7\uf0a7]\s+(?=\S)")
"""A bullet typed by hand, or written by a program instead of a list."""
_HEAD = 6
"""Blocks at the beginning in which title, author and date may be repeated."""


def read(raw: RawSource) -> Draft | Inside:
    """Return the draft of a document, or the page that it is. Raises SourceError, and ModuleNotFoundError without
    pypandoc."""
    if raw.data.startswith(b"{\\rtf"):
        draft = Draft()
        return _filled(draft, rtf.markup(raw.data, draft))
    if raw.data.startswith(_OLE):
        raise locked(raw.name)
    if not raw.data.startswith(b"PK"):
        raise SourceError(f"{raw.name} is no Word, OpenDocument or RTF document", "give it the suffix of what it is")
    parts = unpacked(raw.data, raw.name)
    if "[Content_Types].xml" not in parts:
        draft = Draft()
        return _filled(draft, odt.markup(parts, draft, raw.name))
    if (page := page_in(parts, raw)) is not None:
        return page
    if raw.begun is not None and (first := docx.shortened(parts, raw.name)) is not None:
        beginning = _read_word(first, raw.name)
        del beginning.blocks[-1:]  # a list, say, may go on
        if is_enough(beginning):
            raw.begun(beginning)
    return _read_word(parts, raw.name)


def _read_word(parts: dict[str, bytes], name: str) -> Draft:
    draft = Draft()
    return _filled(draft, _taken(converted(docx.mended(parts, draft, name), _WORD, name), draft))


def _filled(draft: Draft, html: str) -> Draft:
    """Return the draft with the blocks of a text in HTML."""
    body = html_tree(readable(f"<body>{_NO_CHARACTERS.sub('', html)}</body>")).find("body")
    keep_written_notes(body, draft.add_note)
    understand(body, draft)
    for kind, text, level in blocks_of_tree(body):
        if is_code(text):
            draft.add_code(code_of(text))
        elif kind is BlockKind.PARAGRAPH and (bullet := _BULLET.match(text)):
            draft.add(BlockKind.LIST_ITEM, text[bullet.end() :], 1)
        else:
            draft.add(kind, text, level)
    _take_head(draft)
    _check_quotations(draft)
    return draft


def _taken(found: Document, draft: Draft) -> str:
    """Take pandoc's metadata, which comes from the text, instead of the document's properties; return the HTML."""
    for title in found.properties.get("title", ()):
        take_title(draft, title)
    draft.byline = ", ".join(found.properties.get("author", ())) or draft.byline
    draft.published = next(iter(found.properties.get("date", ())), draft.published)
    draft.language = next(iter(found.properties.get("lang", ())), draft.language)
    for name in ("subtitle", "abstract"):
        for text in found.properties.get(name, ()):
            draft.add(BlockKind.PARAGRAPH, text)
    return found.html


def _take_head(draft: Draft) -> None:
    """Remove title, author and date from the beginning of the text, where most documents repeat them; keep them in the
    draft."""
    kept = []
    for index, (kind, text, level) in enumerate(draft.blocks):
        if index >= _HEAD or kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            kept.append((kind, text, level))
        elif kind is BlockKind.PARAGRAPH and is_date_line(text):
            draft.published = text
        elif kind is BlockKind.PARAGRAPH and (by := BY.match(text)) and _is_name(text[by.end() :]):
            draft.byline = text[by.end() :]
        elif not any(same_words(text, said) for said in (draft.title, draft.byline, *draft.byline.split(", "))):
            kept.append((kind, text, level))
    draft.blocks = kept


def _is_name(text: str) -> bool:
    words = text.split()
    return 1 < len(words) < 8 and text[-1] not in ".:;!?" and all(w[0].isupper() or len(w) < 4 for w in words)


def _check_quotations(draft: Draft) -> None:
    """Turn quotations into paragraphs when most of the text is indented: then it is layout."""
    kinds = [kind for kind, _, _ in draft.blocks]
    if kinds.count(BlockKind.QUOTATION) > kinds.count(BlockKind.PARAGRAPH):
        draft.blocks = [
            (BlockKind.PARAGRAPH if kind is BlockKind.QUOTATION else kind, text, level)
            for kind, text, level in draft.blocks
        ]
