"""PDF: paragraphs put together again from the lines that they were broken into.

pypdfium2 (the library of Chromium) gives every character with its place, 80 pages a second.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from player.errors import SourceError
from player.story.formats.pdf.layout import body_size, in_reading_order
from player.story.formats.pdf.marks import BULLET
from player.story.formats.pdf.page import Line, Page, read_page
from player.story.model import BlockKind
from player.story.reading.document_info import real_author, real_title
from player.story.reading.draft import Draft, same_words
from player.story.reading.plain_paragraphs import is_chapter_label, is_unspaced
from player.story.reading.raw_source import RawSource

_logger = logging.getLogger(__name__)

_HEADING = 1.12
"""Times the text's size; larger type is a heading."""
_LONGEST_HEADING = 160
"""Characters."""
_LONGEST_WORD = 80
"""Characters of a word's first part that are looked at: of a whole paragraph it would take most of the time."""
_ENDS = re.compile(r"[.!?:…。！？]['\"’”»)\]]*$")
_BULLET = re.compile(rf"(?:[{BULLET}]|\(?(?:\d{{1,3}}|[a-z])[.)])\s+(?=\S)")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]\s")
_SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_NAMED_LOST = 10
"""Damaged pages that a notice names."""
_NEAR_PAGE = 2
"""Pages around the one that an outline names among which its heading is looked for."""


class _Placed(NamedTuple):
    """A block, and the page that it begins on."""

    kind: BlockKind
    text: str
    level: int
    page: int


def read(raw: RawSource) -> Draft:
    """The draft of a PDF. Raises SourceError when it is damaged, needs a password, or has only pictures of pages."""
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
    name = raw.name
    pages, lost = _pages(document, raw)
    if len(lost) == len(pages):
        raise _damaged(name)
    if not any(page.lines for page in pages):
        hint = "make its text readable first, for example with ocrmypdf"
        raise SourceError(f"{name} holds pictures of pages, and no text", hint)
    size = body_size(pages)
    ordered = in_reading_order(pages, size)
    known = Counter(word.casefold() for lines in ordered for line in lines for word in _WORD.findall(line.text))
    blocks = list(_blocks(ordered, size, known))
    about = _metadata(document)
    title, blocks = _title(real_title(about.get("Title", "")), list(_labelled(blocks)))
    date = _DATE.match(about.get("CreationDate", ""))
    draft = Draft(
        title=title, byline=real_author(about.get("Author", "")), published="-".join(date.groups()) if date else ""
    )
    draft.notices = [_left_out(lost, len(pages))] if lost else []
    for kind, text, level, _ in blocks:
        draft.add(kind, text, level)
    outlined = sorted(_outlined(document, blocks).items())
    draft.sections = [(index, chapter, depth) for index, found in outlined for chapter, depth in found]
    return draft


def _pages(document: Any, raw: RawSource) -> tuple[list[Page], list[int]]:
    """All pages, and the indexes of the damaged ones, which are empty."""
    from pypdfium2 import PdfiumError

    pages: list[Page] = []
    lost: list[int] = []
    count = len(document)
    for index in range(count):
        raw.progress(index + 1, count, "page")
        try:
            page = document[index]
            try:
                pages.append(read_page(page))
            finally:
                page.close()
        except (PdfiumError, ValueError, ArithmeticError):  # the latter of places that are no numbers
            _logger.warning("page %d of %s is damaged", index + 1, raw.name, exc_info=True)
            pages.append(Page([], 0.0))
            lost.append(index)
    return pages, lost


def _left_out(lost: Sequence[int], count: int) -> str:
    """The notice for damaged pages, given by their indexes."""
    if len(lost) == 1:
        return f"Page {lost[0] + 1} of {count} is damaged, and left out"
    numbers = ", ".join(str(index + 1) for index in lost[:_NAMED_LOST]) + (" …" if len(lost) > _NAMED_LOST else "")
    return f"{len(lost)} of {count} pages are damaged, and left out: {numbers}"


def _damaged(name: str) -> SourceError:
    return SourceError(f"{name} is damaged, or no PDF", "try to get it again")


def _metadata(document: Any) -> dict[str, str]:
    """What the document says of itself; nothing when that is damaged."""
    try:
        return dict(document.get_metadata_dict())
    except ValueError:  # text that is not UTF-16
        _logger.warning("the metadata are damaged", exc_info=True)
        return {}


class _Block:
    """Lines that belong together, so far."""

    def __init__(self, line: Line, kind: BlockKind, level: int, page: int) -> None:
        self.lines = [line]
        self.kind = kind
        self.level = level
        self.page = page

    def goes_on_with(self, line: Line, kind: BlockKind, level: int, leading: float, *, same_page: bool) -> bool:
        """Whether a line belongs to it too."""
        last = self.lines[-1]
        step = last.bottom - line.bottom
        if BlockKind.HEADING in (self.kind, kind):
            close = same_page and 0 < step < 1.6 * line.size
            return close and (self.kind, self.level, last.size) == (kind, level, line.size)
        if kind is BlockKind.LIST_ITEM:
            return False
        ended = _ENDS.search(last.text) is not None
        if not same_page or step <= 0:  # the next page, or the next column
            return line.text[:1].islower() or not (ended or is_chapter_label(line.text))
        if step > 1.45 * leading:
            return False
        return not self._ends_with(last, line, ended=ended)

    def _ends_with(self, last: Line, line: Line, *, ended: bool) -> bool:
        """Whether the next line, though as close as any, begins a paragraph: by its indent, or a short line above."""
        start = min(one.left for one in self.lines)
        indented = line.left > max(last.left, start) + 0.7 * line.size
        edge = max(one.right for one in (*self.lines, line))
        word = line.width * len(line.text.split(" ", 1)[0]) / len(line.text)
        short = last.right + word < edge - 0.8 * line.size  # the next line's first word would have fitted
        if self.kind is BlockKind.LIST_ITEM:
            return ended and (short or line.left <= self.lines[0].left + 1)
        return (indented and len(self.lines) > 1) or (ended and (short or indented))


def _blocks(pages: Sequence[Sequence[Line]], size: float, known: Counter[str]) -> Iterator[_Placed]:
    sizes = sorted({line.size for lines in pages for line in lines if line.size > _HEADING * size}, reverse=True)
    held: _Block | None = None
    for number, lines in enumerate(pages):
        leading = _leading(lines, size)
        for n, line in enumerate(lines):
            kind, level = _kind(line, size, sizes)
            if held is not None and held.goes_on_with(line, kind, level, leading, same_page=n > 0):
                held.lines.append(line)
                continue
            if held is not None:
                yield _Placed(held.kind, _joined(held.lines, known), held.level, held.page)
            held = _Block(line, kind, level, number)
    if held is not None:
        yield _Placed(held.kind, _joined(held.lines, known), held.level, held.page)


def _leading(lines: Sequence[Line], size: float) -> float:
    """The distance from line to line within a paragraph, in points: the smaller distances of the page."""
    steps = sorted(a.bottom - b.bottom for a, b in pairwise(lines) if 0.5 * size < a.bottom - b.bottom < 2.3 * size)
    return min(steps[len(steps) // 4], 2.1 * size) if steps else 1.2 * size


def _kind(line: Line, size: float, sizes: Sequence[float]) -> tuple[BlockKind, int]:
    if line.size > _HEADING * size and len(line.text) < _LONGEST_HEADING:
        return BlockKind.HEADING, min(sizes.index(line.size) + 2, 6)
    if _BULLET.match(line.text):
        return BlockKind.LIST_ITEM, 1
    if line.bold and len(line.text) < 80 and not _ENDS.search(line.text):
        return BlockKind.HEADING, min(len(sizes) + 2, 6)
    return BlockKind.PARAGRAPH, 0


def _joined(lines: Sequence[Line], known: Counter[str]) -> str:
    """The lines' text, with words put together that were broken at an end."""
    text = lines[0].text
    for line in lines[1:]:
        broken = _BROKEN.search(text, max(len(text) - _LONGEST_WORD, 0))
        rest = re.match(r"[^\W\d_]+", line.text)
        if broken and rest:  # before a capital ("NATO-" "Russia") it is always part of the word
            keep = rest[0][0].isupper() or _keeps_hyphen(broken[1], rest[0], known)
            text = (text if keep else text[: broken.end(1)]) + line.text
        else:
            text += ("" if is_unspaced(text[-1:], line.text[:1]) else " ") + line.text
    bullet = _BULLET.match(text)
    if bullet and not _NUMBERED.match(text):
        text = text[bullet.end() :]
    return text.replace(_SOFT, "")


def _keeps_hyphen(left: str, right: str, known: Counter[str]) -> bool:
    """Whether the hyphen is part of the word: as the document writes it elsewhere, else it is not."""
    whole, parted = (left + right).casefold(), f"{left}-{right}".casefold()
    return known[parted] > known[whole]


def _labelled(blocks: Iterable[_Placed]) -> Iterator[_Placed]:
    """With "Chapter Two" as a heading, together with the name below it."""
    label: _Placed | None = None
    for block in blocks:
        name = block
        if label is not None:
            below = label.kind is BlockKind.HEADING and block.level > label.level
            if block.kind is BlockKind.HEADING and block.page == label.page and not below:
                name = block._replace(text=f"{label.text.rstrip('.:')}. {block.text}")
            else:
                yield label._replace(kind=BlockKind.HEADING, level=label.level or 2)
        label = block if block is name and is_chapter_label(block.text) else None
        if label is None:
            yield name
    if label is not None:
        yield label


def _title(given: str, blocks: list[_Placed]) -> tuple[str, list[_Placed]]:
    """The title, and the blocks without it: what the document says, else its largest heading on the first page, if
    there is no other like it, as there is of chapters."""
    first = [block for block in blocks[:12] if block.kind is BlockKind.HEADING and block.page == 0]
    largest = min(first, key=lambda block: block.level, default=None)
    if given:
        return given, [block for n, block in enumerate(blocks) if n >= 12 or not same_words(block.text, given)]
    alike = [block for block in blocks if largest and (block.kind, block.level) == (largest.kind, largest.level)]
    if largest is None or len(alike) > 1:
        return "", blocks
    return largest.text, [block for block in blocks if block is not largest]


def _outlined(document: Any, blocks: Sequence[_Placed]) -> dict[int, list[tuple[str, int]]]:
    """Where the document's own outline begins its chapters: index of a block -> (title, level)."""
    found: dict[int, list[tuple[str, int]]] = {}
    used = -1
    for title, page, level in _outline(document):
        near = [n for n, block in enumerate(blocks) if n > used and page - 1 <= block.page <= page + _NEAR_PAGE]
        named = next((n for n in near if same_words(blocks[n].text, title)), None)
        at = named if named is not None else next((n for n in near if blocks[n].page >= page), None)
        if at is not None:
            found.setdefault(at, []).append((title, level))
            used = at
    return found


def _outline(document: Any) -> Iterable[tuple[str, int, int]]:
    """(title, page from 0, level from 1)"""
    for bookmark in document.get_toc(max_depth=4):
        try:
            destination = bookmark.get_dest()
            page = None if destination is None else destination.get_index()
            title = " ".join(bookmark.get_title().split())
        except ValueError:  # a title that is not UTF-16
            _logger.warning("an entry of the outline is damaged", exc_info=True)
            continue
        if page is not None and title:
            yield title, page, bookmark.level + 1
