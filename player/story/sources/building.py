"""From what a reader found to a Story: clean blocks, no furniture, the title once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from player.errors import SourceError
from player.story.dates import iso_date
from player.story.furniture import is_furniture
from player.story.language import detect
from player.story.model import Block, BlockKind, Story
from player.story.text import clean

_TITLE_WORDS = 8
BY = re.compile(
    r"(?:(?:by|von|par|por|di|words by|written by|geschreven door|escrito por)\s*:?"
    r"|(?:text|author|autor(?:in)?)\s*:)\s+",
    re.IGNORECASE,
)
"""What stands in front of an author's name."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONG = 60
"""Characters; a longer paragraph that comes twice in a row is the page's mistake (a teaser, a caption)."""
_LONG_TITLE = 20
"""Letters; a shorter title may well be part of another heading."""
_HEAD = 8
"""Blocks among which a heading that repeats the title is looked for."""


CODE = "Code example."
"""Said in place of a block of code, which nobody can follow by ear."""


@dataclass
class Draft:
    """What a reader found in a source, as it stood there."""

    blocks: list[tuple[BlockKind, str, int]] = field(default_factory=list)
    """(kind, text, level), in order."""
    title: str = ""
    byline: str = ""
    published: str = ""
    language: str = ""

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """One more block."""
        self.blocks.append((kind, text, level))

    def add_code(self) -> None:
        """Blocks of code, one after another, are announced once."""
        if not self.blocks or self.blocks[-1][1] != CODE:
            self.add(BlockKind.PARAGRAPH, CODE)


def row_text(names: Sequence[str], cells: Sequence[str]) -> str:
    """One row of a table as it is read out: "Name: Ann; Age: 31."."""
    padded = [*names, *[""] * (len(cells) - len(names))]
    said = [f"{name}: {cell}" if name else cell for name, cell in zip(padded, cells, strict=False) if cell]
    return "; ".join(said) + "." if said else ""


def build(draft: Draft, *, name: str, stem: str, source: str, identity: str) -> Story:
    """The story of a draft. Raises SourceError when there is nothing in it to read."""
    title = clean(draft.title)
    blocks = list(_blocks(draft.blocks, title))
    if not any(any(map(str.isalnum, block.text)) for block in blocks):
        raise SourceError(f"there is no story in {name}", "it is empty, or holds nothing that can be read aloud")
    if title:
        blocks.insert(0, Block(BlockKind.HEADING, title, 1))
    else:
        title = clean(stem) or " ".join(blocks[0].text.split()[:_TITLE_WORDS])
    language = draft.language.strip().replace("_", "-")
    return Story(
        title=title,
        blocks=tuple(blocks),
        byline=clean(re.sub(r"^by\s+", "", draft.byline.strip(), flags=re.IGNORECASE)),
        published=iso_date(draft.published),
        language=language if _LANGUAGE.fullmatch(language) else _detected(blocks),
        source=source,
        identity=identity,
    )


def _blocks(found: Iterable[tuple[BlockKind, str, int]], title: str) -> Iterable[Block]:
    before = ""
    for index, (kind, raw, level) in enumerate(found):
        text = clean(raw)
        if not text or is_furniture(text) or (text == before and len(text) > _LONG):
            continue
        if kind is BlockKind.HEADING and index < _HEAD and _repeats(text, title):
            continue
        before = text
        yield Block(kind, text, level)


def same_words(a: str, b: str) -> bool:
    """Whether two lines say the same but for punctuation, blanks and case."""
    return _letters(a) == _letters(b) != ""


def _repeats(heading: str, title: str) -> bool:
    """Whether a heading says the title once more, with or without the site's name behind it."""
    shorter, longer = sorted((_letters(heading), _letters(title)), key=len)
    return shorter == longer != "" or (len(shorter) > _LONG_TITLE and shorter in longer)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _detected(blocks: list[Block]) -> str:
    return detect(" ".join(block.text for block in blocks[:60]))
