"""Stories and their blocks. Immutable; everything later refers to them by (block, start, end)."""

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
    """The role of a block for the reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTATION = "quotation"


class LanguageSpan(NamedTuple):
    """Words in another language than the rest of their block: characters [start, end) of its text."""

    start: int
    end: int
    language: str
    """BCP 47."""


class Clip(NamedTuple):
    """Recorded speech of characters [start, end) of a block's text."""

    start: int
    end: int
    sound: str
    """Identifies the audio file within the story's source: its checksum and size."""
    first: int
    last: int
    """[first, last) in the audio file, in microseconds."""
    speech: tuple[int, int] | None = None
    """Where the speech in it begins and ends, if the source says it; None: silence at the ends is trimmed."""


class Styled(NamedTuple):
    """Words set off from the rest of their block: characters [start, end) of its text."""

    start: int
    end: int
    look: str
    """strong, emphasis, code or link."""
    address: str = ""
    """Links: http, https or mailto; printable ASCII without blanks."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a story: one line of NFC text, never empty, without control characters.

    Invariant: `text == " ".join(text.split())`, so that white space is single blanks.
    """

    kind: BlockKind
    text: str
    level: int = 0
    """Headings: 1 (the story's title) to 6. List items: depth of the list, from 1. Quotations: how many others they
    stand in. Else 0."""
    language: str | None = None
    """BCP 47, as given or detected, where it is another than the story's; None: the story's."""
    languages: tuple[LanguageSpan, ...] = ()
    """Words of the block in languages other than `language`, in order, without overlaps."""
    clips: tuple[Clip, ...] = ()
    """Recorded speech, in the order of the text, without overlaps there."""
    styled: tuple[Styled, ...] = ()
    """Bold, emphasised, code and linked words; spans of one look do not overlap. They change what is shown, never what
    is said."""
    code: str = ""
    """Code that the text announces, to be shown below it: lines with line feeds between them, and no other control
    character."""


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of a book, or the part of an article under a heading: from its first block to the next section's."""

    block: int
    title: str
    """One line, never empty."""
    level: int = 1
    """Depth in the table of contents, from 1."""


class Note(NamedTuple):
    """A footnote or endnote: kept beside the text, at the place of its mark."""

    block: int
    """Index of the block in which its mark stood."""
    place: int
    """Characters of the block's text that stood before the mark, which is not part of the text."""
    text: str
    """One line of NFC text, never empty."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A story's own picture: its address, its data, or its path. Exactly one of the three is given."""

    url: str = ""
    """http or https."""
    data: bytes = b""
    """The picture as in the source (JPEG, PNG …)."""
    path: str = ""
    """Path of a file, relative to the folder of the story's source. Untrusted: it may lead anywhere."""
    inside: bool = False
    """True if `url` may be on this machine or in a private network, because the page that names it is."""


class PartOf(NamedTuple):
    """The book that a chapter was taken from."""

    title: str
    number: int
    """Number of the chapter, from 1."""
    chapters: int
    """Number of chapters in the book."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story as loaded. If it has a title of its own, that is also its first block: a heading of level 1."""

    title: str
    """Never empty: the source's title, or one made from its name."""
    blocks: tuple[Block, ...]
    byline: str = ""
    published: str = ""
    """ISO 8601 date (YYYY-MM-DD) or empty."""
    language: str = ""
    """BCP 47, as given or detected ("en", "de-AT"), or empty when unknown."""
    source: str = ""
    """The URL, or the absolute path, or "-" for standard input."""
    identity: str = ""
    """Identifies the story across runs: a hash of its source, or of its text for standard input."""
    sections: tuple[Section, ...] = ()
    """The source's chapters, else its headings; ordered by block, each with at least one block.

    Blocks before the first section (title, dedication) belong to none.
    """
    picture: Picture | None = None
    part_of: PartOf | None = None
    """The book, if this is one chapter of it."""
    notices: tuple[str, ...] = ()
    """One line each for the listener about how the story was read, such as which pages were left out."""
    notes: tuple[Note, ...] = ()
    """Footnotes and endnotes in the order of their marks; a note with two marks comes twice."""
    narrator: str = ""
    """Who speaks the clips of its blocks, as the source says; empty when unknown."""
    recorded_in: tuple[str, ...] = ()
    """Absolute paths of the files that hold the sound of the clips; empty when there is none to be had."""

    @property
    def characters(self) -> int:
        """Length of the text in characters."""
        return sum(len(block.text) for block in self.blocks)

    def chapter(self, index: int) -> Story:
        """Return one section as a story. Raises IndexError."""
        section = self.sections[index]
        after = self.sections[index + 1].block if index + 1 < len(self.sections) else len(self.blocks)
        return replace(
            self,
            title=section.title,
            blocks=self.blocks[section.block : after],
            identity=f"{self.identity}#{index + 1}",
            sections=(),
            notes=tuple(
                note._replace(block=note.block - section.block)
                for note in self.notes
                if section.block <= note.block < after
            ),
            part_of=PartOf(self.title, index + 1, len(self.sections)),
        )

    def chapter_end(self, block: int) -> int | None:
        """Return the index after the last block of the section with `block`; None before the first section."""
        index = self.section_at(block)
        if index is None:
            return None
        level = self.sections[index].level
        after = (self.sections[n] for n in range(index + 1, len(self.sections)))
        return next((section.block for section in after if section.level <= level), len(self.blocks))

    def section_at(self, block: int) -> int | None:
        """Return the index of the section with a block; None before the first section."""
        index = bisect_right(self.sections, block, key=lambda section: section.block) - 1
        return None if index < 0 else index
