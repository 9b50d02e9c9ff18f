"""From a reader's draft to a Story: clean blocks, no page furniture, the title once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import NamedTuple

from player.errors import SourceError
from player.story.dates import iso_date
from player.story.furniture import is_furniture
from player.story.language_tag import valid
from player.story.model import Block, BlockKind, Clip, Note, Picture, Section, Story
from player.story.reading.blocks.announcements import (
    PICTURE,
    announced,
    code_mark,
    code_of,
    has_words,
    is_code,
    more_code,
    table_mark,
    words_for,
)
from player.story.reading.blocks.long_blocks import LONGEST, parts
from player.story.reading.blocks.marks import CAPTION, Unmarked, note_mark, unended, unmarked
from player.story.reading.blocks.styled import StyledParagraph, with_styles
from player.story.reading.languages.blocks import story_language, with_languages
from player.story.reading.naming import Naming
from player.story.reading.options import DEFAULTS, Options
from player.story.text import clean, clean_lines

_TITLE_WORDS = 8
_BY = "(?:(?:words|written|story|text|interview|reported|review) )?by"
BY = re.compile(
    rf"(?:(?:{_BY}|von|par|por|di|geschreven door|escrito por)\s*:?"
    r"|(?:text|author|autor(?:in)?)\s*:)\s+",
    re.IGNORECASE,
)
"""Words in front of an author's name."""
_LONG = 60
"""Characters. A longer paragraph that is repeated at once is a mistake of the page (a teaser, a caption)."""
_LONG_TITLE = 20
"""Letters. A shorter title may well be part of another heading."""
_LONGEST_TITLE = 500
"""Characters. A longer text is no title."""
_MOST_OF = 0.7
_HEAD = 8
"""Blocks at the beginning in which a repeated title is removed."""


_PICTURE = announced(PICTURE)


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


def build(draft: Draft, naming: Naming, options: Options = DEFAULTS) -> Story:
    """Return the story of a draft. Raises SourceError when nothing can be read."""
    title = _short(clean(draft.title))
    kept = [said for said in _blocks(draft, title) if _is_wanted(draft.blocks[said.origin][1], options)]
    blocks, origins = [said.block for said in kept], [said.origin for said in kept]
    before = 0
    told = (said.block.text for said in kept if said.announced != _PICTURE)
    if not any(any(map(str.isalnum, text)) for text in told):
        raise SourceError(f"there is no story in {naming.name}", "it is empty, or holds nothing that can be read aloud")
    if title:
        blocks.insert(0, Block(BlockKind.HEADING, title, 1, clips=_title_clips(draft, title)))
        before = 1
    else:
        title = _short(clean(naming.stem)) or _short(" ".join(blocks[0].text.split()[:_TITLE_WORDS]))
    sections = _sections(draft.sections, origins, before) if draft.sections else _headed(blocks, before)
    written = {n for n, said in enumerate(kept, before) if said.announced}
    language = story_language([one for n, one in enumerate(blocks) if n not in written], valid(draft.language))
    blocks = with_styles(with_languages(blocks, language), draft.styled)
    for n in written:
        blocks[n] = _announcement(kept[n - before], language)
    return Story(
        title=title,
        blocks=tuple(blocks),
        byline=_short(clean(name_alone(draft.byline))),
        published=iso_date(draft.published),
        language=language,
        source=naming.source,
        identity=naming.identity,
        sections=tuple(sections),
        picture=draft.picture,
        notices=tuple(map(clean, draft.notices)),
        notes=tuple(_notes(draft.notes, kept, before)),
        narrator=clean(draft.narrator),
    )


def _clips(draft: Draft, marked: Unmarked) -> tuple[Clip, ...]:
    """Return the clips of a text. Marks of clips that the draft does not have are ignored."""
    return tuple(Clip(start, end, *draft.clips[n]) for start, end, n in marked.clips if n < len(draft.clips))


def _title_clips(draft: Draft, title: str) -> tuple[Clip, ...]:
    """Return the clips of the title: its own, else those of the heading that repeats it."""
    heads = [draft.title, *(text for _, text, _ in draft.blocks[:_HEAD])] if draft.clips else []
    alike = (marked for marked in map(unmarked, heads) if marked.text == title and marked.clips)
    return next((_clips(draft, marked) for marked in alike), ())


def _notes(texts: Sequence[str], kept: Sequence[_Kept], before: int) -> Iterator[Note]:
    """Yield the notes whose marks stand in blocks that were kept."""
    cleaned = [unmarked(text).text for text in texts]
    for n, said in enumerate(kept, before):
        for place, index in said.notes:
            if index < len(cleaned) and cleaned[index]:
                yield Note(n, place, cleaned[index])


def _short(title: str) -> str:
    """Return a title, cut at a blank if it is too long."""
    head = title[:_LONGEST_TITLE]
    return title if head == title else head.rpartition(" ")[0] or head


def _sections(found: Sequence[tuple[int, str, int]], kept: Sequence[int], before: int) -> Iterator[Section]:
    """Yield a source's chapters, each at the first of its blocks that was kept; chapters without any are left out.

    `kept` holds the draft's indexes of the kept blocks; `before` is how many blocks were inserted in front of them.
    """
    starts = [bisect_left(kept, index) for index, _, _ in found]
    for (_, title, level), start, end in zip(found, starts, [*starts[1:], len(kept)], strict=True):
        if start < end and (name := _short(clean(title))):
            yield Section(start + before, name, level)


def _headed(blocks: Sequence[Block], before: int) -> Iterator[Section]:
    """Yield a section for each heading but the story's title."""
    headings = [(n, block) for n, block in enumerate(blocks) if n >= before and block.kind is BlockKind.HEADING]
    top = min((block.level for _, block in headings), default=1)
    for n, block in headings:
        yield Section(n, _short(block.text), block.level - top + 1)


def _is_wanted(raw: str, options: Options) -> bool:
    """Return True if the options do not leave out a block with this text in the draft."""
    if announced(raw):
        return options.announce and (options.code or not is_code(raw))
    return options.captions or not raw.lstrip().startswith(CAPTION)


def _announcement(said: _Kept, language: str) -> Block:
    """Return the block of an announcement in a story of a language; in English where that language has no words for
    it."""
    english = bool(language) and not has_words(language)
    return replace(said.block, text=words_for(said.announced, language), language="en" if english else None)


class _Kept(NamedTuple):
    """A block of the story to be."""

    origin: int
    """Index in the draft."""
    block: Block
    """Its languages are all those that were marked, until that of the story is known."""
    notes: Sequence[tuple[int, int]]
    """(place in the text, index of the note)."""
    announced: str = ""
    """What the block announces; empty for a block of the source's own text."""


def _blocks(draft: Draft, title: str) -> Iterator[_Kept]:
    """Yield all blocks to keep."""
    before, elsewhere, headed = "", False, False
    for index, (kind, raw, level) in enumerate(draft.blocks):
        if announcement := announced(raw):
            if not elsewhere and not (index and announced(draft.blocks[index - 1][1]) == announcement):
                block = Block(BlockKind.PARAGRAPH, words_for(announcement, "en"), code=clean_lines(code_of(raw)))
                yield _Kept(index, block, (), announcement)
            continue
        marked = unmarked(raw)
        text = marked.text
        elsewhere = elsewhere and kind is BlockKind.LIST_ITEM
        if not text or elsewhere or (draft.templated and text == before and len(text) > _LONG):
            continue
        if is_furniture(text):
            elsewhere = kind is BlockKind.HEADING  # "Most read", with its list
            continue
        first = kind is BlockKind.HEADING and level == 1 and not headed
        headed = headed or kind is BlockKind.HEADING
        if index < _HEAD and (_repeats(text, title) if first else same_words(text, title)):
            continue
        before = text
        if len(text) <= LONGEST:
            said = Block(kind, text, level, languages=marked.languages, clips=_clips(draft, marked))
            yield _Kept(index, said, marked.notes)
        else:
            yield from _shorter(draft, index, kind, marked, level)


def _shorter(draft: Draft, index: int, kind: BlockKind, marked: Unmarked, level: int) -> Iterator[_Kept]:
    """Yield a block as several, if it is longer than any paragraph; then it counts as no heading."""
    first = BlockKind.PARAGRAPH if kind is BlockKind.HEADING else kind
    following = BlockKind.QUOTATION if kind is BlockKind.QUOTATION else BlockKind.PARAGRAPH
    end = 0
    for n, part in enumerate(parts(marked.text)):
        start = marked.text.index(part, end)
        end = start + len(part)
        said, depth = (following, 0) if n else (first, level if first is kind else 0)
        within = marked.between(start, end)
        block = Block(said, part, depth, languages=within.languages, clips=_clips(draft, within))
        yield _Kept(index, block, within.notes)


def name_alone(byline: str) -> str:
    """Return a byline without "By"; other languages' words for it may belong to the name ("Di Stefano")."""
    return re.sub(rf"^{_BY}\s+", "", byline.strip(), flags=re.IGNORECASE)


def same_words(a: str, b: str) -> bool:
    """Return True if two lines are equal except for punctuation, blanks and case."""
    return _letters(a) == _letters(b) != ""


def _repeats(heading: str, title: str) -> bool:
    """Return True if a page's first heading is the title with other words around it: the site's name, the topic.

    Only the first is tested: later headings share words with the title because of the topic ("What is rust?").
    """
    shorter, longer = sorted((_letters(heading), _letters(title)), key=len)
    if shorter == longer != "" or (len(shorter) > _LONG_TITLE and shorter in longer):
        return True
    same = SequenceMatcher(None, shorter, longer[: 2 * _LONGEST_TITLE], autojunk=False).find_longest_match().size
    return same > max(_LONG_TITLE, _MOST_OF * len(shorter))


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
