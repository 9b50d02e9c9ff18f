"""What is written: a story and its blocks. Immutable; everything later points into it by (block, start, end)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of characters, [start, end), within one block's text."""

    start: int
    end: int


class BlockKind(StrEnum):
    """What a block is to the reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a story: one line of NFC text, never empty, without control characters.

    Invariant: `text == " ".join(text.split())`, so that white space is single blanks.
    """

    kind: BlockKind
    text: str
    level: int = 0
    """Headings: 1 (the story's title) to 6. List items: depth of the list, from 1. Else 0."""


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of a book, or what a heading of an article heads: from its first block up to the next section's."""

    block: int
    title: str
    """One line, never empty."""
    level: int = 1
    """Depth in the table of contents, from 1."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A story's own picture: where it is, or itself. One of the three is given."""

    url: str = ""
    """http or https."""
    data: bytes = b""
    """As it was in the source (JPEG, PNG …)."""
    path: str = ""
    """Of a file, from the folder of the story's source. Written by the source: it may lead anywhere."""
    inside: bool = False
    """Whether `url` may lie on this machine or in a private network, as the page that names it does."""


class PartOf(NamedTuple):
    """The book of which a story is one chapter."""

    title: str
    number: int
    """Of the chapter, from 1."""
    chapters: int
    """How many chapters the book has."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it was loaded. Its title, when it has one, is also its first block: a heading of level 1."""

    title: str
    """Never empty: the source's own, or else made from its name."""
    blocks: tuple[Block, ...]
    byline: str = ""
    published: str = ""
    """ISO 8601 date (YYYY-MM-DD) or empty."""
    language: str = ""
    """BCP 47, as given or detected ("en", "de-AT"), or empty when unknown."""
    source: str = ""
    """The URL, or the absolute path, or "-" for standard input."""
    identity: str = ""
    """Names the story across runs (a hash of its source, or of its text for standard input)."""
    sections: tuple[Section, ...] = ()
    """Chapters as the source has them, else its headings; by block, each with at least one block of its own.

    What stands before the first (the title, a dedication) belongs to none.
    """
    picture: Picture | None = None
    part_of: PartOf | None = None
    """The whole, when this is one chapter of it."""
    notices: tuple[str, ...] = ()
    """What the listener should know of how it was read: one line each, such as which pages were left out."""

    @property
    def characters(self) -> int:
        """How long the text is, in characters."""
        return sum(len(block.text) for block in self.blocks)

    def chapter(self, index: int) -> Story:
        """One section as a story of its own. Raises IndexError."""
        section = self.sections[index]
        after = self.sections[index + 1].block if index + 1 < len(self.sections) else len(self.blocks)
        return replace(
            self,
            title=section.title,
            blocks=self.blocks[section.block : after],
            identity=f"{self.identity}#{index + 1}",
            sections=(),
            part_of=PartOf(self.title, index + 1, len(self.sections)),
        )

    def section_at(self, block: int) -> int | None:
        """Index of the section to which a block belongs; None before the first."""
        index = bisect_right(self.sections, block, key=lambda section: section.block) - 1
        return None if index < 0 else index
