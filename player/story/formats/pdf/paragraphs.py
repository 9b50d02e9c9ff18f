"""Paragraphs, headings and list items from lines in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from player.story.formats.pdf.hyphens import Hyphens
from player.story.formats.pdf.kinds import ENDS, Kinds, is_caption, without_bullet
from player.story.formats.pdf.listings import Listing
from player.story.formats.pdf.page import Line
from player.story.formats.pdf.tables import Item, Table
from player.story.model import BlockKind
from player.story.reading.blocks.announcements import code_mark, is_code, more_code, table_mark
from player.story.reading.lines.kept_lines import lines_as_meant
from player.story.reading.lines.plain_paragraphs import is_chapter_label

_MOST_BETWEEN = 60
"""Most captions, table rows and labels between the parts of a paragraph."""
_LABEL_WORDS = 4
"""Most words of a label in a picture."""
_WRAPPED = 0.9
"""Share of the lines that fit into the text's usual width."""
_APART = 1.2
"""Times the line distance: a larger distance may separate paragraphs."""
_ROOM = 0.8
"""Times the size: room left after a line, beyond the next word's width, from which the line was ended on purpose."""
_SHIFT = 1.5
"""Times the size: shift against an ended line above from which a line begins an item."""
_SHORT = 0.6
"""Most of a column's width that a line ended on purpose takes."""
_DEEPER, _FAR = 0.9, 8.0
"""Times the size: items that begin so much further right belong to an inner list, and from the second figure on to
another column."""
_AS_WIDE = 0.8
"""Least width, as a share of its continuation's, of a paragraph that is continued."""
_OTHER_SIZE = 0.07
"""Least difference in size, as a share, of type that is not part of the text."""


class Placed(NamedTuple):
    """A block, and the page that it begins on."""

    kind: BlockKind
    text: str
    level: int
    page: int
    size: float
    """Of its type, in points."""
    caption: bool = False
    """True for the caption of a figure or a table."""


class _Block:
    """Lines that belong together, so far."""

    def __init__(self, line: Line, kind: BlockKind, level: int, page: int) -> None:
        self.lines = [line]
        self.kind = kind
        self.level = level
        self.page = page
        self.start = line.left
        self.edge = line.right
        self.caption = is_caption(line.text)
        self.closed = False  # an item of a list, which goes on nowhere

    def add(self, line: Line) -> None:
        """Add a line."""
        self.lines.append(line)
        self.start = min(self.start, line.left)
        self.edge = max(self.edge, line.right)

    @property
    def ended(self) -> bool:
        """Return True if it ends as a sentence does."""
        return ENDS.search(self.lines[-1].text[-12:]) is not None

    def goes_on_with(self, line: Line, kind: BlockKind, level: int, leading: float, edge: float | None) -> bool:
        """Return True if a line belongs to it too. `edge`: the right one of the column; None for its first line."""
        last = self.lines[-1]
        step = last.bottom - line.bottom
        if BlockKind.HEADING in (self.kind, kind):
            close = edge is not None and 0 < step < 1.6 * line.size
            alike = abs(last.size - line.size) < 0.02 * line.size
            return close and alike and (self.kind, self.level) == (kind, level)
        if kind is BlockKind.LIST_ITEM or is_caption(line.text):
            return False
        other = abs(last.size - line.size) > _OTHER_SIZE * max(last.size, line.size)
        if edge is None or step <= 0:  # the next page, or the next column
            if self.caption or other:
                return False
            return line.text[:1].islower() or not (self.ended or is_chapter_label(line.text))
        apart = step > _APART * leading and (self.caption or self._may_end(last, line, edge or 0.0))
        if apart or step > 1.45 * leading or (other and (self.ended or not line.text[:1].islower())):
            return False
        self.closed = self._is_shifted(last, line, edge)
        return not (self.closed or self._ends_with(last, line))

    def _may_end(self, last: Line, line: Line, edge: float) -> bool:
        """Return True if a wide gap after this line may end a stanza: the line is short, and the next begins like a
        verse."""
        return last.right < edge - 4 * last.size and line.text[:1].isupper() and last.text[-1:] not in "-\u2010,"

    def _is_shifted(self, last: Line, line: Line, edge: float) -> bool:
        """Return True if a line begins elsewhere than the one above, which had room for its first word: an item of a
        list whose bullets are drawn. Centred lines begin anywhere."""
        shift, centres = line.left - last.left, last.left + last.right - line.left - line.right
        if abs(shift) < _SHIFT * line.size or abs(centres) < 2 * line.size:
            return False
        within = self.kind is BlockKind.LIST_ITEM and line.left > self.lines[0].left
        return not within and last.width < _SHORT * (edge - self.start)

    def _ends_with(self, last: Line, line: Line) -> bool:
        """Return True if the next line, though as close as any, begins a paragraph: by its indent, or a short line
        above."""
        indented = line.left > max(last.left, self.start) + 0.7 * line.size
        edge = max(self.edge, line.right)
        short = last.right + _first_word(line) < edge - _ROOM * line.size
        if self.kind is BlockKind.LIST_ITEM:
            return self.ended and (short or line.left <= self.lines[0].left + 1)
        return (indented and len(self.lines) > 1) or (self.ended and (short or indented))


def _first_word(line: Line) -> float:
    """Return the width of a line's first word, in points."""
    return line.width * len(line.text[:40].split(" ", 1)[0]) / len(line.text)


class _Rows(NamedTuple):
    """A table among the blocks."""

    rows: list[str]
    columns: int
    page: int
    size: float


class _Code(NamedTuple):
    """Code among the blocks."""

    code: str
    page: int
    size: float


_Any = _Block | _Rows | _Code


def paragraphs(pages: Sequence[Sequence[Sequence[Item]]], kinds: Kinds) -> list[Placed]:
    """Return the blocks of all pages; what a figure or a page's end had cut in two is whole again."""
    blocks = _reunited(list(_blocks(pages, kinds)), kinds.size)
    _set_depths(blocks)
    hyphens = Hyphens([line.text for line in block.lines] for block in blocks if isinstance(block, _Block))
    width = _usual_width(blocks)
    found: list[Placed] = []
    for block in blocks:
        if isinstance(block, _Rows):
            if mark := table_mark(block.columns, len(block.rows)):
                found.append(Placed(BlockKind.PARAGRAPH, mark, 0, block.page, block.size))
            found += [Placed(BlockKind.LIST_ITEM, row, 1, block.page, block.size) for row in block.rows]
        elif isinstance(block, _Code):
            before = found.pop() if found and is_code(found[-1].text) else None  # on the page before
            text = more_code(before.text, f"\n{block.code}") if before else code_mark(block.code)
            page = before.page if before else block.page
            found.append(Placed(BlockKind.PARAGRAPH, text, 0, page, block.size))
        else:
            plain = block.kind is BlockKind.PARAGRAPH
            lines = [line.text for line in block.lines]
            for group in lines_as_meant(lines, width) if plain and not block.caption else (lines,):
                text = hyphens.joined(group)
                text = without_bullet(text) if block.kind is BlockKind.LIST_ITEM else text
                size, caption = block.lines[0].size, block.caption and plain
                found.append(Placed(block.kind, text, block.level, block.page, size, caption))
    return found


def _set_depths(blocks: Sequence[_Any]) -> None:
    """Give items of lists within lists their levels, by where they begin."""
    lefts: list[float] = []
    for block in blocks:
        if not isinstance(block, _Block):
            continue
        left, size = block.lines[0].left, block.lines[0].size
        if block.kind is not BlockKind.LIST_ITEM:
            if lefts and (block.kind is BlockKind.HEADING or left < lefts[0] + _DEEPER * size):
                lefts.clear()
            continue
        while lefts and left < lefts[-1] - _DEEPER * size:
            lefts.pop()
        if lefts and left > lefts[-1] + _FAR * size:
            lefts.clear()
        if not lefts or left > lefts[-1] + _DEEPER * size:
            lefts.append(left)
        block.level = len(lefts)


def _usual_width(blocks: Sequence[_Any]) -> int:
    """Return the width in characters at which the text is wrapped; 0 when there is none."""
    texts = (block.lines for block in blocks if isinstance(block, _Block) and len(block.lines) > 1)
    lengths = sorted(len(line.text) for lines in texts for line in lines)
    return lengths[int(len(lengths) * _WRAPPED)] if lengths else 0


def _blocks(pages: Sequence[Sequence[Sequence[Item]]], kinds: Kinds) -> Iterator[_Any]:
    held: _Block | None = None
    for number, flows in enumerate(pages):
        leading = _leading([item for flow in flows for item in flow if isinstance(item, Line)], kinds.size)
        for flow in flows:
            right = max((item.right for item in flow), default=0.0)
            for n, item in enumerate(flow):
                if not isinstance(item, Line):
                    if held is not None:
                        yield held
                    held = None
                    yield _apart(item, number)
                    continue
                if not any(map(str.isalnum, item.text)):
                    if held is not None:
                        yield held  # stars between two scenes
                    held = None
                    continue
                kind, level = kinds.of(flow, n, leading)
                if held is not None and held.goes_on_with(item, kind, level, leading, right if n else None):
                    held.add(item)
                    continue
                if held is not None:
                    yield held
                held = _Block(item, kind, level, number)
    if held is not None:
        yield held


def _apart(item: Table | Listing, page: int) -> _Rows | _Code:
    if isinstance(item, Table):
        return _Rows(item.rows, item.columns, page, item.size)
    return _Code(item.code, page, item.size)


def _leading(lines: Sequence[Line], size: float) -> float:
    """Return the distance from line to line within a paragraph, in points: the smaller distances of the page."""
    steps = sorted(a.bottom - b.bottom for a, b in pairwise(lines) if 0.5 * size < a.bottom - b.bottom < 2.3 * size)
    return min(steps[len(steps) // 4], 2.1 * size) if steps else 1.2 * size


def _reunited(blocks: Sequence[_Any], size: float) -> list[_Any]:
    """Return the blocks with split paragraphs joined: a paragraph interrupted by a figure, table or caption comes whole
    before it."""
    found: list[_Any] = []
    taken: set[int] = set()
    for n, block in enumerate(blocks):
        if n in taken:
            continue
        found.append(block)
        if not isinstance(block, _Block) or not _may_go_on(block, size):
            continue
        at: int | None = n
        while at is not None and (at := _continuation(blocks, at, block, size)) is not None:
            following = blocks[at]
            assert isinstance(following, _Block)
            taken.add(at)
            for line in following.lines:
                block.add(line)
            if not _may_go_on(block, size):
                break
    return found


def _may_go_on(block: _Block, size: float) -> bool:
    """Return True if a block of the text stops within a sentence."""
    stops = block.ended or block.closed or block.caption or block.kind is BlockKind.HEADING
    return not stops and _is_text(block, size)


def _is_text(block: _Block, size: float) -> bool:
    return abs(block.lines[0].size - size) <= _OTHER_SIZE * size


def _is_as_wide(block: _Block, other: _Block) -> bool:
    """Return True if two blocks are of about the same width; an address, with its short lines, is not."""
    return block.edge - block.start > _AS_WIDE * (other.edge - other.start)


def _continuation(blocks: Sequence[_Any], start: int, block: _Block, size: float) -> int | None:
    """Return the index of the block that continues an unfinished one, past figures and captions; None if there is
    none."""
    last = block.lines[-1]
    full = len(block.lines) > 1 and last.right > block.edge - 2 * last.size
    for n in range(start + 1, min(start + 1 + _MOST_BETWEEN, len(blocks))):
        other = blocks[n]
        if other.page > block.page + 2:
            return None
        if not isinstance(other, _Block):
            continue
        if other.kind is BlockKind.PARAGRAPH and not other.caption and _is_text(other, size):
            small = other.lines[0].text[:1].islower()
            if small or (full and n > start + 1 and len(other.lines) > 1 and _is_as_wide(block, other)):
                return n if full or len(block.lines) == 1 or last.text[-1:] in "-,\u2010" else None
        label = len(other.lines) == 1 and len(other.lines[0].text.split()) <= _LABEL_WORDS
        if not other.caption and _is_text(other, size) and not (label and other.kind is BlockKind.PARAGRAPH):
            return None
        if other.kind is BlockKind.HEADING and other.lines[0].size >= size:
            return None
    return None
