"""From a reader's draft to a Story: clean blocks, no page furniture, the title once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from player.errors import SourceError
from player.story.dates import iso_date
from player.story.furniture import is_furniture
from player.story.language_tag import valid
from player.story.model import Block, BlockKind, Clip, Note, Section, Story
from player.story.reading.blocks.announcements import PICTURE, announced, code_of, has_words, is_code, words_for
from player.story.reading.blocks.long_blocks import LONGEST, parts
from player.story.reading.blocks.marks import CAPTION, Unmarked, unmarked
from player.story.reading.blocks.styled import with_styles
from player.story.reading.draft import Draft, letters, name_alone, same_words
from player.story.reading.languages.blocks import story_language, with_languages
from player.story.reading.naming import Naming
from player.story.reading.options import DEFAULTS, Options
from player.story.text import clean, clean_lines

_TITLE_WORDS = 8
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


def _repeats(heading: str, title: str) -> bool:
    """Return True if a page's first heading is the title with other words around it: the site's name, the topic.

    Only the first is tested: later headings share words with the title because of the topic ("What is rust?").
    """
    shorter, longer = sorted((letters(heading), letters(title)), key=len)
    if shorter == longer != "" or (len(shorter) > _LONG_TITLE and shorter in longer):
        return True
    same = SequenceMatcher(None, shorter, longer[: 2 * _LONGEST_TITLE], autojunk=False).find_longest_match().size
    return same > max(_LONG_TITLE, _MOST_OF * len(shorter))
