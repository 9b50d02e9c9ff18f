"""Joining several stories into one, each a chapter."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from player.story.language_tag import folded
from player.story.model import Block, BlockKind, Note, Section, Story

_DEEPEST = 6
"""Deepest level of a heading."""


def joined(
    title: str,
    parts: Sequence[tuple[str, Story | None]],
    *,
    untitled: Collection[int] = (),
    source: str = "",
    identity: str = "",
) -> Story:
    """Return one story of `parts` (chapter title, story) in order; a part keeps its own chapters, one level deeper.

    Of a part with None for the story, only the title is read. At least one part has a story. The titles of `untitled`
    parts (indexes) are their first words, and not said before them.
    """
    blocks = [Block(BlockKind.HEADING, title, 1)]
    sections: list[Section] = []
    notes: list[Note] = []
    stories = [story for _, story in parts if story is not None]
    language = stories[0].language
    for number, (name, story) in enumerate(parts):
        sections.append(Section(len(blocks), name))
        heading = Block(BlockKind.HEADING, name, 2)
        if story is None or number not in untitled:
            blocks.append(heading if story is None else _in_language(heading, story.language, language))
        if story is not None:
            below = _below_title(story)
            shift = len(blocks) - below
            sections += (Section(s.block + shift, s.title, s.level + 1) for s in story.sections if s.block >= below)
            blocks += (_in_language(block, story.language, language) for block in _deeper(story.blocks[below:]))
            notes += (note._replace(block=note.block + shift) for note in story.notes if note.block >= below)
    authors = {story.byline for story in stories}
    return Story(
        title,
        tuple(blocks),
        byline=authors.pop() if len(authors) == 1 else "",
        published=max(story.published for story in stories),
        language=language,
        source=source,
        identity=identity,
        sections=tuple(sections),
        notices=tuple(notice for story in stories for notice in story.notices),
        notes=tuple(notes),
        narrator=" and ".join(dict.fromkeys(story.narrator for story in stories if story.narrator)),
        recorded_in=tuple(dict.fromkeys(path for story in stories for path in story.recorded_in)),
    )


def _below_title(story: Story) -> int:
    """Return the index of the first block that is not the title."""
    return int(story.blocks[0] == Block(BlockKind.HEADING, story.title, 1) and len(story.blocks) > 1)


def _deeper(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks, with headings moved below that of a chapter."""
    for block in blocks:
        heading = block.kind is BlockKind.HEADING
        yield replace(block, level=min(max(block.level + 1, 3), _DEEPEST)) if heading else block


def _in_language(block: Block, own: str, whole: str) -> Block:
    """Return a block of a story in the language `own` as part of one in `whole`."""
    language = block.language or own
    return block if not language or folded(language) == folded(whole) else replace(block, language=language)
