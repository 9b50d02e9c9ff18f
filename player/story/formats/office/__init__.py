"""Word documents (DOCX), OpenDocument texts (ODT) and RTF: pandoc reads them, its HTML gives the blocks.

Pictures, headers, footers, notes, comments, deletions and tables of contents are left out; descriptions of pictures
are read out.
"""

from __future__ import annotations

import re

from player.errors import SourceError
from player.story.dates import is_date_line
from player.story.formats.office import docx as office_docx
from player.story.formats.office import odt as office_odt
from player.story.formats.office import rtf as office_rtf
from player.story.formats.office.marks import CODE_MARK, END, ITEM, QUOTATION, TITLE, Texts
from player.story.formats.office.pandoc import to_html
from player.story.formats.office.pandoc_html import take_header, take_title, tidied
from player.story.formats.office.zip import locked, packed, parts
from player.story.html.markup import blocks_of_tree, readable
from player.story.html.tree import html_tree
from player.story.language import detect
from player.story.model import BlockKind
from player.story.reading.draft import BY, CODE, Draft, same_words
from player.story.reading.raw_source import RawSource

_OLE = b"\xd0\xcf\x11\xe0"
"""Begins what Windows packs a document in that is locked with a password."""
_ITEM = re.compile(f"{ITEM}(\\d):([^{END}]*){END}\\s*")
_BULLET = re.compile(r"[•‣▪●◦·\uf0b7\uf0a7]\s+(?=\S)")
"""A bullet that somebody typed, or that a program wrote in place of a list."""
_HEAD = 6
"""Blocks among which title, author and date are looked for once more."""
_ENOUGH = 300
"""Characters from which on a language is told by its words."""


def read(raw: RawSource) -> Draft:
    """The draft of a DOCX, ODT or RTF document. Raises SourceError, and ModuleNotFoundError without pypandoc."""
    import pypandoc  # noqa: F401 - first of all, for without it the rest is in vain

    draft = Draft()
    texts = Texts()
    data, form = _prepared(raw, draft, texts)
    tree = html_tree(readable(texts.whole(to_html(data, form, raw.name))))
    take_header(tree, draft)
    for kind, text, level in blocks_of_tree(tidied(tree, draft)):
        _add(draft, kind, text, level)
    _take_head(draft)
    _check_quotations(draft)
    _check_language(draft)
    return draft


def _prepared(raw: RawSource, draft: Draft, texts: Texts) -> tuple[bytes, str]:
    """(the document made ready, what pandoc calls its format)."""
    if raw.data.startswith(b"{\\rtf"):
        return office_rtf.prepare(raw.data, draft, texts), "rtf"
    if raw.data.startswith(_OLE):
        raise locked(raw.name)
    if not raw.data.startswith(b"PK"):
        raise SourceError(f"{raw.name} is no Word, OpenDocument or RTF document", "give it the suffix of what it is")
    found = parts(raw.data, raw.name)
    if "[Content_Types].xml" in found:
        office_docx.prepare(found, draft, raw.name, texts)
        return packed(found), "docx"
    office_odt.prepare(found, draft, raw.name, texts)
    return packed(found), "odt"


def _add(draft: Draft, kind: BlockKind, text: str, level: int) -> None:
    """One block, as it is or as its mark says."""
    if text == CODE or text.startswith(CODE_MARK):
        draft.add_code()
    elif text.startswith(TITLE):
        take_title(draft, text[1:].strip())
    elif text.startswith(QUOTATION):
        draft.add(BlockKind.QUOTATION, text[1:])
    elif item := _ITEM.match(text):
        number = f"{item[2]} " if any(map(str.isalnum, item[2])) else ""
        draft.add(BlockKind.LIST_ITEM, number + text[item.end() :], int(item[1]))
    elif kind is BlockKind.PARAGRAPH and (bullet := _BULLET.match(text)):
        draft.add(BlockKind.LIST_ITEM, text[bullet.end() :], 1)
    else:
        draft.add(kind, text, level)


def _take_head(draft: Draft) -> None:
    """Title, author and date stand in most documents, too, where they are no part of the text."""
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
    """To pandoc what is indented is a quotation: when that is most of a text, it is how the text looks."""
    kinds = [kind for kind, _, _ in draft.blocks]
    if kinds.count(BlockKind.QUOTATION) > kinds.count(BlockKind.PARAGRAPH):
        draft.blocks = [
            (BlockKind.PARAGRAPH if kind is BlockKind.QUOTATION else kind, text, level)
            for kind, text, level in draft.blocks
        ]


def _check_language(draft: Draft) -> None:
    """Word calls a text English because it was installed in English: the text's own words must agree."""
    text = " ".join(said for _, said, _ in draft.blocks[:60])
    if len(text) > _ENOUGH and (found := detect(text)) and found != re.split("[-_]", draft.language)[0].lower():
        draft.language = found
