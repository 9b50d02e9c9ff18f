"""Pages of a video: a story's text, page by page, with the word that sounds lit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from player.export.pictures.lettering import Colour, Look, can_write, font, missing
from player.export.text.timing import TimedSentence, TimedWord
from player.speech.engine import Samples
from player.story.model import BlockKind, Span

if TYPE_CHECKING:
    from PIL import Image, ImageFont

    from player.story.model import Block, Story

_WHITE: Colour = (255, 255, 255)
_UNSAID = 0.55
"""Share of white in the colour of words that have not sounded yet: a contrast of at least 4.5:1."""
_HEADING = 1.3
"""Size of a heading's type, of the text's."""
_SPACING = 1.42
"""Height of a line, of its type's size."""


class Shape(NamedTuple):
    """Measures of the picture, in pixels."""

    width: int
    height: int
    margin: int
    """Left and right of the text."""
    type_size: int
    lines: int
    """Most lines of a page."""

    @property
    def cover(self) -> int:
        """Side of the cover."""
        return min(self.width, self.height)


WIDE = Shape(1920, 1080, 220, 62, 9)
TALL = Shape(1080, 1920, 90, 64, 14)


class Page(NamedTuple):
    """Lines of one block that are shown at a time."""

    block: int
    lines: tuple[Span, ...]
    """Empty: the cover is shown, because the font lacks letters of the block."""
    words: tuple[TimedWord, ...]
    """Words that begin in it."""
    first: Samples
    """When it appears."""


class Shown(NamedTuple):
    """A picture, and when it appears."""

    first: Samples
    picture: Image.Image


def pages(story: Story, sentences: Sequence[TimedSentence], shape: Shape) -> Iterator[Page]:
    """Yield the pages of all that is said, in order."""
    by_block: dict[int, list[TimedSentence]] = {}
    for sentence in sentences:
        by_block.setdefault(sentence.block, []).append(sentence)
    for index, said in by_block.items():
        block = story.blocks[index]
        words = [word for sentence in said for word in sentence.words]
        first = said[0].first
        if not can_write(block.text):
            yield Page(index, (), (), first)
            continue
        lines = _wrapped(block.text, _type_of(block, shape), shape.width - 2 * shape.margin)
        for start in range(0, len(lines), shape.lines):
            shown = lines[start : start + shape.lines]
            within = tuple(word for word in words if shown[0].start <= word.span.start < shown[-1].end)
            yield Page(index, tuple(shown), within, within[0].first if start and within else first)


def drawn(page: Page, block: Block, shape: Shape, look: Look, cover: Image.Image) -> Iterator[Shown]:
    """Yield the pictures of a page: as it appears, then for each word with that word lit."""
    if not page.lines:
        yield Shown(page.first, cover)
        return
    from PIL import Image

    sheet = _Sheet(page, block, shape, look)
    canvas = Image.new("RGB", (shape.width, shape.height), look.background)
    sheet.write(canvas, Span(0, len(block.text)), sheet.unsaid)
    if not page.words or page.words[0].first > page.first:
        yield Shown(page.first, canvas)
    ends = [*(word.span.start for word in page.words[1:]), page.lines[-1].end]
    for word, end in zip(page.words, ends, strict=True):
        lit = canvas.copy()
        sheet.mark(lit, word.span)
        yield Shown(word.first, lit)
        sheet.write(canvas, Span(word.span.start, end), _WHITE)


def still(cover: Image.Image, shape: Shape, look: Look) -> Image.Image:
    """Return the picture of the cover, in the middle of the story's colour."""
    from PIL import Image

    picture = Image.new("RGB", (shape.width, shape.height), look.background)
    scale = shape.cover / max(cover.size)
    fitted = cover.resize((round(cover.width * scale), round(cover.height * scale)))
    picture.paste(fitted, ((shape.width - fitted.width) // 2, (shape.height - fitted.height) // 2))
    return picture


class _Sheet:
    """Where the text of a page stands, and how it is drawn."""

    def __init__(self, page: Page, block: Block, shape: Shape, look: Look) -> None:
        lacking = missing(block.text)
        self._text = "".join(" " if c in lacking else c for c in block.text)
        self._font = _type_of(block, shape)
        self._step = round(self._font.size * _SPACING)
        self._lines = page.lines
        self._left = shape.margin
        self._top = (shape.height - self._step * len(page.lines)) // 2
        self._look = look
        self.unsaid: Colour = tuple(  # type: ignore[assignment]
            round(255 * _UNSAID + colour * (1 - _UNSAID)) for colour in look.background
        )

    def write(self, picture: Image.Image, span: Span, colour: Colour) -> None:
        """Draw a part of the text over what stands there."""
        from PIL import ImageDraw

        draw = ImageDraw.Draw(picture)
        for left, top, text in self._parts(span):
            box = (left, top, left + self._font.getlength(text), top + self._step)
            draw.rectangle(box, fill=self._look.background)
            draw.text((left, top), text, font=self._font, fill=colour)

    def mark(self, picture: Image.Image, span: Span) -> None:
        """Draw a word as it sounds."""
        from PIL import ImageDraw

        draw = ImageDraw.Draw(picture)
        for left, top, text in self._parts(span):
            right = left + self._font.getlength(text)
            box = (left - 8, top, right + 8, top + self._font.size * 1.28)
            draw.rounded_rectangle(box, radius=12, fill=self._look.accent)
            draw.text((left, top), text, font=self._font, fill=self._look.background)

    def _parts(self, span: Span) -> Iterator[tuple[float, int, str]]:
        """Yield (left, top, text) of the lines that a part of the text stands in."""
        for number, line in enumerate(self._lines):
            start, end = max(span.start, line.start), min(span.end, line.end)
            if start < end:
                left = self._left + self._font.getlength(self._text[line.start : start])
                yield left, self._top + number * self._step, self._text[start:end].rstrip()


def _type_of(block: Block, shape: Shape) -> ImageFont.FreeTypeFont:
    return font(round(shape.type_size * (_HEADING if block.kind is BlockKind.HEADING else 1)))


def _wrapped(text: str, typeface: ImageFont.FreeTypeFont, width: int) -> list[Span]:
    """Return the lines of a text, at most `width` pixels wide; a wider word is cut."""
    lines: list[Span] = []
    for start, end in (match.span() for match in re.finditer(r"\S+", text)):
        if lines and typeface.getlength(text[lines[-1].start : end]) <= width:
            lines[-1] = Span(lines[-1].start, end)
            continue
        cuts = [start]
        while typeface.getlength(text[cuts[-1] : end]) > width:
            at = cuts[-1]
            places = range(at + 1, end)
            most = bisect_right(places, width, key=lambda to, at=at: int(typeface.getlength(text[at:to])))  # type: ignore[misc]
            cuts.append(at + max(most, 1))
        lines += (Span(*pair) for pair in pairwise([*cuts, end]))
    return lines
