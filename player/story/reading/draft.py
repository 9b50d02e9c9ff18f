"""A draft: what a reader found in a source, not yet cleaned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from player.story.model import BlockKind, Picture
from player.story.reading.blocks.announcements import code_mark, is_code, more_code, table_mark
from player.story.reading.blocks.marks import note_mark, unended
from player.story.reading.blocks.styled import StyledParagraph

_BY = "(?:(?:words|written|story|text|interview|reported|review) )?by"
BY = re.compile(
    rf"(?:(?:{_BY}|von|par|por|di|geschreven door|escrito por)\s*:?"
    r"|(?:text|author|autor(?:in)?)\s*:)\s+",
    re.IGNORECASE,
)
"""Words in front of an author's name."""


@dataclass
class Draft:
    """What a reader found in a source, not yet cleaned."""

    blocks: list[tuple[BlockKind, str, int]] = field(default_factory=list)
    """(kind, text, level), in order."""
    title: str = ""
    byline: str = ""
    published: str = ""
    language: str = ""
    picture: Picture | None = None
    sections: list[tuple[int, str, int]] = field(default_factory=list)
    """(index of the first block, title, level) of the source's own chapters; empty: headings are used."""
    notices: list[str] = field(default_factory=list)
    """See Story.notices."""
    notes: list[str] = field(default_factory=list)
    """Texts of footnotes and endnotes; a mark in a block's text points to one by its index."""
    clips: list[tuple[str, int, int, tuple[int, int] | None]] = field(default_factory=list)
    """(sound, first, last, speech) of recorded speech (see Clip); marks in a block's text point to one by its index."""
    narrator: str = ""
    """See Story.narrator."""
    styled: list[StyledParagraph] = field(default_factory=list)
    """Paragraphs of the source, in order; those without bold, emphasised or linked words may be left out."""
    templated: bool = False
    """True for text assembled by a site's templates, such as a web page or a feed's entry."""
    _code: str = ""
    """Text of the block of code that was added last."""

    def begin_section(self, title: str, level: int = 1) -> None:
        """Begin a chapter with the next block. A heading to be spoken is added as a block, as usual."""
        self.sections.append((len(self.blocks), title, level))

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Add a block."""
        self.blocks.append((kind, text, level))

    def add_note(self, text: str) -> str:
        """Keep a note, and return the mark that is to stand at its place in a block's text."""
        self.notes.append(text)
        return note_mark(len(self.notes) - 1)

    def add_code(self, code: str = "") -> None:
        """Add an announcement of code, which is shown below it; consecutive blocks of code are announced once."""
        code = code.strip("\n")
        before = self.blocks[-1][1] if self.blocks else ""
        if before and (before is self._code or is_code(before)):
            self.blocks.pop()
            self._code = more_code(before, f"\n\n{code}" if code else "")
        else:
            self._code = code_mark(code)
        self.add(BlockKind.PARAGRAPH, self._code)

    def announce_table(self, columns: int, first: int) -> None:
        """Announce a table whose rows are the blocks from the index `first` to the last, if they are many."""
        if mark := table_mark(columns, len(self.blocks) - first):
            self.blocks.insert(first, (BlockKind.PARAGRAPH, mark, 0))


def picture_text(description: str) -> str:
    """Return the text spoken for a picture. (Not "Image: …", which is how pages credit photographers.)"""
    return f"A picture: {description}" + ("" if description.endswith((".", "!", "?")) else ".")


def row_text(names: Sequence[str], cells: Sequence[str]) -> str:
    """Return a table's row as it is spoken: "Name: Ann; Age: 31."; empty for the names of the columns once more."""
    if len(names) > 1 and list(cells) == list(names):
        return ""
    padded = [*names, *[""] * (len(cells) - len(names))]
    said = [f"{name.rstrip(':')}: {cell}" if name else cell for name, cell in zip(padded, cells, strict=False) if cell]
    said[:-1] = [cell.removesuffix(".") if cell.count(" ") > 2 else cell for cell in said[:-1]]
    return "; ".join(said) + ("" if unended(said[-1]).endswith((".", "!", "?", "…")) else ".") if said else ""


def name_alone(byline: str) -> str:
    """Return a byline without "By"; other languages' words for it may belong to the name ("Di Stefano")."""
    return re.sub(rf"^{_BY}\s+", "", byline.strip(), flags=re.IGNORECASE)


def same_words(a: str, b: str) -> bool:
    """Return True if two lines are equal except for punctuation, blanks and case."""
    return letters(a) == letters(b) != ""


def letters(text: str) -> str:
    """Return a line's letters and digits in lower case, which are all that titles are compared by."""
    return re.sub(r"\W+", "", text).casefold()
