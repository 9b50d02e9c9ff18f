"""PDF: paragraphs put together again from the lines that they were broken into.

pypdfium2 (the library of Chromium) gives every character with its place; a core reads some 200 pages a second.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from player.errors import SourceError
from player.story.formats.pdf.headings import labelled, titled
from player.story.formats.pdf.kinds import Kinds
from player.story.formats.pdf.layout import body_size, in_reading_order
from player.story.formats.pdf.outline import outlined
from player.story.formats.pdf.page import Page
from player.story.formats.pdf.paragraphs import paragraphs
from player.story.formats.pdf.reading import Pages, read_pages
from player.story.language import is_latin
from player.story.reading.blocks.marks import CAPTION
from player.story.reading.draft import Draft
from player.story.reading.metadata.document_info import real_author, real_title
from player.story.reading.raw_source import RawSource

_logger = logging.getLogger(__name__)

_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_LOOKED_AT, _ENOUGH, _LEAST_LETTERS, _LEAST_WORDS = 20, 300, 0.3, 0.25
"""Pages and signs (or words) that tell, and the share of letters and digits (or of words that can be spoken), whether a
PDF's text can be read at all."""
_MAY_BE_WORD = re.compile(r"(?!.*\d).*[^\W\d_].")
_AROUND = "\"'“”‘’«»„()[],.;:!?…–—/*•-"
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_NAMED_LOST = 10
"""Damaged pages that a notice names."""
_LONG = 96
"""Pages; a shorter document is read within half a second."""
_BEGINNING = 24
"""Pages of a long one that are read before its beginning is played: of fewer it cannot be told what comes again at the
top of each. Of their blocks the last third is left out, which might go on, or look otherwise among the next pages."""


def read(raw: RawSource) -> Draft:
    """Return the draft of a PDF. Raises SourceError when it is damaged, needs a password, or has only pictures of
    pages."""
    import pypdfium2 as pdfium  # 0.05 s

    try:
        document = pdfium.PdfDocument(raw.data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(f"{raw.name} needs a password", "save it without one, and give that file") from error
        raise _damaged(raw.name) from error
    try:
        return _draft(document, raw)
    finally:
        document.close()


def _draft(document: Any, raw: RawSource) -> Draft:
    chosen, begun = _chosen(raw, len(document)), raw.begun
    if begun is None or len(chosen) <= _LONG:
        return _draft_of(read_pages(document, raw, chosen), document, raw, chosen)

    def begin(read: Pages) -> None:
        with suppress(SourceError):  # the pages after them may be in order
            begun(_draft_of(read, document, raw, chosen[:_BEGINNING], share=2 / 3))

    return _draft_of(read_pages(document, raw, chosen, _BEGINNING, begin), document, raw, chosen)


def _draft_of(read: Pages, document: Any, raw: RawSource, chosen: range, share: float = 1.0) -> Draft:
    """Return the draft of pages that were read: of their blocks the first ones, so many of all. Raises SourceError."""
    name = raw.name
    lost = [index for index, page in zip(chosen, read, strict=True) if page is None]
    pages = [page or Page([], 0.0) for page in read]
    if len(lost) == len(pages):
        raise _damaged(name)
    if not any(page.lines for page in pages):
        hint = "make its text readable first, for example with ocrmypdf"
        raise SourceError(f"{name} holds pictures of pages, and no text", hint)
    if _is_garbled(pages):
        hint = "make its text readable first, for example with ocrmypdf --force-ocr"
        raise SourceError(f"the fonts of {name} do not tell which letters they show", hint)
    size = body_size(pages)
    ordered = in_reading_order(pages, size)
    about = _metadata(document)
    blocks = list(labelled(paragraphs(ordered, Kinds(ordered, size))))
    del blocks[int(share * len(blocks)) :]
    title, blocks = titled(real_title(about.get("Title", "")), blocks, size, begins=chosen.start == 0)
    date = _DATE.match(about.get("CreationDate", ""))
    draft = Draft(
        title=title, byline=real_author(about.get("Author", "")), published="-".join(date.groups()) if date else ""
    )
    draft.notices = [_left_out(lost, len(document))] if lost else []
    for block in blocks:
        draft.add(block.kind, CAPTION + block.text if block.caption else block.text, block.level)
    draft.sections = outlined(document, blocks, chosen)
    return draft


def _is_garbled(pages: Sequence[Page]) -> bool:
    """Return True if next to nothing is a letter or a digit, or Latin letters make no words: of fonts that number their
    signs as they please."""
    text = "\n".join([line.text for page in pages[:_LOOKED_AT] for line in page.lines])
    signs = [char for char in text if not (char.isspace() or char == ".")]
    if len(signs) <= _ENOUGH:
        return False
    if sum(map(str.isalnum, signs)) < _LEAST_LETTERS * len(signs):
        return True
    words = [word for word in text.split() if _MAY_BE_WORD.search(word)]
    return len(words) > _ENOUGH and sum(map(_is_word, words)) < _LEAST_WORDS * len(words) and is_latin(text)


def _is_word(word: str) -> bool:
    """Return True for a word as it is written in Latin letters, in small ones or in capitals."""
    word = word.strip(_AROUND)
    written = word.isalpha() and (word[1:].islower() or word.isupper())
    return written and (not word.isascii() or _VOWEL.search(word) is not None)


def _chosen(raw: RawSource, count: int) -> range:
    """Return the indexes of the pages to read. Raises SourceError when there are none such."""
    if raw.options.only_pages is None:
        return range(count)
    first, last = raw.options.only_pages
    if first > count or (last or 0) > count:
        pages = f"{count} pages" if count != 1 else "one page"
        raise SourceError(f"{raw.name} has {pages}", f"--pages takes some of 1-{count}")
    return range(first - 1, last or count)


def _left_out(lost: Sequence[int], count: int) -> str:
    """Return the notice for damaged pages, given by their indexes."""
    if len(lost) == 1:
        return f"Page {lost[0] + 1} of {count} is damaged, and left out"
    numbers = ", ".join(str(index + 1) for index in lost[:_NAMED_LOST]) + (" …" if len(lost) > _NAMED_LOST else "")
    return f"{len(lost)} of {count} pages are damaged, and left out: {numbers}"


def _damaged(name: str) -> SourceError:
    return SourceError(f"{name} is damaged, or no PDF", "try to get it again")


def _metadata(document: Any) -> dict[str, str]:
    """Return what the document says of itself; nothing when that is damaged."""
    try:
        return dict(document.get_metadata_dict())
    except ValueError:  # text that is not UTF-16
        _logger.warning("the metadata are damaged", exc_info=True)
        return {}
